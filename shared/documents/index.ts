import type { Definition } from '../kernel/definition.ts';
import { deliveryNotice } from './delivery/deliveryNotice.ts';
import { loanSale, sampleNote } from './delivery/directSales.ts';
import { loan, loanReturn, loanWriteOff } from './delivery/loans.ts';
import { packingList } from './delivery/packingList.ts';
import { salesReturn } from './delivery/salesReturn.ts';
import { stockOut } from './delivery/stockOut.ts';
import { accountDay } from './money/accountDay.ts';
import { advance, advanceReturn } from './money/advance.ts';
import { cashEntry, cashTransfer } from './money/cashBook.ts';
import { expenseClaim } from './money/expenseClaim.ts';
import { netting } from './money/netting.ts';
import { openingCash } from './money/openingCash.ts';
import { openingBalance, openingCredit, openingPayable, openingSupplierCredit } from './money/openingDebts.ts';
import { purchaseInvoice } from './money/purchaseInvoice.ts';
import { payment, receipt } from './money/receipt.ts';
import { redInvoice } from './money/redInvoice.ts';
import { refund, supplierRefund } from './money/refund.ts';
import { salesInvoice } from './money/salesInvoice.ts';
import { settlement, supplierSettlement } from './money/settlement.ts';
import { customerConfirmation, supplierConfirmation } from './money/statementConfirmation.ts';
import { debtTransfer, payableTransfer } from './money/transfer.ts';
import { inquiry } from './purchase/inquiry.ts';
import { purchaseContract } from './purchase/purchaseContract.ts';
import { purchaseOrder } from './purchase/purchaseOrder.ts';
import { purchaseReturn } from './purchase/purchaseReturn.ts';
import { stockIn } from './purchase/stockIn.ts';
import { supplierQuotation } from './purchase/supplierQuotation.ts';
import { frameContract } from './sales/frameContract.ts';
import { priceBook, promotion } from './sales/prices.ts';
import { quotation } from './sales/quotation.ts';
import { salesOrder } from './sales/salesOrder.ts';
import { assembly, disassembly } from './stock/assembly.ts';
import { costAdjustment } from './stock/costAdjustment.ts';
import { stockGain, stockLoss } from './stock/countNotes.ts';
import { openingStock } from './stock/opening.ts';
import { otherIn, otherOut } from './stock/otherStock.ts';
import { requisition, requisitionReturn } from './stock/requisition.ts';
import { countSheet, stockCount } from './stock/stockCount.ts';
import { stockTransfer, transferIn } from './stock/stockTransfer.ts';

/** Documents, in the order a sale goes. */
export const documents: readonly Definition[] = [
  priceBook,
  promotion,
  quotation,
  frameContract,
  salesOrder,
  deliveryNotice,
  stockOut,
  packingList,
  salesReturn,
  sampleNote,
  loan,
  loanReturn,
  loanSale,
  loanWriteOff,
  salesInvoice,
  redInvoice,
  inquiry,
  supplierQuotation,
  purchaseContract,
  purchaseOrder,
  stockIn,
  purchaseReturn,
  purchaseInvoice,
  receipt,
  settlement,
  refund,
  debtTransfer,
  netting,
  payment,
  supplierSettlement,
  supplierRefund,
  payableTransfer,
  customerConfirmation,
  supplierConfirmation,
  expenseClaim,
  advance,
  advanceReturn,
  cashEntry,
  cashTransfer,
  accountDay,
  stockTransfer,
  transferIn,
  otherIn,
  otherOut,
  requisition,
  requisitionReturn,
  stockCount,
  countSheet,
  stockGain,
  stockLoss,
  assembly,
  disassembly,
  costAdjustment,
  openingStock,
  openingBalance,
  openingCredit,
  openingPayable,
  openingSupplierCredit,
  openingCash,
];
