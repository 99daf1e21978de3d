import { customerSide } from '../../../shared/documents/money/sides.ts';
import { type Day, dueDay } from '../../../shared/kernel/days.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { columnOf, partTableOf } from '../../database/tables.ts';
import type { Work } from '../../work.ts';
import { debtTypes, type OpenDebt, openDebts } from '../settling/openDebts.ts';

/** What a customer has not paid of a document, or of one instalment of it. */
export interface OpenItem extends OpenDebt {
  readonly customer: number;
}

/** Documents that money of customers can pay. */
export const payableTypes = (work: Work): Definition[] => debtTypes(work, customerSide);

/** Everything these customers have not paid, the earliest due first. */
export async function openItemsOf(work: Work, customers: readonly number[]): Promise<OpenItem[]> {
  const items: OpenItem[] = [];
  for (let start = 0; start < customers.length; start += 500) {
    const parties = customers.slice(start, start + 500);
    items.push(...(await openDebts(work, customerSide, { parties, seen: false })).map((debt) => ({ ...debt, customer: debt.party })));
  }
  return items;
}

export interface Terms {
  readonly day: Day;
  readonly term_days?: number | null;
  readonly month_end_terms?: number | null;
  readonly due_on?: Day | null;
}

/** When a document falls due: on the day it says, else by its terms, without terms on its own day. */
export const dueOf = (head: Terms): Day =>
  head.due_on ?? dueDay(head.day, { days: head.term_days ?? 0, monthEnd: Number(head.month_end_terms) === 1 });

/** The columns of the payment terms, where the type has any. */
export const termColumns = (definition: Definition): string[] =>
  ['termDays', 'monthEndTerms', 'dueOn'].filter((name) => definition.fields[name]).map(columnOf);

/** The first instalment of each of these documents that is still open, by document. */
export async function firstDueOf(work: Work, definition: Definition, ids: readonly number[]): Promise<ReadonlyMap<number, Day>> {
  if (!definition.parts.instalments || ids.length === 0) return new Map();
  const rows = (await work
    .tx(partTableOf(definition, 'instalments'))
    .whereIn('parent', [...ids])
    .where('open', '>', 0)
    .groupBy('parent')
    .select('parent')
    .min({ due_on: 'due_on' })) as { parent: number; due_on: Day }[];
  return new Map(rows.map((row) => [row.parent, row.due_on]));
}
