import { refuseUnlessSeen, visibleIds } from '../../access/visibility.ts';
import { loadRecords, type StoredRecord } from '../../database/rows.ts';
import type { Work } from '../../work.ts';

/** A tax as prices need it: what it is called and how much it takes, at 10⁻⁶. */
export interface KnownTax {
  readonly id: number;
  readonly rate: number;
  readonly main: number;
}

export const taxesOf = async ({ tx }: Work): Promise<KnownTax[]> =>
  (await tx('tax_codes').whereNull('deleted_at').orderBy('id').select('id', 'rate', 'main')) as KnownTax[];

/** The tax of the customer or supplier goes before the item's, and the company's usual one after both. */
export function taxFor(
  item: StoredRecord,
  { party, taxes }: { readonly party: StoredRecord | null; readonly taxes: readonly KnownTax[] },
): { taxCode: number | null; taxRate: number } {
  const wanted = [party?.values.taxCode, item.values.taxCode];
  const found = wanted.map((id) => taxes.find((tax) => tax.id === id)).find((tax) => tax !== undefined);
  const tax = found ?? taxes.find((one) => one.main === 1);
  return { taxCode: tax?.id ?? null, taxRate: tax?.rate ?? 0 };
}

/** Whom prices are asked for, if anybody. Refuses 'record.notFound' for one that the actor may not see. */
export async function partyFor(work: Work, type: 'customer' | 'supplier', id: number | undefined): Promise<StoredRecord | null> {
  if (id === undefined) return null;
  const definition = work.company.catalogue.get(type);
  await refuseUnlessSeen(work, definition, id);
  const [party] = await loadRecords(work.tx, definition, [id], { parts: false });
  return party ?? null;
}

/** The living items among these that the actor may see, with their parts. */
export async function pricedItems(work: Work, ids: readonly number[]): Promise<StoredRecord[]> {
  const definition = work.company.catalogue.get('item');
  const visible = await visibleIds(work, definition, ids);
  const items = await loadRecords(work.tx, definition, [...visible], { parts: true });
  return items.filter((item) => item.stamps.deletedAt === null);
}
