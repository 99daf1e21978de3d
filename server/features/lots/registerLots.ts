import type { LotFact } from '../../../shared/documents/facts.ts';
import { otherDays } from '../../../shared/documents/lots.ts';
import { checkRecord } from '../../../shared/kernel/checkRecord.ts';
import { addDays, type Day } from '../../../shared/kernel/days.ts';
import type { AnyRecord, AnyRow, Definition, Value } from '../../../shared/kernel/definition.ts';
import { isDerived } from '../../../shared/kernel/fields.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { lotKey, type Tracking } from '../../../shared/records/lot.ts';
import { storeChange } from '../../engine/changeRecord.ts';
import { storeNew } from '../../engine/createRecord.ts';
import { defaultsFor } from '../../engine/defaults.ts';
import { lock } from '../../engine/load.ts';
import type { Work } from '../../work.ts';

/**
 * The lots that the rows of a document name, with those made that nobody has seen yet, where the document may bring such. One
 * without a day of expiry has it from its day of making and the item's shelf life. Refuses 'lots.otherDays' {number, day} when a known lot is said to
 * be of other days, unless all that came in of it was taken back.
 */
export async function registerLots(
  work: Work,
  document: AnyRecord,
  definition: Definition,
  known: ReadonlyMap<string, LotFact>,
): Promise<Map<string, LotFact>> {
  const made = definition.parts.lots?.fields.madeOn;
  const lots = new Map(known);
  if (!made || isDerived(made)) return lots;
  const rows = document.parts.lots ?? [];
  const items = await itemsOf(
    work,
    rows.filter((row) => !known.get(lotKey(row))?.inForce).map((row) => Number(row.item)),
  );
  for (const [index, row] of rows.entries()) {
    const lot = lots.get(lotKey(row));
    const item = items.get(Number(row.item));
    if (lot?.inForce) refuseOtherDays(row, index, lot);
    else if (item) lots.set(lotKey(row), lot ? await toldAnew(work, row, lot, item) : await newLot(work, document, row, item));
  }
  return lots;
}

function refuseOtherDays(row: AnyRow, index: number, lot: LotFact): void {
  const [field] = otherDays(row, lot);
  if (!field) return;
  const facts = { number: String(row.number), day: lot[field] };
  throw new Refusal('lots.otherDays', facts, [{ path: `lots.${index}.${field}`, code: 'lots.otherDays', facts }]);
}

/** No paper rests on a lot of which everything was taken back: whoever brings it in again tells its days anew. */
async function toldAnew(work: Work, row: AnyRow, lot: LotFact, item: TrackedItem): Promise<LotFact> {
  const days = row.madeOn || row.expiresOn ? daysOf(row, item) : lot;
  if (days.madeOn !== lot.madeOn || days.expiresOn !== lot.expiresOn) {
    const definition = work.company.catalogue.get('lot');
    const before = await lock(work, definition, lot.id);
    const values = { ...before.values, madeOn: days.madeOn, expiresOn: days.expiresOn, warnedOn: null };
    await storeChange(work, definition, before, { ...before, values }, 'change');
  }
  return { ...lot, madeOn: days.madeOn, expiresOn: days.expiresOn, inForce: true };
}

interface TrackedItem {
  readonly id: number;
  readonly tracking: Tracking;
  readonly shelf_life_days: number | null;
}

async function itemsOf(work: Work, ids: readonly number[]): Promise<Map<number, TrackedItem>> {
  const found = new Map<number, TrackedItem>();
  const wanted = [...new Set(ids)];
  for (let start = 0; start < wanted.length; start += 500) {
    const query = work
      .tx('items')
      .whereIn('id', wanted.slice(start, start + 500))
      .whereNot('tracking', 'none');
    for (const item of (await query.select('id', 'tracking', 'shelf_life_days')) as TrackedItem[]) found.set(item.id, item);
  }
  return found;
}

async function newLot(work: Work, { values: head }: AnyRecord, row: AnyRow, item: TrackedItem): Promise<LotFact> {
  const definition = work.company.catalogue.get('lot');
  const { madeOn, expiresOn } = daysOf(row, item);
  const values: Record<string, Value> = { number: String(row.number), item: item.id, madeOn, expiresOn, supplier: head.supplier ?? null };
  const draft = checkRecord(definition, { values }, { complete: true, defaults: await defaultsFor(work, definition, { values }) });
  const { id } = await storeNew(work, definition, draft, []);
  return { id, by: item.tracking, madeOn, expiresOn, blocked: false, inForce: true, held: false };
}

/** The days a row tells; what it does not say of the end follows from the day of making and the item's shelf life. */
function daysOf(row: AnyRow, item: TrackedItem): Pick<LotFact, 'madeOn' | 'expiresOn'> {
  const madeOn = (row.madeOn ?? null) as Day | null;
  const ends = madeOn !== null && item.shelf_life_days !== null ? addDays(madeOn, item.shelf_life_days) : null;
  return { madeOn, expiresOn: ((row.expiresOn as Day | null) ?? ends) || null };
}
