import { daysBetween } from '../../../shared/kernel/days.ts';
import { placeOf } from '../../../shared/kernel/ledger.ts';
import { systemActor } from '../../access/rights.ts';
import { transact } from '../../engine/transact.ts';
import type { Company, Work } from '../../work.ts';
import { type Notice, tellThose } from '../notices/tell.ts';
import { expiringSoon, warnDaysOf } from './lotStock.ts';

// Small, so that people who are saving come between.
const lotsAtOnce = 100;

/**
 * Tells of batches that come near their day, once for each: the keepers of the warehouses where they lie, or, where a warehouse has
 * none, whoever may change batches. Gives how many batches were told of.
 */
export async function tellExpiringLots(company: Company, signal: AbortSignal): Promise<number> {
  let told = 0;
  while (!signal.aborted) {
    const some = await transact(company, systemActor(company), tellSome);
    told += some;
    if (some < lotsAtOnce) break;
  }
  return told;
}

interface DueLot {
  readonly id: number;
  readonly number: string;
  readonly expires_on: string;
  readonly item: string;
}

async function tellSome(work: Work): Promise<number> {
  const due = await dueLots(work);
  const keepers = await keepersOf(work, due);
  const definition = work.company.catalogue.get('lot');
  const notices = due.flatMap(({ id, number, expires_on: expiresOn, item }): Notice[] => {
    const days = daysBetween(work.today, expiresOn);
    const people = keepers.get(id) ?? [];
    return people.map((user) => ({ user, code: 'notice.lotExpiring', facts: { number, item, expiresOn, days }, definition, record: id }));
  });
  await tellThose(work, notices);
  const ids = due.map(({ id }) => id);
  if (ids.length > 0) await work.tx('lots').whereIn('id', ids).update({ warned_on: work.today });
  return due.length;
}

/** Lots that lie in a warehouse, come near their day and were not told of. */
async function dueLots(work: Work): Promise<DueLot[]> {
  const query = work
    .tx('lots')
    .join('items', 'items.id', 'lots.item')
    .whereNull('lots.warned_on')
    .whereNull('lots.deleted_at')
    .whereExists(heldInWarehouses(work).whereRaw('b.subject = lots.id'));
  expiringSoon(query, work.today, await warnDaysOf(work));
  return (await query
    .orderBy('lots.id')
    .limit(lotsAtOnce)
    .select('lots.id', 'lots.number', 'lots.expires_on', { item: 'items.name' })) as DueLot[];
}

const heldInWarehouses = (work: Work) =>
  work
    .tx({ b: 'balances' })
    .where('b.ledger', 'lots')
    .where('b.amount', '>', 0)
    .whereRaw("b.place >= 'warehouse:' and b.place < 'warehouse;'");

async function keepersOf(work: Work, lots: readonly DueLot[]): Promise<Map<number, number[]>> {
  const places = (await heldInWarehouses(work)
    .whereIn(
      'b.subject',
      lots.map(({ id }) => id),
    )
    .select('b.subject', 'b.place')) as { subject: number; place: string }[];
  const warehouses = (await work.tx('warehouses').select('id', 'keeper')) as { id: number; keeper: number | null }[];
  const byPlace = new Map(warehouses.map(({ id, keeper }) => [placeOf('warehouse', id), keeper]));
  const others = places.some(({ place }) => !byPlace.get(place)) ? await peopleForLots(work) : [];
  const found = new Map<number, number[]>();
  for (const { subject, place } of places) {
    const keeper = byPlace.get(place);
    found.set(subject, [...new Set([...(found.get(subject) ?? []), ...(keeper ? [keeper] : others)])]);
  }
  return found;
}

/** Everybody whose position lets them change batches. */
async function peopleForLots(work: Work): Promise<number[]> {
  const granted = work.tx('position_grants').where({ type: 'lot', operation: 'change' }).whereNot('scope', 'none').select('parent');
  return (await work
    .tx('users')
    .join('user_positions', 'user_positions.parent', 'users.id')
    .whereIn('user_positions.held', granted)
    .where({ 'users.employment': 'employed' })
    .whereNull('users.deleted_at')
    .orderBy('users.id')
    .distinct('users.id')
    .pluck('users.id')) as number[];
}
