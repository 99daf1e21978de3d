import type { AnyRecord, AnyRow, Guard, Part } from '../../kernel/definition.ts';
import { day, integer, money, rate, type Secret, text } from '../../kernel/fields.ts';
import { percentOf, sumOf } from '../../kernel/numbers.ts';

const whole = 1_000_000;

/**
 * When a total is paid, and how much each time (收付款计划). A row says its amount, or its share of the total. What was paid
 * fills the rows from the first to the last; a document without rows is due at once, by its terms.
 */
export const instalmentsPart = (secret: Secret): Part => ({
  max: 60,
  key: ['dueOn', 'share', 'amount'],
  fields: {
    period: integer({ derived: true }),
    dueOn: day({ required: true }),
    share: rate({ min: 0, max: whole, secret }),
    amount: money({ min: 0, secret }),
    settled: money({ derived: true, secret }),
    open: money({ derived: true, secret }),
    invoice: text({ max: 60 }),
    remark: text({ max: 200 }),
  },
});

/**
 * Works out the rows of `instalments` of a document: `total` is what was agreed, `due` what is owed of it (less when it was closed
 * early), `settled` what was paid, all in minor units. The last of rows that share the whole takes what rounding leaves.
 */
export function withInstalments(record: AnyRecord, of: { total: number; due: number; settled: number }): AnyRecord {
  const rows = amountsOfRows(record.parts.instalments ?? [], of.total);
  const inOrder = rows.map((row, index) => ({ row, index })).sort((a, b) => orderOf(a.row, b.row) || a.index - b.index);
  let [due, settled] = [of.due, of.settled];
  const known = new Map<number, AnyRow>();
  for (const [place, { row, index }] of inOrder.entries()) {
    const owed = Math.max(0, Math.min(Number(row.amount ?? 0), due));
    const paid = Math.max(0, Math.min(owed, settled));
    due -= owed;
    settled -= paid;
    known.set(index, { ...row, period: place + 1, settled: paid, open: owed - paid });
  }
  const instalments = rows.map((row, index) => known.get(index) ?? row);
  return { ...record, parts: { ...record.parts, instalments } };
}

const orderOf = (a: AnyRow, b: AnyRow): number => String(a.dueOn ?? '').localeCompare(String(b.dueOn ?? ''));

function amountsOfRows(rows: readonly AnyRow[], total: number): AnyRow[] {
  const shared = rows.map((row) => (row.share ? { ...row, amount: percentOf(total, Number(row.share)) } : row));
  const isWhole = rows.length > 0 && rows.every((row) => row.share) && sumOf(rows.map((row) => Number(row.share))) === whole;
  if (!isWhole) return shared;
  const before = sumOf(shared.slice(0, -1).map((row) => Number(row.amount)));
  return shared.map((row, index) => (index === shared.length - 1 ? { ...row, amount: Math.max(0, total - before) } : row));
}

/** A plan covers the whole total, no more and no less. */
export const instalmentsSumUp: Guard = {
  name: 'instalmentsSumUp',
  check: (document) => {
    const rows = document.parts.instalments ?? [];
    if (rows.length === 0) return null;
    const planned = sumOf(rows.map((row) => Number(row.amount ?? 0)));
    const total = Number(document.values.total ?? 0);
    return planned === total
      ? null
      : {
          code: 'money.planNotTotal',
          facts: { planned, total },
          fields: [{ path: `instalments.${rows.length - 1}.amount`, code: 'money.planNotTotal' }],
        };
  },
};
