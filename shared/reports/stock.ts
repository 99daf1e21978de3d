import { itemAxes, itemsOf } from './axes.ts';
import { type Axis, type BalanceSource, defineReport, type MoveSource } from './defineReport.ts';

/** Goods of ours, wherever they are. */
const ours = ['warehouse', 'transit', 'lent'] as const;
const place: Axis = { kind: 'place', to: 'warehouse' };
const subjects = itemsOf('subject');

const quantityAt: BalanceSource = {
  kind: 'balances',
  ledger: 'stock',
  places: ours,
  gives: { quantity: 'amount' },
  axes: { ...subjects, warehouse: 'place' },
};
const valueAt: BalanceSource = {
  kind: 'balances',
  ledger: 'cost',
  places: ['stock'],
  gives: { value: 'amount' },
  axes: { ...subjects, warehouse: 'place' },
  sharedBy: 'quantity',
};
const stockAxes = { ...itemAxes, warehouse: place };

/** What lay where when a day ended, and what it was worth. */
export const stockAtDay = defineReport({
  name: 'stockAtDay',
  area: 'stock',
  time: 'day',
  sources: [quantityAt, valueAt],
  measures: { quantity: { kind: 'quantity' }, value: { kind: 'money' } },
  axes: stockAxes,
  groupBy: ['item', 'warehouse'],
  sort: { by: 'item', direction: 'ascending' },
});

/** What the stock was worth when a day ended, by warehouse and branch of goods. */
export const stockValue = defineReport({
  name: 'stockValue',
  area: 'stock',
  time: 'day',
  sources: [{ ...quantityAt, gives: { quantity: 'amount' } }, valueAt],
  measures: { value: { kind: 'money' }, quantity: { kind: 'quantity' } },
  axes: stockAxes,
  groupBy: ['warehouse', 'itemBranch'],
  sort: { by: 'value', direction: 'descending' },
});

/** Each item in each warehouse, and where one could help another out. */
export const stockMatrix = defineReport({
  name: 'stockMatrix',
  area: 'stock',
  time: 'now',
  sources: [
    { kind: 'balances', ledger: 'stock', places: ['warehouse'], gives: { onHand: 'amount' }, axes: { ...subjects, warehouse: 'place' } },
    { kind: 'balances', ledger: 'promise', places: ['promised'], gives: { promised: 'amount' }, axes: { ...subjects, warehouse: 'place' } },
  ],
  measures: {
    onHand: { kind: 'quantity' },
    promised: { kind: 'quantity' },
    available: { kind: 'quantity', from: { plus: ['onHand'], minus: ['promised'] } },
  },
  axes: stockAxes,
  groupBy: ['item'],
  pivot: { axis: 'warehouse', measure: 'available' },
  sort: { by: 'item', direction: 'ascending' },
  hint: 'uneven',
});

const outside = ['supplier', 'customer', 'opening', 'adjustment', 'use', 'count', 'assembly'];
const valueOutside = ['purchases', 'costOfSales', 'opening', 'adjustment', 'use', 'count', 'assembly'];
const moved = (side: MoveSource['side'], measure: string): MoveSource => ({
  kind: 'moves',
  ledger: 'stock',
  places: ours,
  side,
  against: outside,
  gives: { [measure]: 'amount' },
  axes: subjects,
});
/** The same in money. */
const worthMoved = (side: MoveSource['side'], measure: string): MoveSource => ({
  ...moved(side, measure),
  ledger: 'cost',
  places: ['stock'],
  against: valueOutside,
});

const atTheEnd: BalanceSource = { ...quantityAt, gives: { closing: 'amount' }, axes: subjects };
const worthAtTheEnd: BalanceSource = { ...valueAt, gives: { value: 'amount' }, axes: subjects };
const sold: MoveSource = {
  ...moved('out', 'lastOut'),
  against: ['customer'],
  gives: { lastOut: { latest: 'day' } },
  sinceEver: true,
  repeats: true,
};

const flowMeasures = {
  opening: { kind: 'quantity', from: { plus: ['closing', 'outgoing'], minus: ['incoming'] } },
  incoming: { kind: 'quantity' },
  outgoing: { kind: 'quantity' },
  closing: { kind: 'quantity' },
  incomingValue: { kind: 'money', hidden: true },
  openingValue: { kind: 'money', hidden: true, from: { plus: ['value', 'outgoingValue'], minus: ['incomingValue'] } },
  outgoingValue: { kind: 'money' },
  value: { kind: 'money' },
  turnover: { kind: 'times', from: { turned: ['outgoingValue', 'openingValue', 'value'] } },
  daysOfCover: { kind: 'days', from: { lasts: ['closing', 'outgoing'] } },
  lastOut: { kind: 'day' },
} as const;

/** How fast each item comes and goes, and how long what is there will last. */
export const stockTurnover = defineReport({
  name: 'stockTurnover',
  area: 'stock',
  time: 'period',
  sources: [
    atTheEnd,
    moved('in', 'incoming'),
    moved('out', 'outgoing'),
    worthAtTheEnd,
    worthMoved('in', 'incomingValue'),
    worthMoved('out', 'outgoingValue'),
    sold,
  ],
  measures: flowMeasures,
  axes: itemAxes,
  groupBy: ['item'],
  sort: { by: 'outgoing', direction: 'descending' },
});

/** What lies there and hardly moves, the longest first. */
export const slowMovers = defineReport({
  name: 'slowMovers',
  area: 'stock',
  time: 'period',
  sources: [atTheEnd, moved('out', 'outgoing'), worthAtTheEnd, sold],
  measures: {
    closing: flowMeasures.closing,
    value: flowMeasures.value,
    outgoing: flowMeasures.outgoing,
    daysOfCover: flowMeasures.daysOfCover,
    lastOut: flowMeasures.lastOut,
  },
  axes: itemAxes,
  groupBy: ['item'],
  sort: { by: 'lastOut', direction: 'ascending' },
});
