import {
  customerAxes,
  customersOf,
  dictionaryAxis,
  itemAxes,
  itemsOf,
  ownerAxes,
  ownersOf,
  postedStates,
  returnedStates,
  timeAxes,
  timesOf,
  warehouseAxis,
} from './axes.ts';
import { type DocumentSource, defineReport } from './defineReport.ts';

const goodsAxes = { ...itemsOf('lines.item'), ...customersOf('customer'), ...ownersOf, ...timesOf('day') };
const goodsGiven = {
  quantity: { sum: 'lines.quantity', times: 'lines.unitRatio' },
  net: { sum: 'lines.baseNetAmount' },
  cost: { sum: 'lines.cost' },
} as const;

const shipped: DocumentSource = {
  kind: 'documents',
  type: 'stockOut',
  part: 'lines',
  states: postedStates,
  gives: goodsGiven,
  axes: { ...goodsAxes, warehouse: 'lines.warehouse', deliveryMethod: 'deliveryMethod', carrier: 'carrier' },
};
const broughtBack: DocumentSource = {
  kind: 'documents',
  type: 'salesReturn',
  part: 'lines',
  states: returnedStates,
  gives: goodsGiven,
  axes: goodsAxes,
};

/** Goods on loan that the customer kept, and samples that were charged, are sales without an order. */
const soldDirectly: DocumentSource[] = [
  { ...broughtBack, type: 'loanSale', states: postedStates },
  { ...broughtBack, type: 'sampleNote', states: postedStates, only: { charge: ['charged'] } },
];
const sold: DocumentSource[] = [shipped, broughtBack, ...soldDirectly];

const salesMeasures = {
  quantity: { kind: 'quantity' },
  net: { kind: 'money' },
  cost: { kind: 'money' },
  margin: { kind: 'money', from: { plus: ['net'], minus: ['cost'] } },
  marginRate: { kind: 'rate', from: { share: ['margin', 'net'] } },
} as const;
const salesAxes = { ...itemAxes, ...customerAxes, ...ownerAxes, ...timeAxes };

/** What was sold of each item, for how much, at which cost: shipped less returned, and what was sold off the shelf. */
export const salesSummary = defineReport({
  name: 'salesSummary',
  area: 'sales',
  time: 'period',
  sources: sold,
  measures: salesMeasures,
  axes: salesAxes,
  groupBy: ['item'],
  sort: { by: 'net', direction: 'descending' },
});

/** Where and to which trades goods were sold, month by month. */
export const salesByRegion = defineReport({
  name: 'salesByRegion',
  area: 'sales',
  time: 'period',
  sources: sold,
  measures: salesMeasures,
  axes: salesAxes,
  groupBy: ['region', 'trade'],
  pivot: { axis: 'month', measure: 'net' },
  sort: { by: 'region', direction: 'ascending' },
});

const deals = { ...customersOf('customer'), ...ownersOf, ...timesOf('day') };

/** What each salesperson brought in: ordered, shipped, invoiced, received, and what was earned by it. */
export const salesPerformance = defineReport({
  name: 'salesPerformance',
  area: 'sales',
  time: 'period',
  sources: [
    {
      kind: 'documents',
      type: 'salesOrder',
      states: { approved: 1, completed: 1, closed: 1 },
      gives: { orders: 'count', ordered: { sum: 'baseTotal' } },
      axes: deals,
    },
    ...sold.map((source): DocumentSource => ({ ...source, gives: { net: goodsGiven.net, cost: goodsGiven.cost } })),
    { kind: 'documents', type: 'salesInvoice', states: { issued: 1 }, gives: { invoiced: { sum: 'baseTotal' } }, axes: deals },
    { kind: 'documents', type: 'redInvoice', states: { issued: -1 }, gives: { invoiced: { sum: 'baseTotal' } }, axes: deals },
    { kind: 'documents', type: 'receipt', states: postedStates, gives: { received: { sum: 'baseTotal' } }, axes: deals },
    { kind: 'documents', type: 'refund', states: postedStates, gives: { refunded: { sum: 'credited' } }, axes: deals },
  ],
  measures: {
    orders: { kind: 'count' },
    ordered: { kind: 'money' },
    net: { kind: 'money' },
    invoiced: { kind: 'money' },
    received: { kind: 'money' },
    refunded: { kind: 'money' },
    cost: { kind: 'money', hidden: true },
    margin: { kind: 'money', from: { plus: ['net'], minus: ['cost'] } },
    marginRate: { kind: 'rate', from: { share: ['margin', 'net'] } },
  },
  axes: { ...ownerAxes, ...customerAxes, ...timeAxes },
  groupBy: ['owner'],
  sort: { by: 'ordered', direction: 'descending' },
});

/** Which goods left which warehouse, by whatever way. */
export const outbound = defineReport({
  name: 'outbound',
  area: 'delivery',
  time: 'period',
  sources: [
    shipped,
    {
      kind: 'documents',
      type: 'stockOut',
      states: postedStates,
      gives: { notes: 'count' },
      axes: { ...deals, deliveryMethod: 'deliveryMethod', carrier: 'carrier' },
    },
  ],
  measures: { notes: { kind: 'count' }, quantity: { kind: 'quantity' }, net: { kind: 'money' }, cost: { kind: 'money' } },
  axes: { ...salesAxes, warehouse: warehouseAxis, deliveryMethod: dictionaryAxis('deliveryMethod'), carrier: dictionaryAxis('carrier') },
  groupBy: ['item', 'warehouse'],
  sort: { by: 'quantity', direction: 'descending' },
});

/** What was ordered and has not left yet, when it is due, and whether it is there. */
export const undelivered = defineReport({
  name: 'undelivered',
  area: 'delivery',
  time: 'now',
  sources: [
    {
      kind: 'documents',
      type: 'salesOrder',
      part: 'lines',
      states: { approved: 1 },
      open: ['lines.shipped', 'lines.quantity'],
      gives: {
        orderedQuantity: { sum: 'lines.quantity', times: 'lines.unitRatio' },
        shippedQuantity: { sum: 'lines.shipped', times: 'lines.unitRatio' },
        open: { sum: 'lines.quantity', less: 'lines.shipped', times: 'lines.unitRatio' },
        due: { earliest: 'deliverBy' },
      },
      axes: {
        ...itemsOf('lines.item'),
        ...customersOf('customer'),
        ...ownersOf,
        order: 'id',
        warehouse: 'lines.warehouse',
        deliverBy: 'deliverBy',
      },
    },
    { kind: 'balances', ledger: 'stock', places: ['warehouse'], gives: { onHand: 'amount' }, axes: { item: 'subject' }, repeats: true },
    { kind: 'balances', ledger: 'promise', places: ['promised'], gives: { promised: 'amount' }, axes: { item: 'subject' }, repeats: true },
  ],
  measures: {
    orderedQuantity: { kind: 'quantity' },
    shippedQuantity: { kind: 'quantity' },
    open: { kind: 'quantity' },
    due: { kind: 'day' },
    onHand: { kind: 'quantity' },
    promised: { kind: 'quantity', hidden: true },
    available: { kind: 'quantity', from: { plus: ['onHand'], minus: ['promised'] } },
  },
  axes: {
    ...itemAxes,
    order: { kind: 'link', to: 'salesOrder' },
    ...customerAxes,
    ...ownerAxes,
    warehouse: warehouseAxis,
    deliverBy: { kind: 'day' },
  },
  groupBy: ['item', 'order', 'customer'],
  sort: { by: 'due', direction: 'ascending' },
});
