import type { ImportPlan } from '../../../../shared/exchange/importPlan.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import { loadRecords } from '../../../database/rows.ts';
import type { Work } from '../../../work.ts';
import { type CheckedRow, type RowSetting, remarkOn } from './rowReading.ts';

/** Says of rows with a detail which thing they name, and whether there is but one of it. */
export async function nameThings(work: Work, { type, detail }: ImportPlan, rows: readonly CheckedRow[]): Promise<void> {
  if (!detail) return;
  const named = rows.flatMap((row) => (row.draft.parts[detail.part] ?? []).map((said) => ({ row, said })));
  const { link, field, is } = detail.single;
  const linked = work.company.catalogue.get(type).parts[detail.part]?.fields[link];
  if (linked?.kind !== 'link' || named.length === 0) return;
  const ids = [...new Set(named.map(({ said }) => Number(said[link])))];
  const records = await loadRecords(work.tx, work.company.catalogue.get(linked.to), ids, { parts: false });
  const single = new Set(records.filter(({ values }) => values[field] === is).map(({ id }) => id));
  for (const { row, said } of named) row.thing = { key: detail.keyOf(said), isSingle: single.has(Number(said[link])) };
}

/**
 * Takes the rows in the order of the file and refuses one that says something else of a thing than an earlier row that can be taken,
 * or names once more what there is but one of. The cell concerned is marked.
 */
export function refusingContradictions({ plan: { detail }, columns }: RowSetting) {
  const firsts = new Map<string, CheckedRow>();
  return (row: CheckedRow): void => {
    if (!detail || !row.thing || row.problems.length > 0) return;
    const first = firsts.get(row.thing.key);
    if (!first) {
      firsts.set(row.thing.key, row);
      return;
    }
    const said = ({ draft }: CheckedRow, field: string): Value => draft.parts[detail.part]?.[0]?.[field] ?? null;
    const differs = (field: string): boolean => {
      const [before, now] = [said(first, field), said(row, field)];
      return before !== null && now !== null && before !== now;
    };
    const refused = row.thing.isSingle ? [detail.name] : detail.agree.fields.filter(differs);
    for (const field of refused) {
      const column = columns.find(({ target }) => target === `${detail.part}.${field}`);
      const { code } = row.thing.isSingle ? detail.single : detail.agree;
      const facts = { value: String(said(row, detail.name)), row: first.row };
      row.problems.push({ ...remarkOn(column, undefined, { code, facts }), text: String(said(row, field)) });
    }
  };
}
