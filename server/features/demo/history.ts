import { partTableOf, tableOf } from '../../database/tables.ts';
import { transact } from '../../engine/transact.ts';
import type { Actor, Company, Work } from '../../work.ts';
import { dayAt } from './bulk.ts';
import { makeOrders, makeQuotations, type Plan, type Story } from './business.ts';

/** The years of business that are to be written. */
export interface History extends Omit<Story, 'work'> {
  readonly company: Company;
  readonly actor: Actor;
  readonly started: string;
  readonly days: number;
  readonly orders: number;
}

// What is told at once lies in memory at once; what is committed at once is waited for once.
const stretchLength = 500;
const transactionLength = 5000;

/** Writes orders with what followed from each, quotations, balances, the counters of numbers and the memory of prices. */
export async function writeHistory(history: History, onProgress: (share: number) => void): Promise<void> {
  const { company, actor, orders, started, days } = history;
  const quotations = Math.min(Math.ceil(orders / 6), 20_000);
  await inTransactions(history, orders, async (story, places) => {
    await makeOrders(
      story,
      places.map((place) => planFor(history, place / orders)),
    );
    onProgress(((places.at(-1) ?? 0) + 1) / orders);
  });
  await inTransactions(history, quotations, async (story, places) => {
    await makeQuotations(
      story,
      places.map((place) => dayAt(started, days, Math.sqrt(place / quotations))),
    );
  });
  await transact(company, actor, async (work) => {
    await history.bulk.finish(work);
    await rememberPrices(work);
    await rememberActivity(work);
  });
}

/** The tables that a history fills. */
export const historyTables = (company: Company): string[] =>
  ['salesOrder', 'stockOut', 'receipt', 'quotation']
    .map((type) => company.catalogue.get(type))
    .flatMap((definition) => [tableOf(definition), ...Object.keys(definition.parts).map((part) => partTableOf(definition, part))])
    .concat('moves', 'balances', 'audit');

async function inTransactions(
  history: History,
  count: number,
  tell: (story: Story, places: readonly number[]) => Promise<void>,
): Promise<void> {
  for (let first = 0; first < count; first += transactionLength) {
    const end = Math.min(first + transactionLength, count);
    await transact(history.company, history.actor, async (work) => {
      for (let start = first; start < end; start += stretchLength) {
        const places = Array.from({ length: Math.min(stretchLength, end - start) }, (_, offset) => start + offset);
        await tell({ ...history, work }, places);
      }
      await history.bulk.spill(work);
    });
  }
}

/** The last orders are still open, whatever the size of the history. */
function planFor({ random, started, days, orders }: History, share: number): Plan {
  const left = (1 - share) * orders;
  const open = Math.min(orders * 0.12, 400);
  const stage = left > open ? 'old' : left > open / 3 ? 'open' : random.pick(['draft', 'pending', 'open', 'open'] as const);
  return { day: dayAt(started, days, share), stage };
}

/** The day something last happened with each customer: its last order, else the day it was written down. */
async function rememberActivity({ tx }: Work): Promise<void> {
  await tx('customers').update({ last_activity_on: tx.raw('substr(created_at, 1, 10)') });
  // All of them at once: while a history is written, no index leads from a customer to its orders.
  await tx.raw(
    'update customers set last_activity_on = ordered.day ' +
      'from (select customer, max(day) as day from sales_orders group by customer) as ordered where ordered.customer = customers.id',
  );
}

/** What each customer last paid for each item, from the orders themselves: the newest line that was approved. */
async function rememberPrices({ tx }: Work): Promise<void> {
  const approved = ['approved', 'completed'];
  const newest = tx('sales_order_lines as line')
    .join('sales_orders as sold', 'sold.id', 'line.parent')
    .whereIn('sold.state', approved)
    .groupBy('sold.customer', 'line.item')
    .max({ id: 'line.id' });
  const prices = tx('sales_order_lines as line')
    .join('sales_orders as sold', 'sold.id', 'line.parent')
    .whereIn('line.id', newest)
    .orderBy(['sold.customer', 'line.item'])
    .select('sold.customer', 'line.item', 'line.unit', 'line.price', 'line.gross_price', tx.raw('?', ['salesOrder']))
    .select('sold.id', 'sold.number', 'sold.day');
  const columns = ['customer', 'item', 'unit', 'price', 'gross_price', 'document_type', 'document_id', 'number', 'day'];
  await tx(tx.raw('?? (??)', ['price_memory', columns])).insert(prices);
}
