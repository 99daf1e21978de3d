import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnyRow, Value } from '../../../../shared/kernel/definition.ts';
import { useNotices } from '../../ui/notices.tsx';
import { refreshFor } from '../grid/lineRefresh.ts';
import { type LineSurroundings, stillWanted } from '../grid/lineRules.ts';
import { filledRows } from './input.ts';
import type { RecordForm } from './useRecordForm.ts';

/** The part of a form whose lines can be brought to today's prices; undefined where there is none or it is locked. */
export function refreshablePart(form: RecordForm): string | undefined {
  return Object.keys(form.definition.parts).find((part) => form.editability.part(part) && refreshFor(surroundingsOf(form, part)));
}

/** Brings all lines of a part to today's prices as one step of undo, and says what became different. */
export function useRefreshLines(form: RecordForm) {
  const { t } = useTranslation();
  const notices = useNotices();
  const latest = useRef(form);
  useEffect(() => {
    latest.current = form;
  });
  return async (part: string, head: Readonly<Record<string, Value>> = {}): Promise<void> => {
    const surroundings = surroundingsOf(latest.current, part, head);
    const asked = filledRows(latest.current.definition, part, latest.current.state.now);
    try {
      const answer = await refreshFor(surroundings)?.ask(asked, surroundings);
      if (!answer) return;
      const { state, dispatch } = latest.current;
      const now = state.now.parts[part] ?? [];
      const changes = stillWanted({ answer, asked, now, fields: surroundings.fields, except: [] });
      if (changes.length === 0) return notices.info(t('documents.pricesSame'));
      dispatch({ type: 'cells', part, changes, titles: answer.titles });
      const names = namesOf(now, changes);
      notices.info(t('documents.pricesChanged', { count: changes.length, rows: asked.length, names }));
    } catch (problem) {
      notices.failed(problem);
    }
  };
}

function surroundingsOf(form: RecordForm, part: string, head: Readonly<Record<string, Value>> = {}): LineSurroundings {
  const { definition, state } = form;
  return { type: definition.type, part, fields: definition.parts[part]?.fields ?? {}, head: { ...state.now.values, ...head } };
}

const namesMax = 3;

/** The first of the lines that changed, by what they are called. */
function namesOf(rows: readonly AnyRow[], changes: readonly { row: number }[]): string {
  const changed = new Set(changes.map(({ row }) => row));
  const names = rows.filter(({ id }) => changed.has(id)).map((row) => String(row.name ?? ''));
  return `${names.slice(0, namesMax).join('、')}${names.length > namesMax ? '…' : ''}`;
}
