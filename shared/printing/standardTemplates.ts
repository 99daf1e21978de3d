import { contract } from './standard/contract.ts';
import { deliveryPapers } from './standard/deliveries.ts';
import { deliveryNoteA4, deliveryNoteContinuous } from './standard/deliveryNote.ts';
import { itemLabels } from './standard/itemLabel.ts';
import { notes } from './standard/notes.ts';
import { priceList } from './standard/priceList.ts';
import {
  inquirySheet,
  purchaseContract,
  purchaseFrame,
  purchaseReturnNote,
  stockInNote,
  supplierInquirySheet,
} from './standard/purchasing.ts';
import { quotation } from './standard/quotation.ts';
import { receiptVoucher } from './standard/receiptVoucher.ts';
import { customerStatement } from './standard/statement.ts';
import { countList, requisitionNote, transferNote } from './standard/stockNotes.ts';
import { vouchers } from './standard/vouchers.ts';
import type { PrintTemplate } from './template.ts';

/** The templates every company begins with; a definition's print rule names them. */
export const standardTemplates: readonly PrintTemplate[] = [
  priceList,
  quotation,
  contract,
  deliveryNoteContinuous,
  deliveryNoteA4,
  ...deliveryPapers,
  inquirySheet,
  supplierInquirySheet,
  purchaseContract,
  purchaseFrame,
  stockInNote,
  purchaseReturnNote,
  receiptVoucher,
  customerStatement,
  transferNote,
  requisitionNote,
  countList,
  ...vouchers,
  ...notes,
  ...itemLabels,
];

/** The standard templates of a document type, the default first. */
export const standardTemplatesFor = (type: string): readonly PrintTemplate[] =>
  standardTemplates.filter((template) => template.type === type);
