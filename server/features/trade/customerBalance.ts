import type { BookAnswer, CustomerBalanceAnswer } from '../../../shared/contracts/trade.ts';
import { addMonths, type Day } from '../../../shared/kernel/days.ts';
import { placeOf } from '../../../shared/kernel/ledger.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { refuseUnlessRight } from '../../access/rights.ts';
import { isVisible } from '../../access/trim.ts';
import { refuseUnlessSeen } from '../../access/visibility.ts';
import type { Work } from '../../work.ts';
import { creditWithRest, positionsOf } from './credit.ts';
import { exchangeOf } from './currencies.ts';
import { readBook } from './ledgerBook.ts';

/**
 * How a customer stands: what is open and paid in advance by currency (with the right to see sales prices), and the credit
 * limit with what is used of it (with the right to see credit). Refuses 'record.notFound'.
 */
export async function customerBalance(work: Work, customer: number): Promise<CustomerBalanceAnswer> {
  const definition = work.company.catalogue.get('customer');
  await refuseUnlessSeen(work, definition, customer);
  const answer: CustomerBalanceAnswer = {};
  if (work.actor.special.has('see.salesPrice')) {
    const positions = [...(await positionsOf(work, customer))].sort(([a], [b]) => a - b);
    answer.balances = positions.map(([currency, { open, prepaid }]) => ({ currency, open, prepaid, balance: open - prepaid }));
  }
  if (isVisible(work.actor, definition, 'creditLimit')) answer.credit = await creditWithRest(work, customer);
  return answer;
}

export interface StatementQuery {
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  /** The company's own currency when left out. */
  readonly currency?: number | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

/**
 * What a customer came to owe (debit) and what was paid or taken back (credit), the last twelve months when nothing is said.
 * Refuses 'record.notFound', 'access.denied' without the right to see sales prices.
 */
export async function customerStatement(work: Work, customer: number, query: StatementQuery): Promise<BookAnswer> {
  await refuseUnlessSeen(work, work.company.catalogue.get('customer'), customer);
  refuseUnlessRight(work.actor, 'see.salesPrice');
  const exchange = await exchangeOf(work);
  const currency = exchange.of(query.currency ?? null).id;
  const period = periodOf(work, query);
  // Debts come from outside and go there; what moves between a customer's documents changes nothing for the customer.
  const places = work.company.catalogue.ledger('receivable').outside.map((kind) => placeOf(kind, currency));
  const book = { ledger: 'receivable', subject: customer, places, side: 'outside' } as const;
  return { ...period, currency, ...(await readBook(work, book, { ...period, after: query.after, limit: query.limit })) };
}

/** The days asked for; the twelve months up to today when left out. Refuses 'record.invalid' when they run backwards. */
export function periodOf(work: Work, query: { from?: Day | undefined; to?: Day | undefined }): { from: Day; to: Day } {
  const to = query.to ?? (query.from !== undefined && query.from > work.today ? query.from : work.today);
  const from = query.from ?? addMonths(to, -12);
  if (from > to) throw new Refusal('record.invalid', { count: 1 }, [{ path: 'to', code: 'field.tooSmall' }]);
  return { from, to };
}
