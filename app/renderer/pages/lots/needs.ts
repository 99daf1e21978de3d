import type { LotChoice, LotChoicesAnswer } from '../../../../shared/contracts/lots.ts';
import { baseQuantityOf } from '../../../../shared/documents/commercial.ts';
import { firstExpired } from '../../../../shared/documents/lots.ts';
import type { AnyRow, Value } from '../../../../shared/kernel/definition.ts';
import type { RowValues } from '../../documents/form/draft.ts';
import { idOrNull } from '../panels/facts.ts';

/** How much of an item the lines move at a warehouse, and how much of that the rows of the lots tell. 10⁻⁶ of its own unit. */
export interface Need {
  readonly item: number;
  readonly name: string;
  readonly warehouse: number | null;
  wanted: number;
  given: number;
}

interface Draft {
  readonly values: Readonly<Record<string, Value>>;
  readonly parts: Readonly<Record<string, readonly AnyRow[]>>;
}

/** Every tracked item of the document, by warehouse; the item of the head (a set) counts as a line. */
export function needsOf({ values, parts }: Draft, tracked: LotChoicesAnswer['tracked']): Need[] {
  const needs = new Map<string, Need>();
  const needAt = (item: number | null, warehouse: number | null): Need | null => {
    const known = item === null ? undefined : tracked[item];
    if (item === null || !known) return null;
    const key = `${item} ${warehouse}`;
    const need = needs.get(key) ?? { item, name: known.name, warehouse, wanted: 0, given: 0 };
    needs.set(key, need);
    return need;
  };
  const placeOf = (row: AnyRow) => idOrNull(row.warehouse) ?? idOrNull(values.warehouse);
  for (const line of parts.lines ?? []) {
    const need = needAt(idOrNull(line.item), placeOf(line));
    if (need) need.wanted += baseQuantityOf(line);
  }
  const set = needAt(idOrNull(values.setItem), idOrNull(values.warehouse));
  if (set) set.wanted += Number(values.quantity ?? 0);
  for (const row of parts.lots ?? []) {
    const place = placeOf(row);
    const item = idOrNull(row.item);
    const only = place === null ? [...needs.values()].find((need) => need.item === item) : undefined;
    const need = only ?? needAt(item, place);
    if (need) need.given += Number(row.quantity ?? 0);
  }
  return [...needs.values()];
}

/** The lots that may be taken for a need. */
export const choicesFor = (need: Need, lots: readonly LotChoice[]): LotChoice[] =>
  lots.filter((lot) => lot.item === need.item && (need.warehouse === null || lot.warehouse === need.warehouse));

/** Rows that take what expires first for every need, and what could not be found. */
export function firstExpiredRows(needs: readonly Need[], lots: readonly LotChoice[], today: string) {
  const rows: RowValues[] = [];
  const short: { need: Need; short: number }[] = [];
  for (const need of needs) {
    const found = firstExpired(choicesFor(need, lots), need.wanted, today);
    rows.push(...found.picked.map(({ number, quantity }) => ({ item: need.item, warehouse: need.warehouse, number, quantity })));
    if (found.short > 0) short.push({ need, short: found.short });
  }
  return { rows, short };
}

/** A row for each need that is not told yet, without a number. */
export const untoldRows = (needs: readonly Need[]): RowValues[] =>
  needs
    .filter(({ given, wanted }) => given < wanted)
    .map(({ item, warehouse, wanted, given }) => ({ item, warehouse, quantity: wanted - given }));
