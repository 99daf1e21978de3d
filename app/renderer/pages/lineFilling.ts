import type { ItemPrices } from '../../../shared/contracts/trade.ts';
import type { AnyRow, Value } from '../../../shared/kernel/definition.ts';
import { ONE } from '../../../shared/kernel/numbers.ts';
import type { RowValues } from '../documents/form/draft.ts';
import { fetchRecord } from '../documents/form/recordDoor.ts';
import { type LineSurroundings, registerLineRule } from '../documents/grid/lineRules.ts';
import { fetchPrices } from './tradeAnswers.ts';

/** What fills itself in a line when a person changes one of its fields, by the name of the field. */
export function registerLineFilling(): void {
  // Either price may be typed; the one typed last is the one that was agreed.
  registerLineRule({ field: 'price', applies: hasPrices, now: () => ({ priceBasis: 'net' }) });
  registerLineRule({ field: 'grossPrice', applies: hasPrices, now: () => ({ priceBasis: 'gross' }) });
  registerLineRule({ field: 'item', applies: ({ fields }) => 'name' in fields || 'grossPrice' in fields, ask: fillFromItem });
  registerLineRule({ field: 'taxCode', applies: ({ fields }) => 'taxRate' in fields, ask: fillTaxRate });
}

const hasPrices = ({ fields }: LineSurroundings): boolean => 'priceBasis' in fields;

async function fillFromItem(rows: readonly AnyRow[], surroundings: LineSurroundings) {
  const items = rows.map((row) => Number(row.item ?? 0)).filter((item) => item > 0);
  if (items.length === 0) return { values: new Map<number, RowValues>() };
  const { customer, currency } = surroundings.head;
  const prices = await fetchPrices({ customer: idOrNull(customer), items, currency: idOrNull(currency) });
  const values = new Map(
    rows.flatMap((row): [number, RowValues][] => {
      const known = prices[Number(row.item)];
      return known ? [[row.id, filledFrom(known)]] : [];
    }),
  );
  return { values, titles: await taxTitles(Object.values(prices)) };
}

/** Name, unit and tax as the item has them; the price as this customer last paid it, else by its level, else the list price. */
function filledFrom(known: ItemPrices): RowValues {
  const last = known.last && (known.last.unit ?? known.unit) === known.unit ? known.last.grossPrice : undefined;
  const gross = last ?? known.level?.grossPrice ?? known.list ?? undefined;
  return {
    name: known.name,
    spec: known.spec ?? null,
    unit: known.unit,
    unitRatio: ONE,
    ...(known.taxCode ? { taxCode: known.taxCode } : {}),
    ...(known.taxRate === undefined ? {} : { taxRate: known.taxRate }),
    ...(gross === undefined ? {} : { grossPrice: gross, priceBasis: 'gross' }),
  };
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
