import type { AnyRecord, AnyRow } from '../../../shared/kernel/definition.ts';
import { ONE } from '../../../shared/kernel/numbers.ts';
import { type FieldRefusal, Refusal } from '../../../shared/kernel/refusal.ts';
import { offerCompletion } from '../../engine/completions.ts';
import type { Work } from '../../work.ts';

/**
 * A line is counted in a unit its item has, and holds as many of the item's own as the item says: the stock moves by as many. What
 * came from another document keeps the unit agreed there. Refuses 'goods.unknownUnit' at every line in a unit the item does not have.
 */
export function offerLineUnits(): void {
  offerCompletion(async (work, definition, record, before) => {
    const parts = { ...record.parts };
    for (const [name, { fields }] of Object.entries(definition.parts)) {
      if (!('unitRatio' in fields) || !('item' in fields)) continue;
      parts[name] = await countedRows(work, name, parts[name] ?? [], before);
    }
    return { ...record, parts };
  });
}

async function countedRows(work: Work, part: string, rows: readonly AnyRow[], before: AnyRecord | null): Promise<AnyRow[]> {
  const old = new Map((before?.parts[part] ?? []).map((row) => [row.id, row]));
  const isNew = (row: AnyRow): boolean => {
    const was = old.get(row.id);
    return Boolean(row.item && row.unit && !row.sourceType) && (was?.item !== row.item || was?.unit !== row.unit);
  };
  const asked = rows.filter(isNew).map((row) => Number(row.item));
  if (asked.length === 0) return [...rows];
  const units = await unitsOf(work, [...new Set(asked)]);
  const refusals: FieldRefusal[] = [];
  const counted = rows.map((row, index): AnyRow => {
    if (!isNew(row)) return row;
    const ratio = units.get(Number(row.item))?.get(String(row.unit));
    const facts = { unit: String(row.unit) };
    if (ratio === undefined) refusals.push({ path: `${part}.${index}.unit`, code: 'goods.unknownUnit', facts });
    return { ...row, unitRatio: ratio ?? ONE };
  });
  const [first] = refusals;
  if (first) throw new Refusal(first.code, first.facts, refusals);
  return counted;
}

/** By item, how many of its own unit each of its units holds, 10⁻⁶. */
async function unitsOf(work: Work, items: readonly number[]): Promise<Map<number, Map<string, number>>> {
  const own = (await work.tx('items').whereIn('id', items).select('id', 'unit')) as { id: number; unit: string }[];
  const others = (await work.tx('item_units').whereIn('parent', items).select('parent', 'unit', 'ratio')) as {
    parent: number;
    unit: string;
    ratio: number;
  }[];
  const units = new Map(own.map(({ id, unit }) => [id, new Map([[unit, ONE]])]));
  for (const { parent, unit, ratio } of others) units.get(parent)?.set(unit, ratio);
  return units;
}
