import type { ItemPrices, LastPrice, PricesAnswer } from '../../../shared/contracts/trade.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { isVisible } from '../../access/trim.ts';
import type { StoredRecord } from '../../database/rows.ts';
import { tableOf } from '../../database/tables.ts';
import type { Work } from '../../work.ts';
import { type CurrencyRow, type Exchange, exchangeOf } from './currencies.ts';
import { documentNumbers, keyOf } from './documentNumbers.ts';
import { type KnownTax, partyFor, pricedItems, taxesOf, taxFor } from './pricing.ts';
import { type SpecialPrices, specialPrices } from './specialPrices.ts';

export interface PriceQuestion {
  readonly items: readonly number[];
  readonly customer?: number | undefined;
  /** Prices are wanted in this currency; in the company's own when left out. */
  readonly currency?: number | undefined;
}

/**
 * What a person needs to price lines: list price, the price of the customer's level, what the customer paid last, what was agreed
 * with it, promotions, the price book in force, the floor,
 * the tax that applies. Items the actor may not see are absent, and so is every price without its right. Refuses
 * 'record.notFound' for a customer that the actor may not see.
 */
export async function offeredPrices(work: Work, question: PriceQuestion): Promise<PricesAnswer> {
  const customer = await partyFor(work, 'customer', question.customer);
  const exchange = await exchangeOf(work);
  const currency = exchange.of(question.currency ?? null);
  const items = await pricedItems(work, question.items);
  const offer = await offerFor(work, { customer, items, exchange, currency });
  return { currency: currency.id, prices: Object.fromEntries(items.map((item) => [item.id, priceItem(work, item, offer)])) };
}

/** What counts for every item alike. */
interface Offer {
  readonly customer: StoredRecord | null;
  readonly level: { readonly id: number; readonly name: string } | null;
  readonly last: ReadonlyMap<number, LastPrice>;
  readonly taxes: readonly KnownTax[];
  /** A price in the company's money, in the one asked for; null where the rate is not known: a wrong price is worse than none. */
  readonly inCurrency: (basePrice: number) => number | null;
  readonly special: SpecialPrices;
}

interface Asked {
  readonly customer: StoredRecord | null;
  readonly items: readonly StoredRecord[];
  readonly exchange: Exchange;
  readonly currency: CurrencyRow;
}

async function offerFor(work: Work, { customer, items, exchange, currency }: Asked): Promise<Offer> {
  return {
    customer,
    level: await levelOf(work, customer),
    last: customer ? await lastPrices(work, { customer: customer.id, items: items.map((item) => item.id), exchange, currency }) : new Map(),
    taxes: await taxesOf(work),
    inCurrency: (price) => (exchange.knows(exchange.base, currency) ? exchange.price(price, exchange.base, currency) : null),
    special: await specialPrices(work, {
      customer: customer && { id: customer.id, priceLevel: numberOrNull(customer.values.priceLevel) },
      items: items.map(({ id, values }) => ({ id, category: numberOrNull(values.category) })),
    }),
  };
}

function priceItem(work: Work, item: StoredRecord, offer: Offer): ItemPrices {
  const definition = work.company.catalogue.get('item');
  const sees = (path: string): boolean => isVisible(work.actor, definition, path);
  const { values, parts } = item;
  const priced = (value: unknown): number | null => (typeof value === 'number' ? offer.inCurrency(value) : null);
  const level = sees('prices.grossPrice') ? parts.prices?.find((row) => row.level === offer.level?.id) : undefined;
  const levelPrice = priced(level?.grossPrice);
  const last = offer.last.get(item.id);
  return {
    name: String(values.name ?? ''),
    ...(sees('code') ? { code: values.code as string | null } : {}),
    ...(sees('spec') ? { spec: values.spec as string | null } : {}),
    unit: String(values.unit ?? ''),
    units: (parts.units ?? []).map((row) => ({ unit: String(row.unit), ratio: Number(row.ratio) })),
    ...(sees('grossPrice') ? { list: priced(values.grossPrice) } : {}),
    ...(levelPrice !== null && offer.level ? { level: { name: offer.level.name, grossPrice: levelPrice } } : {}),
    ...(last ? { last } : {}),
    ...specialOf(item.id, offer),
    ...(sees('floorPrice') ? { floor: priced(values.floorPrice) } : {}),
    ...(work.actor.special.has('see.salesPrice') ? taxFor(item, { party: offer.customer, taxes: offer.taxes }) : {}),
  };
}

/** What was agreed, what is granted and what the book in force says, in the currency asked for. */
function specialOf(item: number, { special, inCurrency }: Offer): Partial<ItemPrices> {
  const agreed = special.agreed.get(item);
  const promotions = special.promotions.get(item);
  const book = special.books.get(item);
  const priced = (price: number | null | undefined): number | null => (typeof price === 'number' ? inCurrency(price) : null);
  const [agreedPrice, bookPrice] = [priced(agreed?.grossPrice), priced(book?.grossPrice)];
  return {
    ...(agreed?.code ? { customerCode: agreed.code } : {}),
    ...(agreed?.name ? { customerName: agreed.name } : {}),
    ...(agreed && agreedPrice !== null ? { agreed: { grossPrice: agreedPrice, until: agreed.until } } : {}),
    ...(promotions ? { promotions: promotions.map((one) => ({ ...one, grossPrice: priced(one.grossPrice) })) } : {}),
    ...(book && bookPrice !== null ? { book: { ...book, grossPrice: bookPrice } } : {}),
  };
}

const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null);

async function levelOf(work: Work, customer: StoredRecord | null): Promise<Offer['level']> {
  const id = customer?.values.priceLevel;
  if (typeof id !== 'number' || !isVisible(work.actor, work.company.catalogue.get('customer'), 'priceLevel')) return null;
  const row = (await work.tx('dictionary_entries').where({ id }).first('name')) as { name: string } | undefined;
  return row ? { id, name: row.name } : null;
}

interface RememberedRow {
  item: number;
  unit: string | null;
  price: number;
  gross_price: number;
  document_type: string;
  document_id: number;
  day: string;
}

interface LastQuestion {
  readonly customer: number;
  readonly items: readonly number[];
  readonly exchange: Exchange;
  readonly currency: CurrencyRow;
}

async function lastPrices(work: Work, { customer, items, exchange, currency }: LastQuestion): Promise<Map<number, LastPrice>> {
  if (!work.actor.special.has('see.salesPrice')) return new Map();
  const rows = (await work
    .tx('price_memory')
    .where({ customer })
    .whereIn('item', [...items])
    .select('item', 'unit', 'price', 'gross_price', 'document_type', 'document_id', 'day')) as RememberedRow[];
  const references = rows.map((row) => ({ type: row.document_type, id: row.document_id }));
  const numbers = await documentNumbers(work, references);
  const currencies = await currenciesOfDocuments(work, references);
  return new Map(
    rows.flatMap((row): [number, LastPrice][] => {
      const reference = { type: row.document_type, id: row.document_id };
      const agreed = exchange.of(currencies.get(keyOf(reference)) ?? null);
      if (!exchange.knows(agreed, currency)) return [];
      const number = numbers.get(keyOf(reference));
      const last: LastPrice = {
        grossPrice: exchange.price(row.gross_price, agreed, currency),
        price: exchange.price(row.price, agreed, currency),
        unit: row.unit,
        day: row.day,
        currency: agreed.id,
        ...(number === undefined ? {} : { ...reference, number }),
      };
      return [[row.item, last]];
    }),
  );
}

/** A remembered price is in the currency of the document it was agreed in. */
async function currenciesOfDocuments(work: Work, references: readonly { type: string; id: number }[]): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const [type, group] of Map.groupBy(references, (reference) => reference.type)) {
    const definition: Definition | undefined = work.company.catalogue.find(type);
    if (!definition?.fields.currency) continue;
    const ids = [...new Set(group.map((reference) => reference.id))];
    const rows = (await work.tx(tableOf(definition)).whereIn('id', ids).select('id', 'currency')) as { id: number; currency: number }[];
    for (const row of rows) found.set(keyOf({ type, id: row.id }), row.currency);
  }
  return found;
}
