import type { AnyRecord, Definition } from '../../../shared/kernel/definition.ts';
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
  // Not by the engine: that somebody wrote an order must not stand in the way of whoever is changing the customer's address.
  await work
    .tx('customers')
    .whereIn('id', customers)
    .where((where) => where.whereNull('last_activity_on').orWhere('last_activity_on', '<', work.today))
    .update({ last_activity_on: work.today });
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
  const codes = await statusCodes(work);
  const definition = work.company.catalogue.get('customer');
  const customer = await lock(work, definition, id);
  const now = codes.find((entry) => entry.id === customer.values.status)?.code ?? 'potential';
  const next = now === 'lost' ? 'regained' : now === 'potential' || now === 'new' ? 'active' : null;
  const entry = codes.find((known) => known.code === next);
  if (entry) await storeChange(work, definition, customer, withStatus(work, customer, entry.id), 'change');
}

/** The record with another status, from this moment on. */
export const withStatus = (work: Work, customer: AnyRecord, status: number): AnyRecord => ({
  ...customer,
  values: { ...customer.values, status, statusSince: work.now },
});

/** The company's entries that have a code of ours; one that was thrown away takes its rule with it. */
export async function statusCodes(work: Work): Promise<{ id: number; code: string }[]> {
  return (await work
    .tx('dictionary_entries')
    .where({ dictionary: 'customerStatus' })
    .whereNull('deleted_at')
    .whereNotNull('code')
    .orderBy('id')
    .select('id', 'code')) as { id: number; code: string }[];
}
