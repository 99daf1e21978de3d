import type { Block, HeadField, PrintTemplate, PrintText, TableColumn } from '../template.ts';
import { a4, amountInWordsRow, commercialTotals, footer, itemColumns, letterhead, pricedColumns, say } from './pieces.ts';

interface Note {
  readonly name: string;
  readonly type: string;
  readonly label: PrintText;
  readonly fields: readonly (string | HeadField)[];
  readonly columns: readonly TableColumn[];
  readonly below?: readonly Block[];
  readonly roles: { label: PrintText; field?: string }[];
}

/** A paper about goods on A4: what it is, which goods, who signs. Labels are the document's own words. */
const noteOf = ({ name, type, label, fields, columns, below = [], roles }: Note): PrintTemplate => ({
  version: 1,
  name,
  label,
  type,
  paper: a4,
  fontSizeTenthPt: 95,
  look: 'shaded',
  blocks: [
    { ...letterhead, onEveryPage: true },
    { kind: 'title', text: '{{document.title}}', aside: 'No. {{document.number}}', onEveryPage: true },
    { kind: 'fields', columns: 3, onEveryPage: true, fields: fields.map((field) => (typeof field === 'string' ? { field } : field)) },
    { kind: 'table', columns: [...columns], totalRow: true, carryOver: true },
    ...below,
    { kind: 'fields', columns: 1, fields: [{ field: 'document.remark' }] },
    { kind: 'signatures', roomTenthMm: 100, roles },
  ],
  footer,
});

const remark: TableColumn = { field: 'remark', share: 4 };
const cost: TableColumn = { field: 'cost', widthTenthMm: 230, align: 'right', show: 'whenFilled' };
const maker = { label: say('制单', '製單', 'Issued by'), field: 'people.maker' };
const approver = { label: say('审核', '審核', 'Approved by'), field: 'people.approver' };
const keeper = { label: say('仓管', '倉管', 'Warehouse'), field: 'people.keeper' };
const storeman = { label: say('仓管', '倉管', 'Warehouse') };
const priced = [commercialTotals, amountInWordsRow];

export const transferInNote = noteOf({
  name: 'transferInNote',
  type: 'transferIn',
  label: say('调拨入库单（A4）', '調撥入庫單（A4）', 'Transfer receipt (A4)'),
  fields: ['document.fromWarehouse', 'document.warehouse', 'document.day', 'document.source'],
  columns: [
    ...itemColumns,
    { field: 'lost', widthTenthMm: 170, align: 'right', show: 'whenFilled' },
    { field: 'lossReason', share: 3, show: 'whenFilled' },
    remark,
  ],
  roles: [maker, keeper],
});

const otherOf = (name: string, type: string, label: PrintText): PrintTemplate =>
  noteOf({
    name,
    type,
    label,
    fields: ['document.warehouse', 'document.day', 'document.stockReason'],
    columns: [...itemColumns, cost, remark],
    roles: [maker, approver, keeper],
  });
export const otherInNote = otherOf('otherInNote', 'otherIn', say('其他入库单（A4）', '其他入庫單（A4）', 'Other goods in (A4)'));
export const otherOutNote = otherOf('otherOutNote', 'otherOut', say('其他出库单（A4）', '其他出庫單（A4）', 'Other goods out (A4)'));

export const requisitionReturnNote = noteOf({
  name: 'requisitionReturnNote',
  type: 'requisitionReturn',
  label: say('退料单（A4）', '退料單（A4）', 'Requisition return (A4)'),
  fields: ['document.forDepartment', 'people.forPerson', 'document.day', 'document.warehouse', 'document.source'],
  columns: [...itemColumns, remark],
  roles: [maker, keeper, { label: say('退料人', '退料人', 'Brought back by') }],
});

export const countSheetNote = noteOf({
  name: 'countSheetNote',
  type: 'countSheet',
  label: say('盘点录入单（A4）', '盤點錄入單（A4）', 'Count sheet (A4)'),
  fields: ['document.count', 'document.zone', 'people.counter', 'document.day'],
  columns: [...itemColumns, remark],
  roles: [{ label: say('盘点人', '盤點人', 'Counted by'), field: 'people.counter' }, { label: say('监盘人', '監盤人', 'Witnessed by') }],
});

const differenceOf = (name: string, type: string, label: PrintText): PrintTemplate =>
  noteOf({
    name,
    type,
    label,
    fields: ['document.warehouse', 'document.count', 'document.day'],
    columns: [...itemColumns, cost, remark],
    roles: [maker, approver, storeman, { label: say('财务', '財務', 'Finance') }],
  });
export const stockGainNote = differenceOf('stockGainNote', 'stockGain', say('盘盈单（A4）', '盤盈單（A4）', 'Stock gain (A4)'));
export const stockLossNote = differenceOf('stockLossNote', 'stockLoss', say('盘亏单（A4）', '盤虧單（A4）', 'Stock loss (A4)'));

const setOf = (name: string, type: string, label: PrintText): PrintTemplate =>
  noteOf({
    name,
    type,
    label,
    fields: ['document.setItem', 'document.quantity', 'document.warehouse', 'document.day'],
    columns: [...itemColumns, cost, remark],
    roles: [maker, keeper, { label: say('操作人', '操作人', 'Done by') }],
  });
export const assemblyNote = setOf('assemblyNote', 'assembly', say('组装单（A4）', '組裝單（A4）', 'Assembly (A4)'));
export const disassemblyNote = setOf('disassemblyNote', 'disassembly', say('拆卸单（A4）', '拆卸單（A4）', 'Disassembly (A4)'));

export const loanSaleNote = noteOf({
  name: 'loanSaleNote',
  type: 'loanSale',
  label: say('借出转销售单（A4）', '借出轉銷售單（A4）', 'Sale of loan (A4)'),
  fields: ['customer.name', 'document.day', 'document.source', 'document.paymentTerms'],
  columns: pricedColumns,
  below: priced,
  roles: [maker, approver, { label: say('客户签字', '客戶簽字', 'Customer') }],
});

export const loanWriteOffNote = noteOf({
  name: 'loanWriteOffNote',
  type: 'loanWriteOff',
  label: say('借出核销单（A4）', '借出核銷單（A4）', 'Write-off of loan (A4)'),
  fields: ['customer.name', 'document.day', 'document.source', 'document.writeOffKind'],
  columns: [...itemColumns, cost, remark],
  roles: [maker, approver],
});

const invoiceColumns: readonly TableColumn[] = [
  ...itemColumns,
  { field: 'price', widthTenthMm: 210, align: 'right' },
  { field: 'netAmount', widthTenthMm: 230, align: 'right' },
  { field: 'taxRate', widthTenthMm: 120, align: 'right' },
  { field: 'taxAmount', widthTenthMm: 210, align: 'right' },
  { field: 'grossAmount', widthTenthMm: 230, align: 'right', show: 'whenFilled' },
];
const invoiceOf = (name: string, type: string, label: PrintText, fields: readonly (string | HeadField)[]): PrintTemplate => {
  const list = noteOf({
    name,
    type,
    label,
    fields: [...fields, 'document.day', 'document.invoiceKind', 'document.invoiceCode', 'document.invoiceNumber', 'document.source'],
    columns: invoiceColumns,
    below: priced,
    roles: [maker, approver, { label: say('盖章', '蓋章', 'Stamp') }],
  });
  const heading = say('{{document.title}}清单', '{{document.title}}清單', '{{document.title}}: list of goods');
  const blocks = list.blocks.map((block) => (block.kind === 'title' ? { ...block, text: heading } : block));
  return { ...list, blocks, paper: { ...a4, orientation: 'landscape' } };
};
const buyer = ['customer.name', 'document.billingTitle', 'document.billingTaxNumber'];
export const salesInvoiceList = invoiceOf(
  'salesInvoiceList',
  'salesInvoice',
  say('销售发票清单（A4）', '銷售發票清單（A4）', 'Sales invoice list (A4)'),
  buyer,
);
export const redInvoiceList = invoiceOf(
  'redInvoiceList',
  'redInvoice',
  say('红字发票清单（A4）', '紅字發票清單（A4）', 'Red-letter invoice list (A4)'),
  [...buyer, 'document.redReason', 'document.blueNumber'],
);
export const purchaseInvoiceList = invoiceOf(
  'purchaseInvoiceList',
  'purchaseInvoice',
  say('进项发票清单（A4）', '進項發票清單（A4）', 'Purchase invoice list (A4)'),
  ['document.supplier', 'document.receivedOn', 'document.certState'],
);

export const notes: readonly PrintTemplate[] = [
  transferInNote,
  otherInNote,
  otherOutNote,
  requisitionReturnNote,
  countSheetNote,
  stockGainNote,
  stockLossNote,
  assemblyNote,
  disassemblyNote,
  loanSaleNote,
  loanWriteOffNote,
  salesInvoiceList,
  redInvoiceList,
  purchaseInvoiceList,
];
