import { mulDiv } from '../../../shared/kernel/numbers.ts';
import { chunksOf } from '../../database/codec.ts';
import { marksOf, rowsOf } from '../../database/rows.ts';
import { idOfPlace, kindOfPlace } from '../../ledger/balances.ts';
import type { Work } from '../../work.ts';
import { exchangeOf } from './currencies.ts';

export interface Credit {
  /** Null where none was given. */
  readonly limit: number | null;
  readonly used: number;
}

/** A customer's limit and what is used of it, in minor units of the company's currency. */
export async function creditOf(work: Work, customer: number): Promise<Credit> {
  return (await creditsOf(work, [customer])).get(customer) ?? { limit: null, used: 0 };
}

/** The same for many customers, in few questions. */
export async function creditsOf(work: Work, customers: readonly number[]): Promise<Map<number, Credit>> {
  const limits = new Map<number, number | null>();
  const committed = new Map<number, Map<number, number>>();
  for (const few of chunksOf(customers, 1)) {
    const text = `select "id", "credit_limit" as "limit" from "customers" where "id" in (${marksOf(few)})`;
    for (const row of await rowsOf(work.tx, text, few)) limits.set(Number(row.id), row.limit as number | null);
    for (const [customer, amounts] of await committedOf(work, few)) committed.set(customer, amounts);
  }
  const positions = await positionsOfMany(work, customers);
  const credits = new Map<number, Credit>();
  for (const customer of customers) {
    const owed = new Map([...(positions.get(customer) ?? [])].map(([currency, { open, prepaid }]) => [currency, open - prepaid]));
    for (const [currency, amount] of committed.get(customer) ?? []) owed.set(currency, (owed.get(currency) ?? 0) + amount);
    credits.set(customer, { limit: limits.get(customer) ?? null, used: await inBase(work, owed) });
  }
  return credits;
}

/**
 * What customers have ordered and do not owe yet, because the debt comes with the goods: counted as used from the day the order is
 * approved. By customer and currency, in its minor units.
 */
async function committedOf(work: Work, customers: readonly number[]): Promise<Map<number, Map<number, number>>> {
  const text =
    'select sold."customer", sold."currency", line."gross_amount" as "amount", line."quantity", line."shipped" ' +
    'from "sales_orders" sold join "sales_order_lines" line on line."parent" = sold."id" ' +
    `where sold."customer" in (${marksOf(customers)}) ` +
    `and sold."state" = 'approved' and sold."receivable_from" = 'stockOut' and sold."deleted_at" is null`;
  const sums = new Map<number, Map<number, number>>();
  for (const row of await rowsOf(work.tx, text, customers)) {
    const quantity = Number(row.quantity);
    const left = Math.max(0, quantity - Number(row.shipped ?? 0));
    const open = quantity > 0 ? mulDiv([Number(row.amount ?? 0), left], [quantity]) : 0;
    const own = sums.get(Number(row.customer)) ?? new Map<number, number>();
    sums.set(Number(row.customer), own.set(Number(row.currency), (own.get(Number(row.currency)) ?? 0) + open));
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
    const few = customers.slice(start, start + 500);
    const kinds = [...outside, 'prepaid'];
    const text =
      `select "subject", "place", "amount" from "balances" where "ledger" = ? and "subject" in (${marksOf(few)}) ` +
      `and (${kinds.map(() => '"place" between ? and ?').join(' or ')})`;
    const rows = await rowsOf(work.tx, text, [ledger, ...few, ...kinds.flatMap((kind) => [`${kind}:`, `${kind};`])]);
    for (const row of rows as unknown as PlaceRow[]) addTo(byCustomer, row);
  }
  return byCustomer;
}

interface PlaceRow {
  readonly subject: number;
  readonly place: string;
  readonly amount: number;
}

function addTo(byCustomer: Map<number, Map<number, Position>>, row: PlaceRow): void {
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
