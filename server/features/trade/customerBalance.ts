import type { CustomerBalanceAnswer, StatementAnswer } from '../../../shared/contracts/trade.ts';
import { customerSide, type Side } from '../../../shared/documents/money/sides.ts';
import { addMonths, type Day } from '../../../shared/kernel/days.ts';
import { placeOf } from '../../../shared/kernel/ledger.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { refuseUnlessRight } from '../../access/rights.ts';
import { isVisible } from '../../access/trim.ts';
import { refuseUnlessSeen } from '../../access/visibility.ts';
import type { Work } from '../../work.ts';
import { kindsOf, withGoods, withInvoices } from '../settling/statementDetail.ts';
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
  /** The goods of each document stand below it. */
  readonly goods?: boolean | undefined;
}

/**
 * What a customer came to owe (debit) and what was paid or taken back (credit), the last twelve months when nothing is said.
 * Refuses 'record.notFound', 'access.denied' without the right to see sales prices.
 */
export const customerStatement = (work: Work, customer: number, query: StatementQuery): Promise<StatementAnswer> =>
  statementOf(work, { side: customerSide, party: customer }, query);

/** The same with a supplier: what we came to owe, and what we paid or sent back. */
export async function statementOf(work: Work, of: Statement, query: StatementQuery): Promise<StatementAnswer> {
  const { side, party } = of;
  refuseUnlessRight(work.actor, side.party === 'customer' ? 'see.salesPrice' : 'see.purchasePrice');
  await refuseUnlessSeen(work, work.company.catalogue.get(side.party), party);
  const exchange = await exchangeOf(work);
  const currency = exchange.of(query.currency ?? null).id;
  const period = periodOf(work, query);
  // Debts come from outside and go there; what moves between a customer's documents changes nothing for the customer.
  const places = work.company.catalogue.ledger(side.ledger).outside.map((kind) => placeOf(kind, currency));
  const book = { ledger: side.ledger, subject: party, places, side: 'outside' } as const;
  const content = await readBook(work, book, { ...period, after: query.after, limit: query.limit });
  const invoiced = await withInvoices(work, side, content.rows);
  const rows = query.goods ? await withGoods(work, invoiced) : invoiced;
  return { ...period, currency, ...content, rows, kinds: await kindsOf(work, { ...of, currency, ...period }) };
}

export interface Statement {
  readonly side: Side;
  readonly party: number;
}

/** The days asked for; the twelve months up to today when left out. Refuses 'record.invalid' when they run backwards. */
export function periodOf(work: Work, query: { from?: Day | undefined; to?: Day | undefined }): { from: Day; to: Day } {
  const to = query.to ?? (query.from !== undefined && query.from > work.today ? query.from : work.today);
  const from = query.from ?? addMonths(to, -12);
  if (from > to) throw new Refusal('record.invalid', { count: 1 }, [{ path: 'to', code: 'field.tooSmall' }]);
  return { from, to };
}
