import { defineLedger, type LedgerDefinition } from '../kernel/ledger.ts';

/** Where goods come from and go to. */
const goodsOutside = ['supplier', 'customer', 'opening', 'adjustment', 'use', 'count', 'assembly'];

/**
 * Quantities of items. Ours are `warehouse:ID`, `transit:WAREHOUSE_OF_ARRIVAL` and `lent:CUSTOMER`; outside are `supplier`, `customer`,
 * `opening`, `adjustment`, `use` (taken by a department), `count` (found or missed in a stock-take) and `assembly`.
 */
export const stockLedger = defineLedger({
  name: 'stock',
  subject: 'item',
  unit: 'quantity',
  outside: goodsOutside,
  shortage: 'stock.notEnough',
});

/** Quantities of batches and serial numbers, at the places of the stock: together they are what the stock says of their item. */
export const lotsLedger = defineLedger({
  name: 'lots',
  subject: 'lot',
  unit: 'quantity',
  outside: goodsOutside,
  shortage: 'lots.notHeld',
  details: { of: 'stock', through: 'item', unless: { field: 'tracking', is: 'none' }, gap: 'lots.untold' },
});

/** Value of the stock of an item over all warehouses, in minor units of the company's currency; moving average = value ÷ quantity. */
export const costLedger = defineLedger({
  name: 'cost',
  subject: 'item',
  unit: 'money',
  outside: ['purchases', 'costOfSales', 'opening', 'adjustment', 'use', 'count', 'assembly'],
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

/** Where debts of either side come from and go to, each with its currency behind a colon. */
const debtsOutside = ['opening', 'discount', 'refunded', 'netted', 'transferred'];

/** Quantities ordered from suppliers and not yet received: place `ordered:WAREHOUSE` (0 where none is chosen). */
export const onOrderLedger = defineLedger({
  name: 'onOrder',
  subject: 'item',
  unit: 'quantity',
  outside: ['open'],
  shortage: 'stock.orderMissing',
});

/**
 * What customers owe, in the document's currency. A debt lies above zero at its document (`salesOrder:ID`, `stockOut:ID`, `openingBalance:ID`,
 * `debtTransfer:ID`); below zero lie what a return gives back (`salesReturn:ID`) and money in advance (`prepaid:CURRENCY`).
 */
export const receivableLedger = defineLedger({
  name: 'receivable',
  subject: 'customer',
  unit: 'money',
  outside: ['sales', 'received', ...debtsOutside],
  signed: true,
  shortage: 'money.overSettled',
});

/**
 * What we owe suppliers, with the same signs: above zero at `purchaseOrder:ID`, `stockIn:ID`, `openingPayable:ID`, `payableTransfer:ID`; below
 * zero at `purchaseReturn:ID` and `prepaid:CURRENCY`.
 */
export const payableLedger = defineLedger({
  name: 'payable',
  subject: 'supplier',
  unit: 'money',
  outside: ['purchases', 'paid', ...debtsOutside],
  signed: true,
  shortage: 'money.overSettled',
  secret: 'purchasePrice',
});

/** Money in the company's own accounts: place `held`. */
export const cashLedger = defineLedger({
  name: 'cash',
  subject: 'account',
  unit: 'money',
  outside: ['customers', 'suppliers', 'staff', 'opening', 'fees', 'transfer', 'income', 'expense'],
  signed: true,
  shortage: 'money.accountEmpty',
});

/** Money the company gave to its own people and that is not cleared yet, in its own currency: place `owed`. */
export const advanceLedger = defineLedger({
  name: 'advance',
  subject: 'user',
  unit: 'money',
  outside: ['paid', 'claimed', 'returned'],
  shortage: 'advance.notHeld',
});

export const ledgers: readonly LedgerDefinition[] = [
  stockLedger,
  lotsLedger,
  costLedger,
  promiseLedger,
  onOrderLedger,
  receivableLedger,
  payableLedger,
  cashLedger,
  advanceLedger,
];
