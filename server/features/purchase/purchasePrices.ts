import type { ItemPrices, LastPrice, PricesAnswer } from '../../../shared/contracts/trade.ts';
import { mulDiv } from '../../../shared/kernel/numbers.ts';
import { refuseUnlessRight } from '../../access/rights.ts';
import { isVisible } from '../../access/trim.ts';
import type { StoredRecord } from '../../database/rows.ts';
import type { Work } from '../../work.ts';
import { type CurrencyRow, type Exchange, exchangeOf } from '../trade/currencies.ts';
import { documentNumbers, keyOf } from '../trade/documentNumbers.ts';
import { type KnownTax, partyFor, pricedItems, taxesOf, taxFor } from '../trade/pricing.ts';

export interface PurchasePriceQuestion {
  readonly items: readonly number[];
  readonly supplier?: number | undefined;
  /** Prices are wanted in this currency; in the company's own when left out. */
  readonly currency?: number | undefined;
}

/**
 * What a buyer needs to price lines: what the supplier asks today by quantity, what it was last paid and what others ask or were
 * paid. Refuses 'access.denied' without the right to see purchase prices, 'record.notFound' for an unknown supplier.
 */
export async function purchasePrices(work: Work, question: PurchasePriceQuestion): Promise<PricesAnswer> {
  refuseUnlessRight(work.actor, 'see.purchasePrice');
  const supplier = await partyFor(work, 'supplier', question.supplier);
  const exchange = await exchangeOf(work);
  const currency = exchange.of(question.currency ?? null);
  const items = await pricedItems(work, question.items);
  const asked = { supplier, exchange, currency, items: items.map(({ id }) => id) };
  const known: Known = {
    supplier,
    tiers: await tiersOf(work, asked),
    last: await lastPrices(work, asked),
    taxes: await taxesOf(work),
  };
  return { currency: currency.id, prices: Object.fromEntries(items.map((item) => [item.id, priced(work, item, known)])) };
}

interface Asked {
  readonly supplier: StoredRecord | null;
  readonly exchange: Exchange;
  readonly currency: CurrencyRow;
  readonly items: readonly number[];
}

interface Known {
  readonly supplier: StoredRecord | null;
  readonly tiers: ReadonlyMap<number, Tier[]>;
  readonly last: ReadonlyMap<number, Remembered[]>;
  readonly taxes: readonly KnownTax[];
}

type Tier = NonNullable<ItemPrices['tiers']>[number];
type Remembered = LastPrice & { readonly supplier: number; readonly supplierName: string };

function priced(work: Work, item: StoredRecord, known: Known): ItemPrices {
  const definition = work.company.catalogue.get('item');
  const sees = (path: string): boolean => isVisible(work.actor, definition, path);
  const { values, parts } = item;
  const isOwn = ({ supplier }: { supplier: number }): boolean => supplier === known.supplier?.id;
  const tiers = known.tiers.get(item.id) ?? [];
  const remembered = known.last.get(item.id) ?? [];
  const last = remembered.find(isOwn);
  return {
    name: String(values.name ?? ''),
    ...(sees('code') ? { code: values.code as string | null } : {}),
    ...(sees('spec') ? { spec: values.spec as string | null } : {}),
    unit: String(values.unit ?? ''),
    units: (parts.units ?? []).map((row) => ({ unit: String(row.unit), ratio: Number(row.ratio) })),
    ...(last ? { last } : {}),
    tiers: tiers.filter(isOwn),
    others: [...tiers.filter((tier) => !isOwn(tier)), ...remembered.filter((one) => !isOwn(one))],
    ...taxFor(item, { party: known.supplier, taxes: known.taxes }),
  };
}

interface TierRow {
  item: number;
  supplier: number;
  name: string;
  min_quantity: number | null;
  gross_price: number;
  currency: number;
  valid_until: string | null;
  lead_days: number | null;
  supplier_code: string | null;
}

/** What suppliers ask today, the cheapest first. */
async function tiersOf(work: Work, { exchange, currency, items }: Asked): Promise<Map<number, Tier[]>> {
  const rows = (await work
    .tx({ price: 'supplier_prices' })
    .join({ from: 'suppliers' }, 'from.id', 'price.supplier')
    .whereIn('price.item', [...items])
    .whereNull('price.deleted_at')
    .whereNull('from.deleted_at')
    .where({ 'price.stopped': 0, 'from.stopped': 0 })
    .where((where) => where.whereNull('price.valid_from').orWhere('price.valid_from', '<=', work.today))
    .where((where) => where.whereNull('price.valid_until').orWhere('price.valid_until', '>=', work.today))
    .orderBy('price.id')
    .select('price.item', 'price.supplier', 'from.name', 'price.min_quantity', 'price.gross_price', 'price.currency')
    .select('price.valid_until', 'price.lead_days', 'price.supplier_code')) as TierRow[];
  const known = rows.filter((row) => exchange.knows(exchange.of(row.currency), currency));
  const tiers = known.map((row) => ({
    item: row.item,
    tier: {
      supplier: row.supplier,
      supplierName: row.name,
      minQuantity: row.min_quantity ?? 0,
      grossPrice: exchange.price(row.gross_price, exchange.of(row.currency), currency),
      until: row.valid_until,
      leadDays: row.lead_days,
      supplierCode: row.supplier_code,
    },
  }));
  tiers.sort((a, b) => a.tier.grossPrice - b.tier.grossPrice);
  return new Map([...Map.groupBy(tiers, ({ item }) => item)].map(([item, group]) => [item, group.map(({ tier }) => tier)]));
}

interface MemoryRow {
  supplier: number;
  name: string;
  item: number;
  unit: string | null;
  unit_ratio: number;
  price: number;
  gross_price: number;
  currency: number;
  document_type: string;
  document_id: number;
  day: string;
}

const othersMax = 20;

/** What each supplier was last paid for one of the item's own unit, the latest first. */
async function lastPrices(work: Work, { exchange, currency, items }: Asked): Promise<Map<number, Remembered[]>> {
  const rows = (await work
    .tx({ memory: 'purchase_memory' })
    .join({ from: 'suppliers' }, 'from.id', 'memory.supplier')
    .whereIn('memory.item', [...items])
    .orderBy([
      { column: 'memory.day', order: 'desc' },
      { column: 'memory.document_id', order: 'desc' },
    ])
    .select('memory.*', 'from.name')) as MemoryRow[];
  const numbers = await documentNumbers(
    work,
    rows.map((row) => ({ type: row.document_type, id: row.document_id })),
  );
  const found = new Map<number, Remembered[]>();
  for (const row of rows.filter(({ currency: own }) => exchange.knows(exchange.of(own), currency))) {
    const known = found.get(row.item) ?? [];
    if (known.length < othersMax)
      found.set(row.item, [...known, { ...lastPriceFrom(row, { exchange, currency }, numbers), ...fromSupplier(row) }]);
  }
  return found;
}

const fromSupplier = (row: MemoryRow) => ({ supplier: row.supplier, supplierName: row.name });

function lastPriceFrom(
  row: MemoryRow,
  { exchange, currency }: Pick<Asked, 'exchange' | 'currency'>,
  numbers: ReadonlyMap<string, string>,
): LastPrice {
  const agreed = exchange.of(row.currency);
  const own = (price: number): number => exchange.price(mulDiv([price, 1_000_000], [row.unit_ratio]), agreed, currency);
  const reference = { type: row.document_type, id: row.document_id };
  const number = numbers.get(keyOf(reference));
  return {
    grossPrice: own(row.gross_price),
    price: own(row.price),
    unit: null,
    day: row.day,
    currency: agreed.id,
    ...(number === undefined ? {} : { ...reference, number }),
  };
}
