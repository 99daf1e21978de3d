import type { ReceivableRow, ReceivablesAnswer } from '../../../shared/contracts/trade.ts';
import { type Day, daysBetween } from '../../../shared/kernel/days.ts';
import { refuseUnlessRight } from '../../access/rights.ts';
import { isVisible } from '../../access/trim.ts';
import { restrict } from '../../access/visibility.ts';
import { narrowToWords } from '../../engine/list/searchWords.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import type { Work } from '../../work.ts';
import { type Position, positionsOfMany } from './credit.ts';
import { cursorFrom, readCursor } from './cursor.ts';
import { type OpenItem, openItemsOf, payableTypes } from './openItems.ts';

export interface ReceivablesQuery {
  readonly search?: string | undefined;
  readonly owner?: number | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

const customersMax = 200;

/**
 * Who owes what and since when: the actor's customers in phone book order, a row for each currency in which something is open
 * or paid in advance. A page holds whole customers. Refuses 'access.denied' without the right to see sales prices.
 */
export async function receivables(work: Work, query: ReceivablesQuery): Promise<ReceivablesAnswer> {
  refuseUnlessRight(work.actor, 'see.salesPrice');
  const limit = Math.min(customersMax, query.limit ?? 100);
  const found = await customerPage(work, query, limit + 1);
  const shown = found.slice(0, limit);
  const ids = shown.map((customer) => customer.id);
  const items = Map.groupBy(await openItemsOf(work, ids), (item) => item.customer);
  const positions = await positionsOfMany(work, ids);
  const rows = shown.flatMap((customer) => rowsOf(work, customer, items.get(customer.id) ?? [], positions.get(customer.id) ?? new Map()));
  const last = shown.at(-1);
  return { rows, titles: await titlesOf(work, rows), next: last && found.length > limit ? cursorFrom([last.sound ?? '', last.id]) : null };
}

interface CustomerRow {
  id: number;
  name: string;
  owner: number | null;
  sound: string | null;
}

async function customerPage(work: Work, query: ReceivablesQuery, limit: number): Promise<CustomerRow[]> {
  const definition = work.company.catalogue.get('customer');
  const customers = work.tx('customers').whereNull('customers.deleted_at').whereExists(owing(work));
  restrict(work, definition, customers, 'read');
  await narrowToWords(work, definition, customers, query.search ?? '');
  if (query.owner !== undefined) customers.where('customers.owner', query.owner);
  if (query.after !== undefined) {
    const [sound = '', id = 0] = readCursor(query.after, ['text', 'number']);
    customers.whereRaw('(customers.name_sort > ? or (customers.name_sort = ? and customers.id > ?))', [sound, sound, id]);
  }
  return customers
    .orderBy(['customers.name_sort', 'customers.id'])
    .limit(limit)
    .select('customers.id', 'customers.name', 'customers.owner', { sound: 'customers.name_sort' });
}

/** Anything open or paid in advance of the customer the query stands at: the list ends where the page ends. */
function owing(work: Work) {
  const kinds = ['prepaid', ...payableTypes(work).map((definition) => definition.type)];
  return work
    .tx('balances')
    .where({ ledger: 'receivable' })
    .whereRaw('subject = customers.id')
    .whereNot('amount', 0)
    .where((where) => {
      for (const kind of kinds) where.orWhereBetween('place', [`${kind}:`, `${kind};`]);
    })
    .select('subject');
}

function rowsOf(work: Work, customer: CustomerRow, items: readonly OpenItem[], positions: ReadonlyMap<number, Position>): ReceivableRow[] {
  const definition = work.company.catalogue.get('customer');
  const byCurrency = Map.groupBy(items, (item) => item.currency);
  const currencies = [...positions].filter(([currency, { open, prepaid }]) => open !== 0 || prepaid !== 0 || byCurrency.has(currency));
  return currencies.map(([currency, { open, prepaid }]) => ({
    customer: customer.id,
    name: customer.name,
    ...(isVisible(work.actor, definition, 'owner') ? { owner: customer.owner } : {}),
    currency,
    open,
    prepaid,
    ...ageOf(byCurrency.get(currency) ?? [], work.today),
  }));
}

/** Sorts what is overdue by how long it has been. On the day itself nothing is overdue yet. */
export function ageOf(items: readonly OpenItem[], today: Day): Pick<ReceivableRow, 'overdue' | 'overdueDays' | 'buckets'> {
  const buckets: ReceivableRow['buckets'] = [0, 0, 0, 0];
  let overdueDays = 0;
  for (const item of items) {
    const days = daysBetween(item.dueOn, today);
    if (days <= 0) continue;
    const bucket = days <= 30 ? 0 : days <= 60 ? 1 : days <= 90 ? 2 : 3;
    buckets[bucket] += item.open;
    if (item.open > 0) overdueDays = Math.max(overdueDays, days);
  }
  return { overdue: buckets.reduce((sum, amount) => sum + amount, 0), overdueDays, buckets };
}

function titlesOf(work: Work, rows: readonly ReceivableRow[]) {
  const owners = rows.map((row) => row.owner).filter((id) => typeof id === 'number');
  return titlesFor(
    work,
    new Map([
      ['user', new Set(owners)],
      ['currency', new Set(rows.map((row) => row.currency))],
    ]),
  );
}
