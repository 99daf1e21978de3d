import { type Day, dueDay } from '../../../shared/kernel/days.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { columnOf, tableOf } from '../../database/tables.ts';
import { idOfPlace, kindOfPlace } from '../../ledger/balances.ts';
import type { Work } from '../../work.ts';

/** A document that a customer has not paid in full: a salesperson calls it an open order, an accountant an open item. */
export interface OpenItem {
  readonly customer: number;
  readonly type: string;
  readonly id: number;
  readonly currency: number;
  readonly day: Day;
  readonly dueOn: Day;
  /** Minor units of the currency; below zero when too much was paid. */
  readonly open: number;
}

/** Documents that money can pay; what is open of each lies in the ledger at a place of its own. */
export const payableTypes = (work: Work): Definition[] =>
  work.company.catalogue.definitions.filter((definition) => definition.becomes?.receipt?.each === 'document');

/** Everything these customers have not paid, from the ledger. */
export async function openItemsOf(work: Work, customers: readonly number[]): Promise<OpenItem[]> {
  const items: OpenItem[] = [];
  const types = payableTypes(work);
  for (let start = 0; start < customers.length; start += 500) {
    const rows = (await work
      .tx('balances')
      .where({ ledger: 'receivable' })
      .whereIn('subject', customers.slice(start, start + 500))
      .whereNot('amount', 0)
      .where((where) => {
        for (const { type } of types) where.orWhereBetween('place', [`${type}:`, `${type};`]);
      })
      .select('subject', 'place', 'amount')) as Place[];
    for (const definition of types) {
      const places = rows.filter((row) => kindOfPlace(row.place) === definition.type);
      items.push(...(await withHeads(work, definition, places)));
    }
  }
  return items;
}

interface Place {
  subject: number;
  place: string;
  amount: number;
}

async function withHeads(work: Work, definition: Definition, places: readonly Place[]): Promise<OpenItem[]> {
  const heads = await headsOf(
    work,
    definition,
    places.map((place) => idOfPlace(place.place)),
  );
  return places.flatMap((place): OpenItem[] => {
    const head = heads.get(idOfPlace(place.place));
    if (!head) return [];
    const { id, currency, day } = head;
    return [{ customer: place.subject, type: definition.type, id, currency, day, dueOn: dueOf(head), open: place.amount }];
  });
}

export interface Terms {
  readonly day: Day;
  readonly term_days?: number | null;
  readonly month_end_terms?: number | null;
}

/** When a document falls due; without terms on its own day. */
export const dueOf = (head: Terms): Day => dueDay(head.day, { days: head.term_days ?? 0, monthEnd: head.month_end_terms === 1 });

async function headsOf(
  work: Work,
  definition: Definition,
  ids: readonly number[],
): Promise<Map<number, Terms & { id: number; currency: number }>> {
  const columns = ['id', 'currency', 'day', ...termColumns(definition)];
  const heads = new Map<number, Terms & { id: number; currency: number }>();
  for (let start = 0; start < ids.length; start += 500) {
    const rows = (await work
      .tx(tableOf(definition))
      .whereIn('id', ids.slice(start, start + 500))
      .select(columns)) as (Terms & { id: number; currency: number })[];
    for (const row of rows) heads.set(row.id, row);
  }
  return heads;
}

/** The columns of the payment terms, where the type has any. */
export const termColumns = (definition: Definition): string[] =>
  ['termDays', 'monthEndTerms'].filter((name) => definition.fields[name]).map(columnOf);
