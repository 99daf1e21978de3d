import type { UiWords } from '../words.ts';

export const help: UiWords['help'] = {
  title: 'Help for this page',
  what: 'What this page is for',
  keys: 'Keys on this page',
  more: 'All keyboard shortcuts',
  list: 'Search, filter, sort and choose columns in the list; tick several rows to handle them together. Double-click or Enter opens a row.',
  form: 'Press F8 to save. What is not saved yet is kept as a draft, and you are asked before you leave it.',
  pages: {
    home: 'What needs you today: approvals, deliveries, money that is due or overdue. Press a row to open it.',
    purchasePlan:
      'The purchase plan proposes quantities: safety stock + promised + forecast − on hand − on order. Change quantity and supplier, tick the lines, and make a draft order for each supplier in one go.',
    stock: 'What lies in each warehouse of each item, what is promised and what is free. Open a row for movements and cost.',
    receivables: 'What each customer owes and for how long. Open a row for the statement, which can be saved as PDF.',
    accounts: 'Balance and movements of each account.',
    reports:
      'Figures: choose a period, a grouping and columns; click a figure to see the documents behind it; export to Excel. What you may see is what is counted.',
    templates: 'How documents look on paper: size, letterhead, columns, clauses. Preview a change before saving it.',
    importing:
      'Bring in records from Excel: download the template, match the columns, check, then import for good. A whole import can be undone.',
    settings: 'Company data, numbering, lists, people and rights. Changes here are for everybody.',
    gaps: 'Numbers that were used and have no valid document, for internal checks and auditors.',
    other: 'Ctrl+K searches customers, documents and pages.',
  },
  types: {
    deliveryNotice: 'A delivery notice releases quantities of orders; the warehouse ships what is released, in one go or several.',
    packingList: 'A packing list says what is in which box, with weights and marks, for the goods of a delivery.',
    salesReturn: 'A sales return takes goods of deliveries back into stock at the cost they left with; what was charged becomes a credit.',
    sampleNote: 'A sample note gives goods to a customer to try, free or charged, with a day to ask about them.',
    loan: 'A loan lends goods until a day; they stay ours until they come back, are sold or written off.',
    loanReturn: 'Goods on loan come back, all or some of them.',
    loanSale: 'Goods on loan that the customer keeps and pays for.',
    loanWriteOff: 'Goods on loan that do not come back: given, lost or damaged.',
    salesInvoice:
      'Sales asks for an invoice over orders or deliveries, finance issues it with its number; the order knows what is invoiced.',
    redInvoice: 'A red-letter invoice takes back part or all of an issued one and never more than that.',
    purchaseInvoice: 'The supplier’s invoice, matched to goods received; says whether its tax is deducted and in which month.',
    refund: 'A refund gives money back to a customer: asked for, approved, then paid out of an account.',
    debtTransfer: 'Another customer takes over what one owes.',
    netting: 'What a company owes us and we owe it are set off against each other; undoing it restores both.',
    payment: 'Money to a supplier, over several purchases, in parts or in advance, with the bank’s fee.',
    supplierSettlement: 'Sets what we paid in advance or sent back against what we owe a supplier.',
    supplierRefund: 'Money a supplier gives back: what was paid in advance, or for goods sent back.',
    payableTransfer: 'A supplier has handed on what we owe it to another one.',
    customerConfirmation: 'The customer has confirmed its balance up to a day; nothing earlier changes any more.',
    supplierConfirmation: 'The balance with a supplier is confirmed up to a day; nothing earlier changes any more.',
    expenseClaim: 'What somebody laid out: with receipts, customer and order; approved, set off against advances, the rest paid out.',
    advance: 'Money given to a colleague before it is spent; claims set it off, the rest is returned.',
    advanceReturn: 'What is left of an advance comes back into an account.',
    cashEntry: 'Money that comes or goes without an order or a claim: interest, rent, bank charges.',
    cashTransfer: 'Money from one own account to another, with the bank’s fee and, between currencies, the rate.',
    accountDay: 'Closes an account’s day: the counted money stands beside the book, and nothing of that day changes any more.',
    stockTransfer: 'Goods on their way from one warehouse to another; they count as in transit until they are received.',
    transferIn: 'What arrived of a transfer, in whole or in part; what is missing is lost for a reason.',
    otherIn: 'Goods that come in without a purchase: found, given. At the cost entered or the current average.',
    otherOut: 'Goods that go out without a sale: given away, scrapped.',
    requisition: 'A department or person takes goods; their cost goes to it.',
    requisitionReturn: 'Goods a department brings back, at the cost they were taken at.',
    stockCount: 'A stock-take goes on while goods move: count, compare, recount what differs, then post gains and losses.',
    countSheet: 'What one person counted; several people count on sheets of their own.',
    stockGain: 'Goods a stock-take found that the books did not know.',
    stockLoss: 'Goods a stock-take missed that the books still had.',
    assembly: 'Parts become a set; the set costs what its parts cost.',
    disassembly: 'A set becomes parts again, which share its cost.',
    openingCredit: 'What a customer had paid in advance before the first day.',
    openingPayable: 'What we owed a supplier before the first day, one for each open item.',
    openingSupplierCredit: 'What we had paid a supplier in advance before the first day.',
    openingCash: 'What lay in an account on the first day.',
    inquiry:
      'An inquiry asks several suppliers at once: sending it makes a quotation to fill in for each; type, compare and order on the tab Compare.',
    supplierQuotation:
      'A supplier quotation holds what a supplier answered: price, tax, lead time and minimum quantity; it becomes a purchase order.',
    purchaseContract:
      'A purchase contract agrees on quantities, prices and payments for a longer time; purchase orders call parts of it off.',
    purchaseOrder:
      'An approved purchase order counts as on order and is received in parts; above the purchase limit somebody with the right approves it.',
    stockIn:
      'A goods receipt comes from orders or is written by itself; the storekeeper counts, the cost follows from the order and the freight.',
    purchaseReturn: 'A purchase return comes from goods receipts and goes back at the price it came in for; what is owed falls.',
    customer:
      'Credit limit, terms of payment, delivery addresses, billing titles and owner. Quotations, orders and receipts begin with a customer.',
    contact: 'People at your customers; quotations and contracts name them.',
    item: 'What you sell: units, barcodes, tax, standard and lowest price.',
    itemCategory: 'Groups of items, for filters and figures.',
    warehouse: 'Where goods lie; says whether stock may fall below zero.',
    customerItem:
      'What a customer calls an item of ours, and the price agreed for it; lines find the item by this code, and papers print it.',
    priceBook:
      'The price book: from which day on customers of which level pay which price. It counts once it is approved and prints as a price list.',
    promotion:
      'A promotion: for a while an item or a category costs less, from a quantity on where one is given; lines take it by themselves.',
    quotation:
      'An offer to a customer. Once approved it becomes sales orders, whole or in parts; below the lowest price it needs approval.',
    frameContract: 'Prices and quantities agreed for a time, called off in sales orders.',
    salesOrder: 'What a customer has ordered; prints as the contract. Approved, it promises stock and can be delivered and paid in parts.',
    stockOut: 'Goods going to a customer. Posting takes them out of stock and adds to what the customer owes; prints the delivery note.',
    receipt: 'Money from a customer, set against several orders at once; what is left over is kept as prepayment.',
    settlement: 'Sets a customer’s prepayment against open orders.',
    costAdjustment:
      'Changes what stock is worth without moving it: freight billed late, goods that lost value. The average cost follows; it needs approval.',
    openingStock: 'Quantities and costs from before going live.',
    openingBalance: 'What customers owed or had prepaid before going live.',
    account: 'Bank accounts and cash; receipts are booked here.',
  },
};
