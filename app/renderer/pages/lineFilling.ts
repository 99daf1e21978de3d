import { catalogue } from '../../../shared/catalogue.ts';
import { filledFrom, offeredPrice, perUnit, pricedBy, repricedFor, todaysPrice } from '../../../shared/contracts/offeredPrice.ts';
import type { ItemPrices } from '../../../shared/contracts/trade.ts';
import type { AnyRow, Value } from '../../../shared/kernel/definition.ts';
import { formatExact, mulDiv, ONE, SCALE } from '../../../shared/kernel/numbers.ts';
import { serverNow } from '../api/serverClock.ts';
import type { RowValues } from '../documents/form/draft.ts';
import { fetchRecord } from '../documents/form/recordDoor.ts';
import { registerLineRefresh } from '../documents/grid/lineRefresh.ts';
import { type LineSurroundings, registerLineChoice, registerLineRule } from '../documents/grid/lineRules.ts';
import { fetchPrices } from './tradeAnswers.ts';

/** What fills itself in a line when a person changes one of its fields, by the name of the field. */
export function registerLineFilling(): void {
  // Either price may be typed; the one typed last is the one that was agreed.
  registerLineRule({ field: 'price', applies: hasPrices, now: (row) => ({ priceBasis: 'net', ...unsourced(row) }) });
  registerLineRule({ field: 'grossPrice', applies: hasPrices, now: (row) => ({ priceBasis: 'gross', ...unsourced(row) }) });
  registerLineRule({
    field: 'item',
    applies: ({ fields }) => ['name', 'grossPrice', 'unitRatio'].some((name) => name in fields),
    ask: fillFromItem,
  });
  registerLineRefresh({ applies: (surroundings) => hasPrices(surroundings) && 'item' in surroundings.fields, ask: refreshPrices });
  registerLineRule({ field: 'quantity', applies: isPurchase, ask: priceForQuantity });
  registerLineRule({ field: 'quantity', applies: ({ fields }) => 'priceSource' in fields, ask: promotionForQuantity });
  registerLineRule({ field: 'unit', applies: hasUnits, ask: fillFromUnit });
  registerLineChoice({ field: 'unit', applies: hasUnits, options: unitsOf });
  // What is counted is counted when it is typed, however late the sheet is saved.
  registerLineRule({ field: 'quantity', applies: ({ fields }) => 'countedAt' in fields, now: () => ({ countedAt: serverNow() }) });
  registerLineRule({ field: 'taxCode', applies: ({ fields }) => 'taxRate' in fields, ask: fillTaxRate });
}

/** A price that somebody typed comes from nowhere else. */
const unsourced = (row: AnyRow): RowValues => ('priceSource' in row ? { priceSource: null } : {});

const hasUnits = ({ fields }: LineSurroundings): boolean => 'unitRatio' in fields && 'item' in fields;

const hasPrices = ({ fields }: LineSurroundings): boolean => 'priceBasis' in fields;

/** A document with a supplier asks what the goods cost there; whoever sees no purchase prices only asks what they are called. */
const isPurchase = ({ type, fields }: LineSurroundings): boolean =>
  'grossPrice' in fields && catalogue.find(type)?.fields.supplier !== undefined;

const fillFromItem = (rows: readonly AnyRow[], surroundings: LineSurroundings) => fromPrices(rows, surroundings, filledFrom);
const refreshPrices = (rows: readonly AnyRow[], surroundings: LineSurroundings) => fromPrices(rows, surroundings, todaysPrice);

async function fromPrices(
  rows: readonly AnyRow[],
  surroundings: LineSurroundings,
  valuesFrom: (known: ItemPrices, row: AnyRow) => RowValues,
) {
  const items = rows.map((row) => Number(row.item ?? 0)).filter((item) => item > 0);
  if (items.length === 0) return { values: new Map<number, RowValues>() };
  const { customer, supplier, currency } = surroundings.head;
  const buying = isPurchase(surroundings) ? { supplier: idOrNull(supplier) } : {};
  const prices = await fetchPrices({ customer: idOrNull(customer), ...buying, items, currency: idOrNull(currency) });
  const values = new Map(
    rows.flatMap((row): [number, RowValues][] => {
      const known = prices[Number(row.item)];
      return known ? [[row.id, valuesFrom(known, row)]] : [];
    }),
  );
  return { values, titles: await taxTitles(Object.values(prices)) };
}

/** A promotion may begin with a quantity: a price that comes from somewhere follows it. */
const promotionForQuantity = (rows: readonly AnyRow[], surroundings: LineSurroundings) =>
  fromPrices(
    rows.filter((row) => row.priceSource),
    surroundings,
    repricedFor,
  );

/** More of an item may be cheaper: a price that the supplier asks follows the quantity, one that was typed stays. */
const priceForQuantity = (rows: readonly AnyRow[], surroundings: LineSurroundings) =>
  fromPrices(
    rows.filter((row) => !row.sourceType && !row.gift),
    surroundings,
    (known, row) => {
      const isAsked = (known.tiers ?? []).some((tier) => perUnit(tier.grossPrice, row) === row.grossPrice);
      const offered = offeredPrice(known, row);
      return isAsked && offered && offered.grossPrice !== row.grossPrice ? pricedBy(offered) : {};
    },
  );

/** In another unit of its item the line costs as many times more as the unit holds; the stock moves by as many. */
async function fillFromUnit(rows: readonly AnyRow[]) {
  const values = new Map<number, RowValues>();
  for (const row of rows) {
    const found = (await itemUnits(row)).find(({ unit }) => unit === row.unit);
    const before = Number(row.unitRatio ?? ONE);
    if (!found || found.ratio === before) continue;
    const name = row.priceBasis === 'net' ? 'price' : 'grossPrice';
    const price = row[name];
    values.set(row.id, {
      unitRatio: found.ratio,
      ...(typeof price === 'number' ? { [name]: mulDiv([price, found.ratio], [before]) } : {}),
    });
  }
  return { values };
}

async function unitsOf(row: AnyRow): Promise<{ text: string; remark: string }[]> {
  const [base, ...others] = await itemUnits(row);
  if (!base) return [];
  const remark = (ratio: number) => `= ${formatExact(ratio, SCALE.quantity, { trim: true })} ${base.unit}`;
  return [{ text: base.unit, remark: '' }, ...others.map(({ unit, ratio }) => ({ text: unit, remark: remark(ratio) }))];
}

/** The units an item is counted in, its own first, each with how many of its own it holds, 10⁻⁶. */
async function itemUnits(row: AnyRow): Promise<{ unit: string; ratio: number }[]> {
  const id = idOrNull(row.item);
  if (id === null) return [];
  const { values, parts } = await fetchRecord('item', id);
  const others = (parts.units ?? []).map(({ unit, ratio }) => ({ unit: String(unit), ratio: Number(ratio) }));
  return [{ unit: String(values.unit ?? ''), ratio: ONE }, ...others];
}

async function fillTaxRate(rows: readonly AnyRow[]) {
  const values = new Map<number, RowValues>();
  for (const row of rows) {
    const code = idOrNull(row.taxCode);
    const rate = code === null ? 0 : Number((await fetchRecord('taxCode', code)).values.rate ?? 0);
    values.set(row.id, { taxRate: rate });
  }
  return { values };
}

async function taxTitles(prices: readonly ItemPrices[]) {
  const codes = [...new Set(prices.flatMap((price) => price.taxCode ?? []))];
  const names = await Promise.all(
    codes.map(async (code) => [code, String((await fetchRecord('taxCode', code)).values.name ?? '')] as const),
  );
  return { taxCode: Object.fromEntries(names) };
}

const idOrNull = (value: Value | undefined): number | null => (typeof value === 'number' ? value : null);
