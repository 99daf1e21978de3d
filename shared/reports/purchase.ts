import {
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
import { type Axis, type DocumentSource, defineReport } from './defineReport.ts';

const supplierAxes = {
  supplier: { kind: 'link', to: 'supplier' },
  supplierCategory: dictionaryAxis('supplierCategory'),
} as const satisfies Record<string, Axis>;
const suppliersOf = { supplier: 'supplier', supplierCategory: 'supplier.category' };

const goodsAxes = { ...itemsOf('lines.item'), ...suppliersOf, ...ownersOf, ...timesOf('day'), warehouse: 'lines.warehouse' };
const goodsGiven = {
  quantity: { sum: 'lines.quantity', times: 'lines.unitRatio' },
  purchases: { sum: 'lines.netAmount' },
  cost: { sum: 'lines.cost' },
} as const;
const cameIn: DocumentSource = {
  kind: 'documents',
  type: 'stockIn',
  part: 'lines',
  states: postedStates,
  gives: goodsGiven,
  axes: goodsAxes,
};
const wentBack: DocumentSource = { ...cameIn, type: 'purchaseReturn', states: returnedStates };

/** What was bought of each item and from whom: received less sent back. */
export const purchaseSummary = defineReport({
  name: 'purchaseSummary',
  area: 'purchase',
  time: 'period',
  sources: [cameIn, wentBack],
  measures: { quantity: { kind: 'quantity' }, purchases: { kind: 'money' }, cost: { kind: 'money' } },
  axes: { ...itemAxes, ...supplierAxes, ...ownerAxes, warehouse: warehouseAxis, ...timeAxes },
  groupBy: ['supplier', 'item'],
  sort: { by: 'purchases', direction: 'descending' },
});

/** What suppliers still have to deliver, and when it was promised for. */
export const unreceived = defineReport({
  name: 'unreceived',
  area: 'purchase',
  time: 'now',
  sources: [
    {
      kind: 'documents',
      type: 'purchaseOrder',
      part: 'lines',
      states: { approved: 1 },
      open: ['lines.received', 'lines.quantity'],
      gives: {
        orderedQuantity: { sum: 'lines.quantity', times: 'lines.unitRatio' },
        receivedQuantity: { sum: 'lines.received', times: 'lines.unitRatio' },
        onOrder: { sum: 'lines.quantity', less: 'lines.received', times: 'lines.unitRatio' },
        due: { earliest: 'deliverBy' },
      },
      axes: {
        ...itemsOf('lines.item'),
        ...suppliersOf,
        ...ownersOf,
        purchaseOrder: 'id',
        warehouse: 'lines.warehouse',
        deliverBy: 'deliverBy',
      },
    },
  ],
  measures: {
    orderedQuantity: { kind: 'quantity' },
    receivedQuantity: { kind: 'quantity' },
    onOrder: { kind: 'quantity' },
    due: { kind: 'day' },
  },
  axes: {
    ...itemAxes,
    purchaseOrder: { kind: 'link', to: 'purchaseOrder' },
    ...supplierAxes,
    ...ownerAxes,
    warehouse: warehouseAxis,
    deliverBy: { kind: 'day' },
  },
  groupBy: ['item', 'purchaseOrder', 'supplier'],
  sort: { by: 'due', direction: 'ascending' },
});
