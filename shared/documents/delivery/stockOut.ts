import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, AnyRow, FactBag, Guard, Move, PostingResult, Value } from '../../kernel/definition.ts';
import { choice, day, dictionary, exchangeRate, flag, integer, link, money, picture, quantity, text } from '../../kernel/fields.ts';
import { placeOf } from '../../kernel/ledger.ts';
import { sumOf } from '../../kernel/numbers.ts';
import { receivableWays } from '../../records/orderType.ts';
import { baseQuantityOf, deliveryFields } from '../commercial.ts';
import { creditGuards } from '../credit.ts';
import { fact } from '../facts.ts';
import { goodsKept } from '../goods.ts';
import { allRowsSourced, hasLines, nothingFollowed, soldOrdersNotClosed } from '../guards.ts';
import { lotNumbers, lotRows, sellableLots, withLots } from '../lots.ts';
import { asDebt, debtFields, debtValues } from '../money/settling.ts';
import { customerSide } from '../money/sides.ts';
import { postedStates, postedSteps } from '../posted.ts';
import { reversalFields } from '../reversal.ts';
import { dealShares, type Share } from '../shares.ts';
import { costTaker } from '../stock/cost.ts';
import { deliveredPrice, deliveryCopy, deliveryHeadCopy, deliveryLines, orderedFields, worthFields, worthOf } from './goods.ts';
import { afterwards, parcels } from './shipment.ts';

/** Goods of several orders on one paper are of one money, and the customer owes for all of them in one way. */
const oneMoney: Guard = {
  name: 'oneMoney',
  facts: ['orderShares'],
  check: (_note, facts) => {
    const [first, ...others] = Object.values(fact(facts, 'orderShares'));
    const fields = ['currency', 'receivableFrom', ...(first?.head.receivableFrom === 'stockOut' ? ['exchangeRate'] : [])];
    const differing = fields.find((field) => others.some((other) => other.head[field] !== first?.head[field]));
    return differing ? { code: 'flow.different', facts: { field: differing } } : null;
  },
};

const nothingPaidOrReturned = nothingFollowed('lines.returned', 'lines.packed', 'received');

/** Goods that leave a warehouse for a customer. It prints as the delivery note; whoever may see prices sees what the goods are worth. */
export const stockOut = defineDocument({
  type: 'stockOut',
  area: 'delivery',
  visibility: { by: 'owner', through: 'customer' },
  numbering: { series: 'OUT{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fields: {
    customer: link('customer', { required: true, list: true, indexed: true, search: 'text' }),
    contact: link('contact'),
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    keeper: link('user', { default: 'actor', list: true }),
    ...deliveryFields('delivery'),
    deliveryMethod: dictionary('deliveryMethod', { group: 'delivery' }),
    carrier: dictionary('carrier', { group: 'delivery' }),
    parcelNumber: text({ max: 80, search: 'code', group: 'delivery' }),
    signedOn: day({ list: true, indexed: true, group: 'signing' }),
    signedBy: text({ max: 80, group: 'signing' }),
    signedPicture: picture({ group: 'signing' }),
    costTotal: money({ derived: true, in: 'base', secret: 'cost' }),
    currency: link('currency', { derived: true, hidden: true }),
    exchangeRate: exchangeRate({ derived: true, hidden: true }),
    receivableFrom: choice(receivableWays, { derived: true, hidden: true }),
    termDays: integer({ derived: true, hidden: true }),
    monthEndTerms: flag({ derived: true, hidden: true }),
    netTotal: money({ derived: true, secret: 'salesPrice', group: 'sums' }),
    taxTotal: money({ derived: true, secret: 'salesPrice', group: 'sums' }),
    total: money({ derived: true, list: true, secret: 'salesPrice', group: 'sums' }),
    ...debtFields(customerSide, 'salesPrice'),
    ...reversalFields('stockOut'),
  },
  parts: {
    lines: deliveryLines({
      ...orderedFields,
      ...deliveredPrice,
      ...worthFields,
      returned: quantity({ fedBy: 'salesReturn' }),
      packed: quantity({ fedBy: 'packingList' }),
      lotNumbers,
      cost: money({ derived: true, in: 'base', secret: 'cost' }),
    }),
    lots: lotRows({ go: 'out', byWarehouse: true }),
    parcels,
  },
  calculation: { name: 'stockOut', run: calculateStockOut },
  states: postedStates(afterwards),
  steps: postedSteps({
    requires: [hasLines, allRowsSourced, oneMoney, ...creditGuards('outbound'), ...sellableLots],
    posts: withLots({ name: 'shipGoods', facts: ['stockKept', 'averageCost', 'mayOverdraw', 'orderShares'], moves: shipGoods }),
    undoRequires: [nothingPaidOrReturned, soldOrdersNotClosed],
  }),
  becomes: {
    salesReturn: {
      from: ['posted'],
      each: { part: 'lines' },
      into: { part: 'lines', field: 'quantity' },
      feeds: 'returned',
      limit: 'quantity',
      head: {
        customer: 'customer',
        contact: 'contact',
        currency: 'currency',
        exchangeRate: 'exchangeRate',
        owner: 'owner',
        department: 'department',
      },
      same: ['customer', 'currency'],
      keep: goodsKept,
      row: { ...deliveryCopy, grossPrice: 'grossPrice' },
    },
    packingList: {
      from: ['posted'],
      each: { part: 'lines' },
      into: { part: 'lines', field: 'quantity' },
      feeds: 'packed',
      limit: 'quantity',
      head: deliveryHeadCopy,
      same: ['customer'],
      keep: goodsKept,
      row: { item: 'item', name: 'name', spec: 'spec', unit: 'unit', unitRatio: 'unitRatio' },
    },
    ...asDebt(customerSide, { from: ['posted'], when: { receivableFrom: ['stockOut'] } }),
  },
  print: {
    templates: ['deliveryNote', 'deliveryNoteA4', 'deliveryNotePriced'],
    include: ['customer', 'contact', 'owner'],
    strips: { link: 'customer', flag: 'plainDelivery', secret: 'salesPrice' },
  },
});

/** What the goods are worth is known once they have left; a draft has no amounts. */
function calculateStockOut(record: AnyRecord): AnyRecord {
  const isDraft = record.state === 'draft';
  const lines = (record.parts.lines ?? []).map((line) => (isDraft ? ({ ...line, ...noWorth } as AnyRow) : line));
  const sum = (name: string): number => sumOf(lines.map((line) => Number(line[name] ?? 0)));
  const total = sum('grossAmount');
  const owes = record.values.receivableFrom === 'stockOut';
  const debt = debtValues(customerSide, record.values, owes ? total : 0);
  return {
    ...record,
    values: {
      ...record.values,
      costTotal: sum('cost'),
      netTotal: sum('netAmount'),
      taxTotal: sum('taxAmount'),
      total,
      ...debt,
      ...(owes ? {} : { paymentState: null }),
    },
    parts: { ...record.parts, lines },
  };
}

const noWorth: Readonly<Record<string, Value>> = {
  grossPrice: null,
  netAmount: null,
  taxAmount: null,
  grossAmount: null,
  baseNetAmount: null,
  cost: null,
};

/** The goods leave, and where the customer owes by delivery, this is when it begins to owe. */
function shipGoods(note: AnyRecord, facts: FactBag): PostingResult {
  const shares = fact(facts, 'orderShares');
  const dealt = dealShares(note.parts.lines ?? [], shares);
  const takeCost = costTaker(facts);
  const moves: Move[] = [];
  const rows: { part: string; id: number; values: Record<string, Value> }[] = [];
  for (const line of note.parts.lines ?? []) {
    const share = shares[line.id];
    const own = dealt.get(line.id);
    const cost = fact(facts, 'stockKept')[Number(line.item)] ? takeCost(Number(line.item), baseQuantityOf(line)) : 0;
    moves.push(...goodsMoves(line, { share, cost, facts }));
    const ordered = share && own ? { order: share.id, orderRow: share.row.id, ...worthOf(line, share, own) } : {};
    rows.push({ part: 'lines', id: line.id, values: { cost, ...ordered } });
  }
  const head = Object.values(shares)[0]?.head ?? {};
  const { currency = null, exchangeRate = null, receivableFrom = null, termDays = null, monthEndTerms = false } = head;
  const owed = sumOf([...dealt.values()].map(({ grossAmount }) => grossAmount));
  return {
    moves: [...moves, ...(receivableFrom === 'stockOut' ? receivableMoves(note, Number(currency), owed) : [])],
    values: { currency, exchangeRate, receivableFrom, termDays, monthEndTerms },
    rows,
  };
}

interface Leaving {
  readonly share: Share | undefined;
  readonly cost: number;
  readonly facts: FactBag;
}

/** Quantity leaves the warehouse, the promise is kept, and the goods take their moving-average cost with them. */
function goodsMoves(line: AnyRow, { share, cost, facts }: Leaving): Move[] {
  const item = Number(line.item);
  const amount = baseQuantityOf(line);
  if (!fact(facts, 'stockKept')[item] || amount === 0) return [];
  const warehouse = Number(line.warehouse);
  const mayOverdraw = fact(facts, 'mayOverdraw')[warehouse] ?? false;
  const goods = { subject: item, amount, row: line.id };
  const promised = placeOf('promised', Number(share?.row.warehouse ?? 0));
  return [
    { ledger: 'stock', ...goods, from: placeOf('warehouse', warehouse), to: 'customer', mayOverdraw },
    { ledger: 'promise', ...goods, from: promised, to: 'free' },
    ...(cost > 0 ? [{ ledger: 'cost', ...goods, from: 'stock', to: 'costOfSales', amount: cost }] : []),
  ];
}

function receivableMoves(note: AnyRecord, currency: number, amount: number): Move[] {
  if (amount === 0) return [];
  const from = placeOf('sales', currency);
  return [{ ledger: 'receivable', subject: Number(note.values.customer), from, to: placeOf('stockOut', note.id), amount }];
}
