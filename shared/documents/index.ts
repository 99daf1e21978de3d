import type { Definition } from '../kernel/definition.ts';
import { stockOut } from './delivery/stockOut.ts';
import { receipt, settlement } from './money/receipt.ts';
import { frameContract } from './sales/frameContract.ts';
import { quotation } from './sales/quotation.ts';
import { salesOrder } from './sales/salesOrder.ts';
import { costAdjustment } from './stock/costAdjustment.ts';
import { openingBalance, openingStock } from './stock/opening.ts';

/** Documents, in the order a sale goes. */
export const documents: readonly Definition[] = [
  quotation,
  frameContract,
  salesOrder,
  stockOut,
  receipt,
  settlement,
  costAdjustment,
  openingStock,
  openingBalance,
];
