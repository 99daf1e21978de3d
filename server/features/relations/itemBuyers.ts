import type { ItemBuyersAnswer } from '../../../shared/contracts/relations.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { refuseUnlessRight } from '../../access/rights.ts';
import { refuseUnlessSeen, restrict, visibleIds } from '../../access/visibility.ts';
import { partTableOf, tableOf } from '../../database/tables.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import type { Work } from '../../work.ts';
import { documentNumbers, keyOf } from '../trade/documentNumbers.ts';

// Nobody reads further down; the list of orders with this item goes on.
const buyersMax = 100;

/**
 * Who bought an item, the latest first, with what it came to and the last price; and who was offered it and has not bought it.
 * Only of orders and customers that the actor may see. Refuses 'record.notFound', 'access.denied' without the right to see sales
 * prices.
 */
export async function itemBuyers(work: Work, item: number): Promise<ItemBuyersAnswer> {
  refuseUnlessRight(work.actor, 'see.salesPrice');
  await refuseUnlessSeen(work, work.company.catalogue.get('item'), item);
  const bought = await boughtBy(work, item);
  const prices = await lastPrices(work, item);
  const seen = await visibleIds(work, work.company.catalogue.get('customer'), [...prices.keys()]);
  const offeredTo = [...prices.keys()].filter((customer) => seen.has(customer) && !bought.has(customer));
  const rows = [...bought].map(([customer, sums]) => ({ customer, ...sums, ...lastOf(prices.get(customer)) }));
  const offered = offeredTo.slice(0, buyersMax).map((customer) => ({ customer, ...lastOf(prices.get(customer)) }));
  const customers = new Set([...rows, ...offered].map(({ customer }) => customer));
  return { bought: rows.slice(0, buyersMax), offered, titles: await titlesFor(work, new Map([['customer', customers]])) };
}

interface Bought {
  lastDay: string;
  sums: { currency: number; amount: number }[];
}

async function boughtBy(work: Work, item: number): Promise<Map<number, Bought>> {
  const definition = work.company.catalogue.get('salesOrder');
  if (work.actor.reach(definition.type, 'read') === 'none') return new Map();
  const [table, lines] = [tableOf(definition), partTableOf(definition, 'lines')];
  const query = work
    .tx(table)
    .join(lines, `${lines}.parent`, `${table}.id`)
    .where(`${lines}.item`, item)
    .whereNull(`${table}.deleted_at`)
    .whereIn(`${table}.state`, standing(definition));
  restrict(work, definition, query, 'read');
  const rows = (await query
    .groupBy(`${table}.customer`, `${table}.currency`)
    .select({ customer: `${table}.customer`, currency: `${table}.currency` })
    .max({ day: `${table}.day` })
    .sum({ amount: `${lines}.gross_amount` })) as { customer: number; currency: number; day: string; amount: number }[];
  const byCustomer = new Map<number, Bought>();
  for (const { customer, currency, day, amount } of rows.sort((a, b) => (a.day < b.day ? 1 : -1))) {
    const known = byCustomer.get(customer) ?? { lastDay: day, sums: [] };
    known.sums.push({ currency, amount: Number(amount) });
    byCustomer.set(customer, known);
  }
  return byCustomer;
}

const standing = (definition: Definition): string[] =>
  Object.entries(definition.states ?? {})
    .filter(([, { look }]) => look === 'active' || look === 'done')
    .map(([name]) => name);

interface Remembered {
  readonly customer: number;
  readonly unit: string | null;
  readonly grossPrice: number;
  readonly day: string;
  readonly type: string;
  readonly id: number;
  readonly number?: string;
}

/** What each customer was last offered or paid, the latest first; the document is named where the actor may see it. */
async function lastPrices(work: Work, item: number): Promise<Map<number, Remembered>> {
  const rows = (await work
    .tx('price_memory')
    .where({ item })
    .orderBy('day', 'desc')
    .orderBy('customer')
    .select('customer', 'unit', 'day', { grossPrice: 'gross_price', type: 'document_type', id: 'document_id' })) as Remembered[];
  const numbers = await documentNumbers(work, rows);
  return new Map(
    rows.map((row) => {
      const number = numbers.get(keyOf(row));
      return [row.customer, { ...row, ...(number === undefined ? {} : { number }) }];
    }),
  );
}

function lastOf(remembered: Remembered | undefined): Pick<ItemBuyersAnswer['offered'][number], 'last'> {
  if (!remembered) return {};
  const { grossPrice, unit, day, type, id, number } = remembered;
  return { last: { grossPrice, unit, day, ...(number === undefined ? {} : { type, id, number }) } };
}
