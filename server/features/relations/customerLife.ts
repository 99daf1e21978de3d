import type { AnyRecord, Definition, Value } from '../../../shared/kernel/definition.ts';
import { countOf, rowsOf } from '../../database/rows.ts';
import { storeChange } from '../../engine/changeRecord.ts';
import { type Event, listenTo, listenToAll } from '../../engine/effects.ts';
import { lock } from '../../engine/load.ts';
import type { Work } from '../../work.ts';

/** Codes of the entries in the list of customer statuses that the rules speak of. */
export type StatusCode = 'potential' | 'new' | 'active' | 'lost' | 'regained';

/**
 * Keeps what a customer's record says of its life: the day something last happened with it or with whatever hangs on it, and
 * its status, which an approved order moves on. What the program does by itself is no activity.
 */
export function offerCustomerLife(): void {
  listenToAll(noteActivity);
  listenTo('salesOrder', async (work, _definition, event) => {
    if (event.kind === 'stepped' && event.step === 'approve') await statusAfterOrder(work, Number(event.record.values.customer));
  });
}

async function noteActivity(work: Work, definition: Definition, event: Event): Promise<void> {
  if (event.kind !== 'stored' || work.actor.userId === 0) return;
  const customers = customersOf(definition, event);
  if (customers.length === 0) return;
  for (const customer of customers) if (await wasQuiet(work, customer)) await noteToday(work, customer);
}

/** Whether nothing has been noted of the customer today: most deeds of a day are not the first. */
async function wasQuiet({ tx, today, company: { store } }: Work, customer: number): Promise<boolean> {
  const key = `active:${customer}`;
  const known = store.memory.recall<string>(['customers'], key);
  if (known !== undefined) return known < today;
  const [row] = await rowsOf(tx, 'select "last_activity_on" as "day" from "customers" where "id" = ?', [customer]);
  const day = String(row?.day ?? '');
  store.memory.keep(tx, ['customers'], key, day);
  return day < today;
}

/** Not by the engine: that somebody wrote an order must not stand in the way of whoever is changing the customer's address. */
async function noteToday({ tx, today }: Work, customer: number): Promise<void> {
  const quiet = '("last_activity_on" is null or "last_activity_on" < ?)';
  await countOf(tx, `update "customers" set "last_activity_on" = ? where "id" = ? and ${quiet}`, [today, customer, today]);
}

/** The customer itself, once it is changed, and those a record hangs on. */
function customersOf(definition: Definition, { record, before }: Extract<Event, { kind: 'stored' }>): number[] {
  if (definition.type === 'customer') return before === null ? [] : [record.id];
  return Object.entries(definition.fields).flatMap(([name, field]) => {
    const id = record.values[name];
    return field.kind === 'link' && field.to === 'customer' && typeof id === 'number' ? [id] : [];
  });
}

/** The first order makes a customer active, one after a long silence wins it back. */
async function statusAfterOrder(work: Work, id: number): Promise<void> {
  const [row] = await rowsOf(work.tx, 'select "status" from "customers" where "id" = ?', [id]);
  if (statusAfter(await statusCodes(work), row?.status) === undefined) return;
  const definition = work.company.catalogue.get('customer');
  const customer = await lock(work, definition, id);
  const next = statusAfter(await statusCodes(work), customer.values.status);
  if (next) await storeChange(work, definition, customer, withStatus(work, customer, next.id), 'change');
}

/** The status that an order moves a customer on to; nothing when it stays as it is. */
function statusAfter(codes: readonly StatusEntry[], status: Value | undefined): StatusEntry | undefined {
  const now = codes.find((entry) => entry.id === status)?.code ?? 'potential';
  const next = now === 'lost' ? 'regained' : now === 'potential' || now === 'new' ? 'active' : null;
  return codes.find(({ code }) => code === next);
}

/** The record with another status, from this moment on. */
export const withStatus = (work: Work, customer: AnyRecord, status: number): AnyRecord => ({
  ...customer,
  values: { ...customer.values, status, statusSince: work.now },
});

/** The company's entries that have a code of ours; one that was thrown away takes its rule with it. */
export async function statusCodes({ tx, company: { store } }: Work): Promise<readonly StatusEntry[]> {
  const known = store.memory.recall<readonly StatusEntry[]>(['dictionary_entries'], 'customerStatus');
  if (known) return known;
  const entries = (await tx('dictionary_entries')
    .where({ dictionary: 'customerStatus' })
    .whereNull('deleted_at')
    .whereNotNull('code')
    .orderBy('id')
    .select('id', 'code')) as StatusEntry[];
  store.memory.keep(tx, ['dictionary_entries'], 'customerStatus', entries);
  return entries;
}

interface StatusEntry {
  readonly id: number;
  readonly code: string;
}
