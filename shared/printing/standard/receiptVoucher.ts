import type { PrintTemplate } from '../template.ts';
import { footer, letterhead, say } from './pieces.ts';

/** What the cashier hands over for money received. */
export const receiptVoucher: PrintTemplate = {
  version: 1,
  name: 'receiptVoucher',
  label: say('收款收据', '收款收據', 'Receipt voucher'),
  type: 'receipt',
  paper: {
    size: 'A5',
    orientation: 'landscape',
    marginsTenthMm: { top: 110, right: 140, bottom: 140, left: 140 },
    continuous: false,
  },
  fontSizeTenthPt: 105,
  look: 'shaded',
  blocks: [
    { ...letterhead, onEveryPage: true },
    { kind: 'title', text: say('收 款 收 据', '收 款 收 據', 'RECEIPT'), aside: 'No. {{document.number}}', onEveryPage: true },
    {
      kind: 'fields',
      columns: 2,
      onEveryPage: true,
      fields: [
        { field: 'customer.name', label: say('今收到', '茲收到', 'Received from') },
        { field: 'document.day', label: say('收款日期', '收款日期', 'Date') },
        { field: 'document.paymentMethod', label: say('收款方式', '收款方式', 'Method') },
        { field: 'document.account', label: say('收款账户', '收款帳戶', 'Account') },
      ],
    },
    {
      kind: 'table',
      totalRow: true,
      carryOver: true,
      columns: [
        { field: 'position', label: say('序号', '序號', 'No.'), widthTenthMm: 110, align: 'center' },
        { field: 'sourceNumber', label: say('单据号', '單據號', 'Document'), share: 4 },
        { field: 'remark', label: say('收款事由', '收款事由', 'For'), share: 6, show: 'whenFilled' },
        { field: 'amount', label: say('金额', '金額', 'Amount'), widthTenthMm: 320, align: 'right' },
      ],
    },
    {
      kind: 'totals',
      rows: [{ field: 'total.prepaid', label: say('其中转作预收款', '其中轉作預收款', 'of which kept as prepayment') }],
    },
    {
      kind: 'words',
      label: say('金额（大写）', '金額（大寫）', 'Amount in words'),
      field: 'total.grossAmount',
      withFigure: true,
    },
    { kind: 'fields', columns: 1, fields: [{ field: 'document.remark', label: say('备注', '備註', 'Remark') }] },
    {
      kind: 'signatures',
      roomTenthMm: 90,
      roles: [
        { label: say('收款单位（盖章）', '收款單位（蓋章）', 'Payee (stamp)') },
        { label: say('经手人', '經手人', 'Handled by'), field: 'people.owner' },
        { label: say('收款人', '收款人', 'Cashier'), field: 'people.maker' },
        { label: say('交款人', '交款人', 'Paid by') },
      ],
    },
  ],
  footer,
};
