import { customerAxes, customersOf, ownerAxes, ownersOf, timeAxes, timesOf } from './axes.ts';
import { type DocumentSource, defineReport } from './defineReport.ts';

const issued: DocumentSource = {
  kind: 'documents',
  type: 'salesInvoice',
  states: { issued: 1 },
  gives: { invoices: 'count', invoiceNet: { sum: 'netTotal' }, invoiceTax: { sum: 'taxTotal' }, invoiceGross: { sum: 'baseTotal' } },
  axes: { ...customersOf('customer'), ...ownersOf, ...timesOf('day') },
};

/** What was invoiced to whom, with its tax; red-letter invoices take away. */
export const invoiceRegister = defineReport({
  name: 'invoiceRegister',
  area: 'money',
  time: 'period',
  sources: [issued, { ...issued, type: 'redInvoice', states: { issued: -1 } }],
  measures: {
    invoices: { kind: 'count' },
    invoiceNet: { kind: 'money' },
    invoiceTax: { kind: 'money' },
    invoiceGross: { kind: 'money' },
  },
  axes: { ...customerAxes, ...ownerAxes, ...timeAxes },
  groupBy: ['customer'],
  sort: { by: 'invoiceGross', direction: 'descending' },
});

/** Which suppliers still owe invoices for goods that came in. */
export const owedInvoices = defineReport({
  name: 'owedInvoices',
  area: 'purchase',
  time: 'period',
  sources: [
    {
      kind: 'documents',
      type: 'stockIn',
      states: { posted: 1 },
      only: { invoiceState: ['none', 'part'] },
      gives: {
        deliveries: 'count',
        goodsGross: { sum: 'total' },
        invoicedBySupplier: { sum: 'invoicedTotal' },
        owedInvoice: { sum: 'total', less: 'invoicedTotal' },
      },
      axes: { supplier: 'supplier', ...timesOf('day') },
    },
  ],
  measures: {
    deliveries: { kind: 'count' },
    goodsGross: { kind: 'money' },
    invoicedBySupplier: { kind: 'money' },
    owedInvoice: { kind: 'money' },
  },
  axes: { supplier: { kind: 'link', to: 'supplier' }, ...timeAxes },
  groupBy: ['supplier'],
  sort: { by: 'owedInvoice', direction: 'descending' },
});
