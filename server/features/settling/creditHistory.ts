import type { CreditHistoryAnswer } from '../../../shared/contracts/settling.ts';
import { customerSide } from '../../../shared/documents/money/sides.ts';
import { addMonths, type Day, daysBetween } from '../../../shared/kernel/days.ts';
import { refuseUnlessRight } from '../../access/rights.ts';
import { refuseUnlessSeen } from '../../access/visibility.ts';
import { columnOf, tableOf } from '../../database/tables.ts';
import { idOfPlace, kindOfPlace } from '../../ledger/balances.ts';
import type { Work } from '../../work.ts';
import { creditWithRest } from '../trade/credit.ts';
import { type Exchange, exchangeOf } from '../trade/currencies.ts';
import { dueOf, type Terms, termColumns } from '../trade/openItems.ts';
import { debtTypes, openDebts } from './openDebts.ts';

/**
 * What a customer's limit is decided by: how long it took to pay in the last twelve months (weighted by amount), how late it was at
 * worst, what is overdue now and how much of the limit is used. Refuses 'access.denied', 'record.notFound'.
 */
export async function creditHistory(work: Work, customer: number): Promise<CreditHistoryAnswer> {
  refuseUnlessRight(work.actor, 'see.salesPrice');
  refuseUnlessRight(work.actor, 'see.credit');
  await refuseUnlessSeen(work, work.company.catalogue.get('customer'), customer);
  const exchange = await exchangeOf(work);
  const payments = await paymentsOf(work, customer, addMonths(work.today, -12));
  const debts = await openDebts(work, customerSide, { parties: [customer], seen: false });
  const overdue = debts.filter((debt) => debt.open > 0 && debt.dueOn < work.today);
  const inBase = (currency: number, amount: number): number => exchange.toBase(amount, exchange.of(currency));
  return {
    credit: await creditWithRest(work, customer),
    ...paceOf(payments, exchange),
    overdue: overdue.reduce((sum, debt) => sum + inBase(debt.currency, debt.open), 0),
    overdueDays: Math.max(0, ...overdue.map((debt) => daysBetween(debt.dueOn, work.today))),
    open: debts.reduce((sum, debt) => sum + inBase(debt.currency, debt.open), 0),
  };
}

interface Payment {
  readonly amount: number;
  readonly currency: number;
  readonly paidOn: Day;
  readonly day: Day;
  readonly dueOn: Day;
}

/** Averages are whole days; null when nothing was paid. */
function paceOf(
  payments: readonly Payment[],
  exchange: Exchange,
): Pick<CreditHistoryAnswer, 'paid' | 'averageDays' | 'latestDays' | 'lateShare'> {
  let [paid, weighed, late, latestDays] = [0, 0, 0, 0];
  for (const payment of payments) {
    const amount = exchange.toBase(payment.amount, exchange.of(payment.currency));
    const lateDays = daysBetween(payment.dueOn, payment.paidOn);
    paid += amount;
    weighed += amount * Math.max(0, daysBetween(payment.day, payment.paidOn));
    if (lateDays > 0) late += amount;
    latestDays = Math.max(latestDays, lateDays);
  }
  if (paid === 0) return { paid: 0, averageDays: null, latestDays: 0, lateShare: null };
  return { paid, averageDays: Math.round(weighed / paid), latestDays, lateShare: Math.round((late * 1_000_000) / paid) };
}

const paymentsMax = 5000;

/** Money that reached a debt and was not taken back, the latest first. */
async function paymentsOf(work: Work, customer: number, since: Day): Promise<Payment[]> {
  const payments: Payment[] = [];
  const rows = (await work
    .tx('moves as m')
    .leftJoin('moves as b', 'b.mirror_of', 'm.id')
    .where({ 'm.ledger': 'receivable', 'm.subject': customer })
    .where('m.day', '>=', since)
    .whereNull('m.mirror_of')
    .whereNull('b.id')
    .where((where) => {
      for (const kind of ['received', 'prepaid', 'netted']) where.orWhereBetween('m.to_place', [`${kind}:`, `${kind};`]);
    })
    .orderBy('m.id', 'desc')
    .limit(paymentsMax)
    .select('m.from_place', 'm.amount', 'm.day')) as { from_place: string; amount: number; day: Day }[];
  for (const definition of debtTypes(work, customerSide)) {
    const mine = rows.filter((row) => kindOfPlace(row.from_place) === definition.type);
    const heads = await headsOf(work, definition, [...new Set(mine.map((row) => idOfPlace(row.from_place)))]);
    for (const row of mine) {
      const head = heads.get(idOfPlace(row.from_place));
      if (head) payments.push({ amount: row.amount, currency: head.currency, paidOn: row.day, day: head.day, dueOn: dueOf(head) });
    }
  }
  return payments;
}

async function headsOf(
  work: Work,
  definition: ReturnType<typeof debtTypes>[number],
  ids: readonly number[],
): Promise<Map<number, Terms & { id: number; currency: number }>> {
  const heads = new Map<number, Terms & { id: number; currency: number }>();
  const columns = ['id', columnOf('currency'), 'day', ...termColumns(definition)];
  for (let start = 0; start < ids.length; start += 500) {
    const rows = (await work
      .tx(tableOf(definition))
      .whereIn('id', ids.slice(start, start + 500))
      .select(columns)) as (Terms & { id: number; currency: number })[];
    for (const row of rows) heads.set(row.id, row);
  }
  return heads;
}
