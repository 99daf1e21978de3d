import type { Block, HeadField, PrintTemplate, PrintText, TableColumn } from '../template.ts';
import { deliveryNoteA4 } from './deliveryNote.ts';
import { a4, amountInWordsRow, commercialTotals, footer, itemColumns, letterhead, lotColumn, pricedColumns, say } from './pieces.ts';

const remark: TableColumn = { field: 'remark', label: say('备注', '備註', 'Remark'), share: 4 };
const remarkBelow: Block = {
  kind: 'fields',
  columns: 1,
  fields: [{ field: 'document.remark', label: say('备注', '備註', 'Remark') }],
};
const maker = { label: say('制单', '製單', 'Issued by'), field: 'people.maker' };
const approver = { label: say('审核', '審核', 'Approved by'), field: 'people.approver' };
const customerSigns = { label: say('客户签字', '客戶簽字', 'Customer') };
const customer: HeadField = { field: 'customer.name', label: say('客户', '客戶', 'Customer') };
const order: HeadField = { field: 'document.source', label: say('来源单号', '來源單號', 'From') };

interface Note {
  readonly name: string;
  readonly type: string;
  readonly label: PrintText;
  readonly title: PrintText;
  readonly fields: HeadField[];
  readonly columns: TableColumn[];
  readonly below?: Block[];
  readonly roles: { label: PrintText; field?: string }[];
}

/** A paper of goods on A4: what it is, to whom, which goods, who signed. */
const noteOf = ({ name, type, label, title, fields, columns, below = [], roles }: Note): PrintTemplate => ({
  version: 1,
  name,
  label,
  type,
  paper: a4,
  fontSizeTenthPt: 95,
  look: 'shaded',
  blocks: [
    { ...letterhead, onEveryPage: true },
    { kind: 'title', text: title, aside: 'No. {{document.number}}', onEveryPage: true },
    { kind: 'fields', columns: 3, onEveryPage: true, fields },
    { kind: 'table', columns, totalRow: true, carryOver: true },
    ...below,
    remarkBelow,
    { kind: 'signatures', roomTenthMm: 100, roles },
  ],
  footer,
});

const receiver: HeadField[] = [
  { field: 'document.recipient', orElse: 'customer.contact', label: say('收货人', '收貨人', 'Receiver') },
  { field: 'document.recipientPhone', orElse: 'customer.contactPhone', label: say('电话', '電話', 'Phone') },
  { field: 'document.deliveryAddress', label: say('送货地址', '送貨地址', 'Deliver to'), wide: true },
];

/** The delivery note with prices; whoever may not see them gets the columns of the plain one. */
/** What is delivered was taxed by its order, line by line. */
const deliveredColumns = [...pricedColumns.filter(({ field }) => field !== 'taxRate'), lotColumn];

export const deliveryNotePriced: PrintTemplate = {
  ...deliveryNoteA4,
  name: 'deliveryNotePriced',
  label: say('送货单（A4 带价）', '送貨單（A4 含價）', 'Delivery note (A4, with prices)'),
  blocks: deliveryNoteA4.blocks.flatMap((block): Block[] =>
    block.kind === 'table' ? [{ ...block, columns: deliveredColumns }, commercialTotals, amountInWordsRow] : [block],
  ),
};

export const releaseNote = noteOf({
  name: 'releaseNote',
  type: 'deliveryNotice',
  label: say('发货通知单（A4）', '出貨通知單（A4）', 'Delivery notice (A4)'),
  title: say('发 货 通 知 单', '出 貨 通 知 單', 'DELIVERY NOTICE'),
  fields: [customer, { field: 'document.shipOn', label: say('计划发货日', '預計出貨日', 'Ship on') }, order, ...receiver],
  columns: [...itemColumns, { field: 'warehouse', label: say('仓库', '倉庫', 'Warehouse'), share: 3 }, remark],
  roles: [maker, approver, { label: say('仓管', '倉管', 'Warehouse') }],
});

export const returnNote = noteOf({
  name: 'returnNote',
  type: 'salesReturn',
  label: say('销售退货单（A4）', '銷貨退回單（A4）', 'Sales return (A4)'),
  title: say('销 售 退 货 单', '銷 貨 退 回 單', 'SALES RETURN'),
  fields: [
    customer,
    { field: 'document.day', label: say('退货日期', '退貨日期', 'Date') },
    { field: 'document.returnReason', label: say('退货原因', '退貨原因', 'Reason') },
    order,
  ],
  columns: [...pricedColumns],
  below: [commercialTotals, amountInWordsRow],
  roles: [maker, { label: say('仓管', '倉管', 'Warehouse'), field: 'people.keeper' }, customerSigns],
});

export const loanNote = noteOf({
  name: 'loanNote',
  type: 'loan',
  label: say('借出单（A4）', '借出單（A4）', 'Loan note (A4)'),
  title: say('借 出 单', '借 出 單', 'LOAN NOTE'),
  fields: [
    customer,
    { field: 'document.day', label: say('借出日期', '借出日期', 'Lent on') },
    { field: 'document.dueOn', label: say('应还日期', '應還日期', 'Due back on') },
    { field: 'document.purpose', label: say('用途', '用途', 'Purpose') },
    ...receiver,
  ],
  columns: [...itemColumns, lotColumn, remark],
  roles: [maker, { label: say('仓管', '倉管', 'Warehouse') }, { label: say('借用人', '借用人', 'Borrower') }],
});

export const loanReturnNote = noteOf({
  name: 'loanReturnNote',
  type: 'loanReturn',
  label: say('归还单（A4）', '歸還單（A4）', 'Return of loan (A4)'),
  title: say('归 还 单', '歸 還 單', 'RETURN OF LOAN'),
  fields: [customer, { field: 'document.day', label: say('归还日期', '歸還日期', 'Returned on') }, order],
  columns: [...itemColumns, remark],
  roles: [maker, { label: say('仓管', '倉管', 'Warehouse') }, { label: say('归还人', '歸還人', 'Returned by') }],
});

export const samplePaper = noteOf({
  name: 'sampleNote',
  type: 'sampleNote',
  label: say('样品单（A4）', '樣品單（A4）', 'Sample note (A4)'),
  title: say('样 品 单', '樣 品 單', 'SAMPLE NOTE'),
  fields: [
    customer,
    { field: 'document.day', label: say('日期', '日期', 'Date') },
    { field: 'document.charge', label: say('收费方式', '收費方式', 'Charge') },
    ...receiver,
  ],
  columns: pricedColumns.map((column) =>
    ['grossPrice', 'grossAmount'].includes(column.field) ? { ...column, show: 'whenFilled' } : column,
  ),
  roles: [maker, { label: say('仓管', '倉管', 'Warehouse') }, customerSigns],
});

export const packingPaper = noteOf({
  name: 'packingList',
  type: 'packingList',
  label: say('装箱单（A4）', '裝箱單（A4）', 'Packing list (A4)'),
  title: say('装 箱 单', '裝 箱 單', 'PACKING LIST'),
  fields: [
    customer,
    { field: 'document.day', label: say('日期', '日期', 'Date') },
    order,
    { field: 'document.boxCount', label: say('总箱数', '總箱數', 'Boxes') },
    { field: 'document.netWeight', label: say('总净重（千克）', '總淨重（公斤）', 'Net weight (kg)') },
    { field: 'document.grossWeight', label: say('总毛重（千克）', '總毛重（公斤）', 'Gross weight (kg)') },
    ...receiver,
    { field: 'document.marks', label: say('唛头', '嘜頭', 'Marks'), wide: true },
  ],
  columns: [
    { field: 'boxNumber', label: say('箱号', '箱號', 'Box'), widthTenthMm: 160 },
    ...itemColumns.filter(({ field }) => field !== 'position'),
    { field: 'netWeight', label: say('净重', '淨重', 'Net kg'), widthTenthMm: 150, align: 'right' },
    { field: 'grossWeight', label: say('毛重', '毛重', 'Gross kg'), widthTenthMm: 150, align: 'right' },
    { field: 'measures', label: say('尺寸', '尺寸', 'Measures'), share: 3, show: 'whenFilled' },
    { field: 'marks', label: say('唛头', '嘜頭', 'Marks'), share: 3, show: 'whenFilled' },
  ],
  roles: [maker, { label: say('装箱', '裝箱', 'Packed by') }, { label: say('复核', '複核', 'Checked by') }],
});

export const deliveryPapers: readonly PrintTemplate[] = [
  deliveryNotePriced,
  releaseNote,
  returnNote,
  loanNote,
  loanReturnNote,
  samplePaper,
  packingPaper,
];
