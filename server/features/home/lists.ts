import type { Knex } from 'knex';
import type { HomeList, HomeRow } from '../../../shared/contracts/trade.ts';
import { addDays, type Day, daysBetween } from '../../../shared/kernel/days.ts';
import type { Definition, Operation } from '../../../shared/kernel/definition.ts';
import { isVisible } from '../../access/trim.ts';
import { restrict } from '../../access/visibility.ts';
import { columnOf, tableOf } from '../../database/tables.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import type { Work } from '../../work.ts';
import { parameterOf } from '../settings/companySettings.ts';
import { dueOf, firstDueOf, payableTypes, type Terms, termColumns } from '../trade/openItems.ts';

export const rowsMax = 8;
/** Nobody reads more than "a thousand and more", and counting on would cost time on every visit. */
export const countMax = 1000;

/** Offers of one's own that nobody has ordered from in full, the latest first. */
export async function ownQuotations(work: Work): Promise<HomeList | null> {
  const definition = work.company.catalogue.get('quotation');
  const query = readable(work, definition, 'read');
  if (!query) return null;
  query.where({ 'head.owner': work.actor.userId }).whereIn('head.state', openStates(definition)).whereNot('head.ordered_state', 'all');
  const found = await firstRows(definition, query.clone().orderBy('head.day', 'desc').orderBy('head.id', 'desc'));
  return { count: await countOf(work, query), countMax, rows: await homeRows(work, definition, found) };
}

/** Documents that wait for somebody with the actor's rights, those that wait longest first. */
export async function waitingForApproval(work: Work): Promise<HomeList | null> {
  const waiting = approvable(work);
  if (waiting.length === 0) return null;
  const found: { definition: Definition; row: HeadRow }[] = [];
  for (const { definition, query } of waiting) {
    const rows = await firstRows(definition, query.orderBy('head.id'), countMax);
    found.push(...rows.map((row) => ({ definition, row })));
  }
  found.sort((a, b) => (a.row.day < b.row.day ? -1 : 1));
  const rows: HomeRow[] = [];
  for (const { definition, row } of found.slice(0, rowsMax)) rows.push(...(await homeRows(work, definition, [row])));
  return { count: Math.min(countMax, found.length), countMax, rows };
}

/** How many documents of each type wait for somebody with the actor's rights, counted up to `countMax`; types with none are left out. */
export async function waitingByType(work: Work): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { definition, query } of approvable(work)) {
    const count = await countOf(work, query);
    if (count > 0) counts[definition.type] = count;
  }
  return counts;
}

/** The types that the actor may approve, each with the documents that wait for it. */
function approvable(work: Work): { definition: Definition; query: Knex.QueryBuilder }[] {
  return work.company.catalogue.definitions.flatMap((definition) => {
    const states = Object.values(definition.steps ?? {})
      .filter((step) => step.operation === 'approve')
      .flatMap((step) => step.from)
      .filter((state) => definition.states?.[state]?.look === 'waiting');
    // Who may approve only what is their own waits for somebody else.
    const isApprover = states.length > 0 && work.actor.reach(definition.type, 'approve') !== 'own';
    const query = isApprover ? readable(work, definition, 'approve') : null;
    return query ? [{ definition, query: query.whereIn('head.state', [...new Set(states)]) }] : [];
  });
}

/** Orders, and released delivery notices of those that wait for release, with something still to ship, by the day it was promised for. */
export async function ordersToShip(work: Work): Promise<HomeList | null> {
  const [order, notice] = [work.company.catalogue.get('salesOrder'), work.company.catalogue.get('deliveryNotice')];
  const orders = readable(work, order, 'read');
  if (!orders) return null;
  orders.whereIn('head.state', [...(order.becomes?.stockOut?.from ?? [])]).where('head.outbound_by', 'order');
  const notices = readable(work, notice, 'read')?.whereIn('head.state', [...(notice.becomes?.stockOut?.from ?? [])]);
  const found = [
    ...(await oldestBy(order, orders, 'head.delivery_state')).map((row) => ({ definition: order, row, promised: row.deliver_by ?? null })),
    ...(notices ? await oldestBy(notice, notices, 'head.shipped_state') : []).map((row) => ({
      definition: notice,
      row,
      promised: row.ship_on ?? null,
    })),
  ];
  // A day that nobody promised comes after all that somebody did.
  found.sort((a, b) => ((a.promised ?? '~') < (b.promised ?? '~') ? -1 : 1));
  const rows: HomeRow[] = [];
  for (const { definition, row, promised } of found.slice(0, rowsMax)) {
    rows.push(...(await homeRows(work, definition, [row])).map((shown) => ({ ...shown, day: promised })));
  }
  return { count: Math.min(countMax, found.length), countMax, rows };
}

/** What is overdue or soon will be, the longest first. */
export async function overdueReceivables(work: Work): Promise<HomeList | null> {
  if (!work.actor.special.has('see.salesPrice')) return null;
  const until = addDays(work.today, await parameterOf<number>(work, 'parameter.receivableDueDays'));
  const due: { definition: Definition; row: HeadRow & { dueOn: Day } }[] = [];
  let mayRead = false;
  for (const definition of payableTypes(work)) {
    const query = readable(work, definition, 'read');
    if (!query) continue;
    mayRead = true;
    query.whereIn('head.state', [...(definition.becomes?.receipt?.from ?? [])]);
    const found = await oldestBy(definition, query, 'head.payment_state');
    const planned = await firstDueOf(
      work,
      definition,
      found.map((row) => row.id),
    );
    due.push(...found.map((row) => ({ definition, row: { ...row, dueOn: planned.get(row.id) ?? dueOf(row as Terms) } })));
  }
  if (!mayRead) return null;
  const shown = due.filter(({ row }) => row.dueOn <= until).sort((a, b) => (a.row.dueOn < b.row.dueOn ? -1 : 1));
  return { count: Math.min(countMax, shown.length), countMax, rows: await dueRows(work, shown.slice(0, rowsMax)) };
}

/**
 * The documents that came first of those not done yet, by a column of progress. Asked for each value alone, so that its index
 * gives them in their order and a million finished documents are never looked at.
 */
async function oldestBy(definition: Definition, query: Knex.QueryBuilder, column: string): Promise<HeadRow[]> {
  const found: HeadRow[] = [];
  for (const value of ['none', 'part'])
    found.push(...(await firstRows(definition, query.clone().where(column, value).orderBy('head.id'), countMax)));
  return found;
}

async function dueRows(work: Work, due: readonly { definition: Definition; row: HeadRow & { dueOn: Day } }[]): Promise<HomeRow[]> {
  const rows: HomeRow[] = [];
  for (const { definition, row } of due) {
    const [shown] = await homeRows(work, definition, [row]);
    const open = isVisible(work.actor, definition, 'openAmount') && typeof row.open_amount === 'number' ? { total: row.open_amount } : {};
    if (shown) rows.push({ ...shown, ...open, day: row.dueOn, overdueDays: daysBetween(row.dueOn, work.today) });
  }
  return rows;
}

/** Living documents that the actor may do the operation with, as `head`; null when there can be none. */
export function readable(work: Work, definition: Definition, operation: Operation): Knex.QueryBuilder | null {
  if (work.actor.reach(definition.type, operation) === 'none') return null;
  const query = work.tx({ head: tableOf(definition) }).whereNull('head.deleted_at');
  restrict(work, definition, query, operation, 'head');
  return query;
}

const openStates = (definition: Definition): string[] =>
  Object.entries(definition.states ?? {})
    .filter(([, state]) => ['draft', 'waiting', 'active'].includes(state.look))
    .map(([name]) => name);

interface HeadRow {
  id: number;
  title: string;
  day: Day;
  state: string | null;
  customer?: number;
  total?: number;
  currency?: number;
  deliver_by?: Day | null;
  ship_on?: Day | null;
  open_amount?: number;
}

async function firstRows(definition: Definition, query: Knex.QueryBuilder, limit = rowsMax): Promise<HeadRow[]> {
  const wanted = ['customer', 'total', 'currency', 'deliverBy', 'shipOn', 'openAmount']
    .filter((name) => definition.fields[name])
    .map(columnOf);
  const columns = ['id', 'day', 'state', ...wanted, ...termColumns(definition)].map((column) => `head.${column}`);
  return query
    .limit(limit)
    .select(columns)
    .select({ title: `head.${columnOf(definition.title)}` });
}

export async function countOf(work: Work, query: Knex.QueryBuilder): Promise<number> {
  const some = query.clone().select('head.id').limit(countMax).as('some');
  const row = (await work.tx.from(some).first(work.tx.raw('count(*) as count'))) as { count: number };
  return row.count;
}

async function homeRows(work: Work, definition: Definition, found: readonly HeadRow[]): Promise<HomeRow[]> {
  const sees = (name: string): boolean => isVisible(work.actor, definition, name);
  const customers = new Set(found.map((row) => row.customer).filter((id) => typeof id === 'number'));
  const titles = sees('customer') ? await titlesFor(work, new Map([['customer', customers]])) : {};
  return found.map((row) => {
    const customer = titles.customer?.[row.customer ?? 0];
    return {
      type: definition.type,
      id: row.id,
      title: row.title,
      day: row.day,
      state: row.state,
      ...(customer === undefined ? {} : { customer }),
      ...(sees('total') && typeof row.total === 'number' ? { total: row.total } : {}),
      ...(typeof row.currency === 'number' ? { currency: row.currency } : {}),
    };
  });
}
