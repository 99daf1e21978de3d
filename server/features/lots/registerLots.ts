import type { LotFact } from '../../../shared/documents/facts.ts';
import { checkRecord } from '../../../shared/kernel/checkRecord.ts';
import { addDays } from '../../../shared/kernel/days.ts';
import type { AnyRecord, AnyRow, Definition, Value } from '../../../shared/kernel/definition.ts';
import { isDerived } from '../../../shared/kernel/fields.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { lotKey, type Tracking } from '../../../shared/records/lot.ts';
import { storeNew } from '../../engine/createRecord.ts';
import { defaultsFor } from '../../engine/defaults.ts';
import type { Work } from '../../work.ts';

/**
 * The lots that the rows of a document name, with those made that nobody has seen yet, where the document may bring such. One
 * without a day of expiry has it from its day of making and the item's shelf life. Refuses 'lots.otherDays' {number, day} when a known lot is said to
 * be of other days.
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
    rows.filter((row) => !known.has(lotKey(row))).map((row) => Number(row.item)),
  );
  for (const [index, row] of rows.entries()) {
    const lot = lots.get(lotKey(row));
    if (lot) refuseOtherDays(row, index, lot);
    const item = items.get(Number(row.item));
    if (!lot && item) lots.set(lotKey(row), await newLot(work, document, row, item));
  }
  return lots;
}

function refuseOtherDays(row: AnyRow, index: number, lot: LotFact): void {
  for (const field of ['madeOn', 'expiresOn'] as const) {
    if (!row[field] || row[field] === lot[field]) continue;
    const facts = { number: String(row.number), day: lot[field] };
    throw new Refusal('lots.otherDays', facts, [{ path: `lots.${index}.${field}`, code: 'lots.otherDays', facts }]);
  }
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
  const madeOn = (row.madeOn ?? null) as string | null;
  const ends = madeOn !== null && item.shelf_life_days !== null ? addDays(madeOn, item.shelf_life_days) : null;
  const expiresOn = ((row.expiresOn as string | null) ?? ends) || null;
  const values: Record<string, Value> = { number: String(row.number), item: item.id, madeOn, expiresOn, supplier: head.supplier ?? null };
  const draft = checkRecord(definition, { values }, { complete: true, defaults: await defaultsFor(work, definition, { values }) });
  const { id } = await storeNew(work, definition, draft, []);
  return { id, by: item.tracking, madeOn, expiresOn, blocked: false };
}
