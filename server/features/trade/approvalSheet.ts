import type { ApprovalAnswer, ApprovalLine } from '../../../shared/contracts/trade.ts';
import { baseQuantityOf } from '../../../shared/documents/commercial.ts';
import type { AnyRow, Definition } from '../../../shared/kernel/definition.ts';
import { mulDiv, ONE } from '../../../shared/kernel/numbers.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { isVisible } from '../../access/trim.ts';
import { refuseUnlessSeen } from '../../access/visibility.ts';
import { loadRecords, type StoredRecord } from '../../database/rows.ts';
import { load } from '../../engine/load.ts';
import { balancesOf, kindOfPlace } from '../../ledger/balances.ts';
import type { Work } from '../../work.ts';
import { creditWithRest } from './credit.ts';
import { type Exchange, exchangeOf } from './currencies.ts';
import { stockValues } from './stock.ts';

/**
 * What whoever approves a commercial document should look at: every line against its list and floor price, its cost and margin,
 * and the customer's credit. All in the company's own currency; prices per own unit of the item. Refuses 'record.notFound'
 * (also for a type without prices), 'access.denied' without the right to see sales prices.
 */
export async function approvalSheet(work: Work, definition: Definition, id: number): Promise<ApprovalAnswer> {
  await refuseUnlessSeen(work, definition, id);
  if (definition.fields.baseTotal?.secret !== 'salesPrice') throw new Refusal('record.notFound', { type: definition.type, id });
  if (!isVisible(work.actor, definition, 'lines.grossAmount')) throw new Refusal('access.denied', { right: 'see.salesPrice' });
  const document = await load(work, definition, id);
  const sheet = await sheetFor(work, document);
  const lines = (document.parts.lines ?? []).map((line) => lineOf(work, line, sheet));
  return {
    type: definition.type,
    id,
    version: document.version,
    state: document.state ?? null,
    lines,
    totals: totalsOf(document, lines, sheet),
    ...(await creditFor(work, document)),
  };
}

/** What the lines are measured by. */
interface Sheet {
  readonly items: ReadonlyMap<number, StoredRecord>;
  readonly costs: ReadonlyMap<number, { quantity: number; value: number }> | null;
  readonly toBase: (amount: number) => number;
  readonly baseDigits: number;
}

async function sheetFor(work: Work, document: StoredRecord): Promise<Sheet> {
  const ids = [...new Set((document.parts.lines ?? []).map((line) => Number(line.item)))];
  const items = await loadRecords(work.tx, work.company.catalogue.get('item'), ids, { parts: false });
  const exchange = await exchangeOf(work);
  return {
    items: new Map(items.map((item) => [item.id, item])),
    costs: work.actor.special.has('see.cost') ? await costsOf(work, ids) : null,
    toBase: (amount) => inBase(document, exchange, amount),
    baseDigits: exchange.base.digits,
  };
}

/** At the document's own exchange rate, as its total in base currency is reckoned. */
function inBase(document: StoredRecord, exchange: Exchange, amount: number): number {
  const { digits } = exchange.of(Number(document.values.currency));
  return mulDiv([amount, Number(document.values.exchangeRate ?? 1_000_000_000), 10 ** exchange.base.digits], [1_000_000_000, 10 ** digits]);
}

async function costsOf(work: Work, items: readonly number[]): Promise<Map<number, { quantity: number; value: number }>> {
  const values = await stockValues(work, items);
  const quantities = new Map<number, number>();
  for (const balance of await balancesOf(work, 'stock', items)) {
    if (kindOfPlace(balance.place) === 'warehouse')
      quantities.set(balance.subject, (quantities.get(balance.subject) ?? 0) + balance.amount);
  }
  return new Map(items.map((item) => [item, { quantity: quantities.get(item) ?? 0, value: values.get(item) ?? 0 }]));
}

function lineOf(work: Work, line: AnyRow, sheet: Sheet): ApprovalLine {
  const definition = work.company.catalogue.get('item');
  const item = sheet.items.get(Number(line.item));
  const quantity = baseQuantityOf(line);
  const gross = sheet.toBase(Number(line.grossAmount ?? 0));
  const netAmount = sheet.toBase(Number(line.netAmount ?? 0));
  const agreedPrice = quantity > 0 ? mulDiv([gross, 10 ** (12 - sheet.baseDigits)], [quantity]) : 0;
  const listPrice = item?.values.grossPrice as number | null | undefined;
  const floorPrice = item?.values.floorPrice as number | null | undefined;
  return {
    id: line.id,
    item: Number(line.item),
    ...(isVisible(work.actor, definition, 'name') ? { name: (line.name ?? item?.values.name ?? null) as string | null } : {}),
    ...(isVisible(work.actor, definition, 'grossPrice')
      ? { listPrice: listPrice ?? null, discount: discountOf(listPrice, agreedPrice) }
      : {}),
    ...(isVisible(work.actor, definition, 'floorPrice') ? { floorPrice: floorPrice ?? null } : {}),
    agreedPrice,
    netAmount,
    ...marginOf(sheet.costs?.get(Number(line.item)), { quantity, net: netAmount, standard: standardCostOf(item, quantity, sheet) }),
    below: typeof floorPrice === 'number' && !line.gift && agreedPrice < floorPrice,
  };
}

const discountOf = (list: number | null | undefined, agreed: number): number | null => (list ? ONE - mulDiv([agreed, ONE], [list]) : null);

const standardCostOf = (item: StoredRecord | undefined, quantity: number, { baseDigits }: Sheet): number =>
  mulDiv([Number(item?.values.standardCost ?? 0), quantity, 10 ** baseDigits], [10 ** 12]);

/** Cost at today's moving average; without stock at the standard cost, where the item has one. */
function marginOf(
  stock: { quantity: number; value: number } | undefined,
  { quantity, net, standard }: { quantity: number; net: number; standard: number },
): Partial<ApprovalLine> {
  if (!stock) return {};
  const cost = stock.quantity > 0 ? mulDiv([stock.value, quantity], [stock.quantity]) : standard;
  return { cost, margin: net - cost, marginRate: net === 0 ? null : mulDiv([net - cost, ONE], [net]) };
}

function totalsOf(document: StoredRecord, lines: readonly ApprovalLine[], sheet: Sheet): ApprovalAnswer['totals'] {
  const netAmount = lines.reduce((sum, line) => sum + line.netAmount, 0);
  const below = lines.filter((line) => line.below).length;
  const sums = { grossAmount: sheet.toBase(Number(document.values.total ?? 0)), netAmount, below };
  if (!sheet.costs) return sums;
  const cost = lines.reduce((sum, line) => sum + (line.cost ?? 0), 0);
  return { ...sums, cost, margin: netAmount - cost, marginRate: netAmount === 0 ? null : mulDiv([netAmount - cost, ONE], [netAmount]) };
}

async function creditFor(work: Work, document: StoredRecord): Promise<Pick<ApprovalAnswer, 'credit'>> {
  const customer = document.values.customer;
  if (typeof customer !== 'number' || !isVisible(work.actor, work.company.catalogue.get('customer'), 'creditLimit')) return {};
  const credit = await creditWithRest(work, customer);
  return { credit: { ...credit, wanted: credit.used + Number(document.values.baseTotal ?? 0) } };
}
