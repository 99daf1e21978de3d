import type { Block, HeadField, Paper, PrintTemplate, PrintText, TableColumn } from '../template.ts';
import { footer, letterhead, say } from './pieces.ts';

/** Half a sheet across, as cashiers file them. */
const voucherPaper: Paper = {
  size: 'A5',
  orientation: 'landscape',
  marginsTenthMm: { top: 110, right: 140, bottom: 140, left: 140 },
  continuous: false,
};

interface Voucher {
  readonly name: string;
  readonly type: string;
  readonly label: PrintText;
  readonly fields: readonly (string | HeadField)[];
  readonly columns?: readonly TableColumn[];
  readonly totals?: readonly { field: string; label: PrintText }[];
  /** The money that is spelled out. */
  readonly words: string;
  readonly roles: { label: PrintText; field?: string }[];
}

/** A paper about money: whom it concerns, what it is made of, the amount in words, and who signs. Labels are the document's own words. */
const voucherOf = ({ name, type, label, fields, columns, totals = [], words, roles }: Voucher): PrintTemplate => ({
  version: 1,
  name,
  label,
  type,
  paper: voucherPaper,
  fontSizeTenthPt: 105,
  look: 'shaded',
  blocks: [
    { ...letterhead, onEveryPage: true },
    { kind: 'title', text: '{{document.title}}', aside: 'No. {{document.number}}', onEveryPage: true },
    { kind: 'fields', columns: 2, onEveryPage: true, fields: fields.map((field) => (typeof field === 'string' ? { field } : field)) },
    ...(columns ? [{ kind: 'table', columns: [...columns], totalRow: true, carryOver: true } satisfies Block] : []),
    ...(totals.length > 0 ? [{ kind: 'totals', rows: [...totals] } satisfies Block] : []),
    { kind: 'words', label: say('金额（大写）', '金額（大寫）', 'Amount in words'), field: words, withFigure: true },
    { kind: 'fields', columns: 1, fields: [{ field: 'document.remark' }] },
    { kind: 'signatures', roomTenthMm: 90, roles },
  ],
  footer,
});

const position: TableColumn = { field: 'position', label: say('序号', '序號', 'No.'), widthTenthMm: 110, align: 'center' };
const settled: readonly TableColumn[] = [
  position,
  { field: 'sourceNumber', label: say('单据号', '單據號', 'Document'), share: 4 },
  { field: 'sourceTotal', label: say('单据金额', '單據金額', 'Its amount'), widthTenthMm: 300, align: 'right', sum: false },
  { field: 'remark', share: 4, show: 'whenFilled' },
  { field: 'amount', label: say('本次金额', '本次金額', 'Amount'), widthTenthMm: 300, align: 'right' },
];

const maker = { label: say('制单', '製單', 'Issued by'), field: 'people.maker' };
const approver = { label: say('审批', '核准', 'Approved by'), field: 'people.approver' };
const cashier = { label: say('出纳', '出納', 'Cashier') };
const accountant = { label: say('会计', '會計', 'Accountant') };
const receiver = { label: say('领款人', '領款人', 'Received by') };
const paidOut = [maker, approver, cashier, receiver];
const booked = [maker, approver, accountant];

export const paymentVoucher = voucherOf({
  name: 'paymentVoucher',
  type: 'payment',
  label: say('付款单（A5）', '付款單（A5）', 'Payment voucher (A5)'),
  fields: ['document.supplier', 'document.day', 'document.account', 'document.paymentMethod', 'document.bankReference'],
  columns: settled,
  totals: [
    { field: 'total.prepaid', label: say('其中预付', '其中預付', 'of which in advance') },
    { field: 'total.fee', label: say('手续费', '手續費', 'Bank fee') },
  ],
  words: 'total.grossAmount',
  roles: paidOut,
});

const refundOf = (name: string, type: string, label: PrintText, party: string): PrintTemplate =>
  voucherOf({
    name,
    type,
    label,
    fields: [
      party,
      'document.day',
      'document.account',
      'document.paymentMethod',
      'document.payee',
      'document.payeeAccount',
      'document.purpose',
    ],
    columns: settled,
    words: 'total.credited',
    roles: paidOut,
  });
export const refundVoucher = refundOf(
  'refundVoucher',
  'refund',
  say('客户退款单（A5）', '客戶退款單（A5）', 'Refund voucher (A5)'),
  'customer.name',
);
export const supplierRefundVoucher = refundOf(
  'supplierRefundVoucher',
  'supplierRefund',
  say('供应商退款单（A5）', '供應商退款單（A5）', 'Supplier refund (A5)'),
  'document.supplier',
);

const settlementOf = (name: string, type: string, label: PrintText, party: string): PrintTemplate =>
  voucherOf({
    name,
    type,
    label,
    fields: [party, 'document.day', 'document.currency'],
    columns: settled,
    words: 'total.allocated',
    roles: booked,
  });
export const settlementNote = settlementOf(
  'settlementNote',
  'settlement',
  say('应收核销单（A5）', '應收核銷單（A5）', 'Settlement (A5)'),
  'customer.name',
);
export const supplierSettlementNote = settlementOf(
  'supplierSettlementNote',
  'supplierSettlement',
  say('应付核销单（A5）', '應付核銷單（A5）', 'Supplier settlement (A5)'),
  'document.supplier',
);

export const nettingNote = voucherOf({
  name: 'nettingNote',
  type: 'netting',
  label: say('往来对冲单（A5）', '往來對沖單（A5）', 'Netting (A5)'),
  fields: ['customer.name', 'document.supplier', 'document.day', 'document.currency'],
  columns: settled,
  totals: [
    { field: 'total.credited', label: say('冲减应付', '沖減應付', 'Taken off what we owe') },
    { field: 'total.difference', label: say('差额', '差額', 'Difference') },
  ],
  words: 'total.allocated',
  roles: [...booked, { label: say('对方确认（盖章）', '對方確認（蓋章）', 'Confirmed by the other side') }],
});

const transferOf = (name: string, type: string, label: PrintText, parties: [string, string]): PrintTemplate =>
  voucherOf({
    name,
    type,
    label,
    fields: [...parties, 'document.day', 'document.dueOn'],
    columns: settled,
    words: 'total.grossAmount',
    roles: [...booked, { label: say('接收方确认（盖章）', '承接方確認（蓋章）', 'Accepted by') }],
  });
export const debtTransferNote = transferOf(
  'debtTransferNote',
  'debtTransfer',
  say('应收转账单（A5）', '應收轉帳單（A5）', 'Debt transfer (A5)'),
  ['document.fromCustomer', 'customer.name'],
);
export const payableTransferNote = transferOf(
  'payableTransferNote',
  'payableTransfer',
  say('应付转账单（A5）', '應付轉帳單（A5）', 'Payable transfer (A5)'),
  ['document.fromSupplier', 'document.supplier'],
);

export const expenseVoucher = voucherOf({
  name: 'expenseVoucher',
  type: 'expenseClaim',
  label: say('费用报销单（A5）', '費用報支單（A5）', 'Expense claim (A5)'),
  fields: ['people.claimant', 'document.department', 'document.day', 'document.account', { field: 'document.purpose', wide: true }],
  columns: [
    position,
    { field: 'category', share: 3 },
    { field: 'receiptDay', widthTenthMm: 250 },
    { field: 'description', share: 5 },
    { field: 'customer', share: 4, show: 'whenFilled' },
    { field: 'taxAmount', widthTenthMm: 220, align: 'right', show: 'whenFilled' },
    { field: 'amount', widthTenthMm: 270, align: 'right' },
  ],
  totals: [
    { field: 'total.offset', label: say('冲抵借支', '沖抵借支', 'Offset against advances') },
    { field: 'total.payable', label: say('应付金额', '應付金額', 'To be paid') },
  ],
  words: 'total.grossAmount',
  roles: [{ label: say('报销人', '報支人', 'Claimant'), field: 'people.claimant' }, approver, accountant, receiver],
});

export const advanceVoucher = voucherOf({
  name: 'advanceVoucher',
  type: 'advance',
  label: say('借支单（A5）', '借支單（A5）', 'Advance (A5)'),
  fields: [
    'people.claimant',
    'document.department',
    'document.day',
    'document.clearBy',
    'document.account',
    { field: 'document.purpose', wide: true },
  ],
  words: 'total.grossAmount',
  roles: [{ label: say('借款人', '借款人', 'Borrower'), field: 'people.claimant' }, approver, accountant, cashier],
});

export const advanceReturnVoucher = voucherOf({
  name: 'advanceReturnVoucher',
  type: 'advanceReturn',
  label: say('借支归还单（A5）', '借支歸還單（A5）', 'Return of advance (A5)'),
  fields: ['people.claimant', 'document.day', 'document.account'],
  columns: settled,
  words: 'total.grossAmount',
  roles: [maker, cashier, { label: say('归还人', '歸還人', 'Returned by'), field: 'people.claimant' }],
});

export const cashVoucher = voucherOf({
  name: 'cashVoucher',
  type: 'cashEntry',
  label: say('收支凭单（A5）', '收支憑單（A5）', 'Cash voucher (A5)'),
  fields: ['document.direction', 'document.cashCategory', 'document.account', 'document.day', 'document.party', 'document.reference'],
  words: 'total.grossAmount',
  roles: [maker, cashier, { label: say('经手人', '經手人', 'Handled by') }],
});

export const cashTransferVoucher = voucherOf({
  name: 'cashTransferVoucher',
  type: 'cashTransfer',
  label: say('账户互转单（A5）', '帳戶互轉單（A5）', 'Transfer between accounts (A5)'),
  fields: ['document.fromAccount', 'document.toAccount', 'document.day', 'document.bankReference'],
  totals: [{ field: 'total.fee', label: say('手续费', '手續費', 'Bank fee') }],
  words: 'total.grossAmount',
  roles: [maker, approver, cashier],
});

export const dayVoucher = voucherOf({
  name: 'dayVoucher',
  type: 'accountDay',
  label: say('日结单（A5）', '日結單（A5）', 'Daily close (A5)'),
  fields: ['document.account', 'document.day', 'document.currency'],
  totals: [
    { field: 'total.opening', label: say('上日结存', '上日結存', 'Brought forward') },
    { field: 'total.income', label: say('本日收入', '本日收入', 'Income') },
    { field: 'total.expense', label: say('本日支出', '本日支出', 'Expense') },
    { field: 'total.counted', label: say('实盘金额', '實盤金額', 'Counted') },
    { field: 'total.difference', label: say('差额', '差額', 'Difference') },
  ],
  words: 'total.closing',
  roles: [cashier, accountant],
});

export const vouchers: readonly PrintTemplate[] = [
  paymentVoucher,
  refundVoucher,
  supplierRefundVoucher,
  settlementNote,
  supplierSettlementNote,
  nettingNote,
  debtTransferNote,
  payableTransferNote,
  expenseVoucher,
  advanceVoucher,
  advanceReturnVoucher,
  cashVoucher,
  cashTransferVoucher,
  dayVoucher,
];
