import { useCallback, useEffect, useRef, useState } from 'react';
import type { PickRow } from '../../../../shared/contracts/wire.ts';
import { SCALE } from '../../../../shared/kernel/numbers.ts';
import { ApiProblem } from '../../api/http.ts';
import { pickRuleOf } from '../picker/pickRule.ts';
import { askPick } from '../picker/usePickRows.ts';
import { beep } from './beep.ts';
import type { Column } from './columns.ts';
import { scanColumns } from './columns.ts';
import type { GridHost } from './host.ts';
import type { LineChange } from './useLineChange.ts';

/** A code that nobody knows, and how often it was scanned. */
export interface UnknownCode {
  code: string;
  count: number;
}

const oneUnit = 10 ** SCALE.quantity;

/**
 * Takes scanned codes one after the other: the same item again raises its quantity, another one becomes a new line, an unknown one
 * beeps and waits in a list. Typing goes on meanwhile.
 */
export function useScanner(host: GridHost, columns: readonly Column[], lines: LineChange) {
  const [unknown, setUnknown] = useState<UnknownCode[]>([]);
  const latest = useRef({ host, columns, lines });
  useEffect(() => {
    latest.current = { host, columns, lines };
  });
  const known = useRef(new Map<string, PickRow>());
  const last = useRef<{ item: number; row: number; count: number } | null>(null);
  const queue = useRef<Promise<void>>(Promise.resolve());

  const miss = useCallback((code: string) => {
    beep();
    setUnknown((list) => {
      const before = list.find((one) => one.code === code);
      return [...list.filter((one) => one !== before), { code, count: (before?.count ?? 0) + 1 }];
    });
  }, []);

  const take = useCallback((row: PickRow) => {
    const { host: now, columns: shown, lines: change } = latest.current;
    const scan = scanColumns(shown);
    if (!scan) return;
    const titles = { ...row.titles, [linkTarget(scan.link)]: { [row.id]: row.title } };
    const previous = now.rows.at(-1);
    const repeated = last.current;
    if (
      repeated?.item === row.id &&
      (previous === undefined || previous.id === repeated.row || !now.rows.some(({ id }) => id === repeated.row))
    ) {
      repeated.count += oneUnit;
      change.change([{ row: repeated.row, values: { [scan.count.name]: repeated.count } }]);
    } else if (previous?.[scan.link.name] === row.id) {
      const count = Number(previous[scan.count.name] ?? 0) + oneUnit;
      last.current = { item: row.id, row: previous.id, count };
      change.change([{ row: previous.id, values: { [scan.count.name]: count } }]);
    } else {
      const added = change.add(now.rows.length, [{ [scan.link.name]: row.id, [scan.count.name]: oneUnit }], titles);
      last.current = { item: row.id, row: added, count: oneUnit };
    }
  }, []);

  const read = useCallback(
    async (code: string) => {
      const scan = scanColumns(latest.current.columns);
      const rule = scan && pickRuleOf(scan.link.field, latest.current.host.head);
      if (!rule) return;
      try {
        const row = known.current.get(code) ?? (await lookUp(rule, code));
        if (!row) return miss(code);
        known.current.set(code, row);
        take(row);
      } catch (problem) {
        if (!(problem instanceof ApiProblem)) throw problem;
        miss(code);
      }
      // The form has to hold this line before the next code is compared with it.
      await new Promise((resolve) => setTimeout(resolve, 0));
    },
    [miss, take],
  );

  const scan = useCallback(
    (code: string) => {
      queue.current = queue.current.then(() => read(code));
    },
    [read],
  );
  const forget = useCallback((code: string) => setUnknown((list) => list.filter((one) => one.code !== code)), []);
  return { scan, unknown, forget };
}

const linkTarget = (column: Column): string => (column.field.kind === 'link' ? column.field.to : '');

/** The record that bears exactly this code; one hit alone counts too, because a barcode is not always shown in the row. */
async function lookUp(rule: NonNullable<ReturnType<typeof pickRuleOf>>, code: string): Promise<PickRow | null> {
  const { rows } = await askPick({ type: rule.to, text: code, filter: rule.filter, limit: 5 });
  const exact = rows.find((row) => row.code?.toLowerCase() === code.toLowerCase() || Object.values(row.values).includes(code));
  return exact ?? (rows.length === 1 ? (rows[0] ?? null) : null);
}
