import { useCallback, useEffect, useRef } from 'react';
import type { Titles } from '../../../../shared/contracts/wire.ts';
import type { AnyRow } from '../../../../shared/kernel/definition.ts';
import { useNotices } from '../../ui/notices.tsx';
import type { RowChange, RowValues } from '../form/draft.ts';
import type { GridHost } from './host.ts';
import { askingRules, followingNow, stillWanted } from './lineRules.ts';

/** Changes of lines by hand, with everything that follows from them. All of it is one step of undo. */
export interface LineChange {
  /** Changes cells of existing rows. */
  change(changes: readonly RowChange[], titles?: Titles): void;
  /** Adds rows at a place; answers with the id of the first. */
  add(at: number, rows: readonly RowValues[], titles?: Titles): number;
  /** Writes pasted rows over the rows from a place on, and adds the rest. */
  paste(at: number, rows: readonly RowValues[], titles: Titles): void;
}

export function useLineChange(host: GridHost): LineChange {
  const latest = useRef(host);
  useEffect(() => {
    latest.current = host;
  });
  const notices = useNotices();

  const ask = useCallback(
    async (rowIds: readonly number[], changed: readonly string[]) => {
      const rules = askingRules(changed, latest.current);
      if (rules.length === 0) return;
      await until(() => rowIds.every((id) => latest.current.rows.some((row) => row.id === id)));
      for (const rule of rules) {
        const asked = latest.current.rows.filter((row) => rowIds.includes(row.id));
        try {
          const answer = await rule.ask?.(asked, latest.current);
          if (!answer) continue;
          const { rows: now, fields, part } = latest.current;
          const changes = stillWanted({ answer, asked, now, fields, except: changed });
          if (changes.length === 0) continue;
          latest.current.dispatch({ type: 'cells', part, changes, titles: answer.titles, joins: true });
          // The next rule begins from what this one wrote.
          await until(() => changes.every((written) => hasArrived(written, latest.current.rows)));
        } catch (problem) {
          notices.failed(problem);
        }
      }
    },
    [notices],
  );

  const change = useCallback(
    (changes: readonly RowChange[], titles?: Titles) => {
      const { part, rows, dispatch } = latest.current;
      const byId = new Map(rows.map((row) => [row.id, row]));
      const full = changes.map(({ row, values }) => ({ row, values: followingNow(byId.get(row) ?? { id: row }, values, latest.current) }));
      dispatch({ type: 'cells', part, changes: full, titles });
      void ask(
        changes.map(({ row }) => row),
        namesIn(changes.map(({ values }) => values)),
      );
    },
    [ask],
  );

  const add = useCallback(
    (at: number, rows: readonly RowValues[], titles?: Titles) => {
      const { part, fresh, dispatch } = latest.current;
      const full = rows.map((values) => ({
        ...fresh,
        ...followingNow({ ...fresh, id: 0 } as AnyRow, values, latest.current),
        id: nextRowId(),
      }));
      const ids = full.map(({ id }) => id);
      dispatch({ type: 'insert', part, at, rows: full, titles });
      void ask(ids, namesIn(rows));
      return ids[0] ?? 0;
    },
    [ask],
  );

  const paste = useCallback(
    (at: number, rows: readonly RowValues[], titles: Titles) => {
      const { part, fresh, dispatch, rows: old } = latest.current;
      const over = old.slice(at, at + rows.length).map(({ id }) => id);
      const full = rows.map((values, index) => {
        const row = followingNow({ ...fresh, id: 0 } as AnyRow, values, latest.current);
        return index < over.length ? row : { ...row, id: nextRowId() };
      });
      dispatch({ type: 'paste', part, at, rows: full, fresh, titles });
      void ask([...over, ...full.slice(over.length).map(({ id }) => Number(id))], namesIn(rows));
    },
    [ask],
  );
  return { change, add, paste };
}

const namesIn = (rows: readonly RowValues[]): string[] => [...new Set(rows.flatMap((values) => Object.keys(values)))];

const hasArrived = ({ row, values }: { row: number; values: RowValues }, rows: readonly AnyRow[]): boolean => {
  const now = rows.find(({ id }) => id === row);
  return now === undefined || Object.entries(values).every(([name, value]) => now[name] === value);
};

/** Far below the ids that a form gives to rows of its own. */
let lastRowId = -1_000_000;
function nextRowId(): number {
  lastRowId -= 1;
  return lastRowId;
}

/** The rows that were just changed are in the form's state only after it has been drawn; a row that was taken back meanwhile never comes. */
async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 40 && !isSo(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 10));
}
