import type { Move } from '../../../shared/kernel/definition.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { onePiece } from '../../../shared/records/lot.ts';
import { listenTo } from '../../engine/effects.ts';
import { balancesOf, kindOfPlace } from '../../ledger/balances.ts';
import { watchMoves } from '../../ledger/watch.ts';
import type { Work } from '../../work.ts';

/** What always holds of batches and serial numbers, by whatever door somebody comes. */
export function guardLots(): void {
  watchMoves(refuseSecondPiece);
  listenTo('item', async (work, _definition, event) => {
    if (event.kind !== 'stored' || event.before === null) return;
    if (event.before.values.tracking !== event.record.values.tracking) await refuseWhileHeld(work, event.record.id);
  });
}

/** What lies somewhere untold cannot be told apart afterwards. Refuses 'item.trackingFixed'. */
async function refuseWhileHeld(work: Work, item: number): Promise<void> {
  const places = await balancesOf(work, 'stock', [item], true);
  const { outside } = work.company.catalogue.ledger('stock');
  const isHeld = places.some(({ place, amount }) => amount !== 0 && !outside.includes(kindOfPlace(place)));
  if (isHeld) throw new Refusal('item.trackingFixed', {}, [{ path: 'tracking', code: 'item.trackingFixed' }]);
}

/** A serial number is one piece, wherever it lies. Refuses 'lots.alreadyHere' {number}. */
async function refuseSecondPiece(work: Work, moves: readonly Move[]): Promise<void> {
  const { outside } = work.company.catalogue.ledger('lots');
  const isInside = (place: string): boolean => !outside.includes(kindOfPlace(place));
  const arriving = moves.filter(({ ledger, from, to }) => ledger === 'lots' && isInside(to) && !isInside(from));
  const lots = [...new Set(arriving.map(({ subject }) => subject))];
  for (let start = 0; start < lots.length; start += 500) {
    const chunk = lots.slice(start, start + 500);
    const serials = (await work
      .tx({ lot: 'lots' })
      .join({ item: 'items' }, 'item.id', 'lot.item')
      .whereIn('lot.id', chunk)
      .where('item.tracking', 'serial')
      .select('lot.id', 'lot.number')) as { id: number; number: string }[];
    const held = new Map<number, number>();
    for (const { subject, place, amount } of await balancesOf(
      work,
      'lots',
      serials.map(({ id }) => id),
    )) {
      if (isInside(place)) held.set(subject, (held.get(subject) ?? 0) + amount);
    }
    const twice = serials.find(({ id }) => (held.get(id) ?? 0) > onePiece);
    if (twice) throw new Refusal('lots.alreadyHere', { number: twice.number });
  }
}
