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
