import { defineLedger, type LedgerDefinition } from '../kernel/ledger.ts';

/** Quantities of items: places are `warehouse:ID`, and outside `supplier`, `customer`, `opening`. */
export const stockLedger = defineLedger({
  name: 'stock',
  subject: 'item',
  unit: 'quantity',
  outside: ['supplier', 'customer', 'opening', 'adjustment'],
  shortage: 'stock.notEnough',
});

/** Value of the stock of an item over all warehouses, in minor units of the company's currency; moving average = value ÷ quantity. */
export const costLedger = defineLedger({
  name: 'cost',
  subject: 'item',
  unit: 'money',
  outside: ['purchases', 'costOfSales', 'opening', 'adjustment'],
  signed: true,
  shortage: 'stock.notEnough',
  secret: 'cost',
});

/** Quantities promised to customers by approved orders and not yet shipped: place `promised:WAREHOUSE` (0 where none is chosen). */
export const promiseLedger = defineLedger({
  name: 'promise',
  subject: 'item',
  unit: 'quantity',
  outside: ['free'],
  shortage: 'stock.promiseMissing',
});

/** What customers owe, in the document's currency: places `salesOrder:ID`, `openingBalance:ID`, `prepaid:CURRENCY`; outside `sales:CURRENCY` … */
export const receivableLedger = defineLedger({
  name: 'receivable',
  subject: 'customer',
  unit: 'money',
  outside: ['sales', 'received', 'opening', 'discount'],
  signed: true,
  shortage: 'money.overSettled',
});

/** Money in the company's own accounts: place `held`. */
export const cashLedger = defineLedger({
  name: 'cash',
  subject: 'account',
  unit: 'money',
  outside: ['customers', 'opening', 'fees'],
  signed: true,
  shortage: 'money.accountEmpty',
});

export const ledgers: readonly LedgerDefinition[] = [stockLedger, costLedger, promiseLedger, receivableLedger, cashLedger];
