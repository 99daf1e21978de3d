import { mulDiv } from '../../../shared/kernel/numbers.ts';
import { idOfPlace, kindOfPlace } from '../../ledger/balances.ts';
import type { Work } from '../../work.ts';
import { exchangeOf } from './currencies.ts';

/** A customer's limit and what is used of it, in minor units of the company's currency. */
export async function creditOf(work: Work, customer: number): Promise<{ limit: number | null; used: number }> {
  const row = (await work.tx('customers').where({ id: customer }).first('credit_limit')) as { credit_limit: number | null } | undefined;
  const positions = await positionsOf(work, customer);
  const owed = new Map([...positions].map(([currency, { open, prepaid }]) => [currency, open - prepaid]));
  for (const [currency, amount] of await committedOf(work, customer)) owed.set(currency, (owed.get(currency) ?? 0) + amount);
  return { limit: row?.credit_limit ?? null, used: await inBase(work, owed) };
}

/**
 * What a customer has ordered and does not owe yet, because the debt comes with the goods: counted as used from the day the order is
 * approved. By currency, in its minor units.
 */
async function committedOf(work: Work, customer: number): Promise<ReadonlyMap<number, number>> {
  const rows = (await work
    .tx({ line: 'sales_order_lines' })
    .join({ sold: 'sales_orders' }, 'sold.id', 'line.parent')
    .where({ 'sold.customer': customer, 'sold.state': 'approved', 'sold.receivable_from': 'stockOut' })
    .whereNull('sold.deleted_at')
    .select('sold.currency', { amount: 'line.gross_amount' }, 'line.quantity', 'line.shipped')) as {
    currency: number;
    amount: number | null;
    quantity: number;
    shipped: number | null;
  }[];
  const sums = new Map<number, number>();
  for (const { currency, amount, quantity, shipped } of rows) {
    const open = quantity > 0 ? mulDiv([amount ?? 0, Math.max(0, quantity - (shipped ?? 0))], [quantity]) : 0;
    sums.set(currency, (sums.get(currency) ?? 0) + open);
  }
  return sums;
}

/** The same with what is left of the limit; null where there is none (an empty or zero limit means no limit). */
export async function creditWithRest(work: Work, customer: number): Promise<{ limit: number | null; used: number; free: number | null }> {
  const { limit, used } = await creditOf(work, customer);
  const isLimited = limit !== null && limit !== 0;
  return { limit: isLimited ? limit : null, used, free: isLimited ? limit - used : null };
}

export interface Position {
  /** What the customer owes. */
  open: number;
  /** What it paid in advance. */
  prepaid: number;
}

/** How a customer stands with us, by currency id, in minor units of that currency. */
export async function positionsOf(work: Work, customer: number): Promise<Map<number, Position>> {
  return (await positionsOfMany(work, [customer])).get(customer) ?? new Map();
}

/** The same for many customers, or for suppliers in the ledger of what we owe. */
export async function positionsOfMany(
  work: Work,
  customers: readonly number[],
  ledger = 'receivable',
): Promise<Map<number, Map<number, Position>>> {
  // Everything owed came from outside: the outside places, a handful for each currency, hold the whole sum with the sign turned.
  const { outside } = work.company.catalogue.ledger(ledger);
  const byCustomer = new Map<number, Map<number, Position>>();
  for (let start = 0; start < customers.length; start += 500) {
    const rows = (await work
      .tx('balances')
      .where({ ledger })
      .whereIn('subject', customers.slice(start, start + 500))
      .where((where) => {
        for (const kind of [...outside, 'prepaid']) where.orWhereBetween('place', [`${kind}:`, `${kind};`]);
      })
      .select('subject', 'place', 'amount')) as { subject: number; place: string; amount: number }[];
    for (const row of rows) addTo(byCustomer, row);
  }
  return byCustomer;
}

function addTo(byCustomer: Map<number, Map<number, Position>>, row: { subject: number; place: string; amount: number }): void {
  const positions = byCustomer.get(row.subject) ?? new Map<number, Position>();
  const currency = idOfPlace(row.place);
  const { open, prepaid } = positions.get(currency) ?? { open: 0, prepaid: 0 };
  // What lies at a customer's documents is what came from outside less what came from the advance.
  if (kindOfPlace(row.place) === 'prepaid') positions.set(currency, { open: open - row.amount, prepaid: prepaid - row.amount });
  else positions.set(currency, { open: open - row.amount, prepaid });
  byCustomer.set(row.subject, positions);
}

/** Adds amounts of several currencies at the company's own rates, in minor units of its currency. */
export async function inBase(work: Work, amounts: ReadonlyMap<number, number>): Promise<number> {
  const exchange = await exchangeOf(work);
  return [...amounts].reduce((total, [currency, amount]) => total + exchange.toBase(amount, exchange.of(currency)), 0);
}
