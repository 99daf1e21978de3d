import type { PrintTemplate } from '../template.ts';
import { a4, amountInWordsRow, commercialTotals, footer, letterhead, pricedColumns, say, withCustomerCode } from './pieces.ts';

export const quotation: PrintTemplate = {
  version: 1,
  name: 'quotation',
  label: say('标准报价单', '標準報價單', 'Standard quotation'),
  type: 'quotation',
  paper: a4,
  fontSizeTenthPt: 95,
  look: 'shaded',
  blocks: [
    { ...letterhead, onEveryPage: true },
    { kind: 'title', text: say('报 价 单', '報 價 單', 'QUOTATION'), onEveryPage: true },
    {
      kind: 'fields',
      columns: 2,
      fields: [
        { field: 'customer.name', label: say('客户', '客戶', 'Customer') },
        { field: 'document.number', label: say('报价单号', '報價單號', 'Quotation no.') },
        { field: 'customer.contact', label: say('联系人', '聯絡人', 'Attention') },
        { field: 'document.day', label: say('报价日期', '報價日期', 'Date') },
        { field: 'customer.contactPhone', label: say('电话', '電話', 'Phone') },
        { field: 'document.validUntil', label: say('有效期至', '有效期至', 'Valid until') },
        { field: 'customer.address', label: say('地址', '地址', 'Address'), wide: true },
      ],
    },
    {
      kind: 'text',
      text: say(
        '感谢贵公司垂询，现将所询商品报价如下，敬请惠顾：',
        '感謝貴公司垂詢，謹將所詢商品報價如下，敬請惠顧：',
        'Thank you for your enquiry. We are pleased to quote as follows:',
      ),
    },
    { kind: 'table', columns: withCustomerCode(pricedColumns), carryOver: true },
    commercialTotals,
    amountInWordsRow,
    {
      kind: 'fields',
      columns: 1,
      fields: [
        { field: 'document.paymentTerms', label: say('付款方式', '付款方式', 'Payment') },
        { field: 'document.deliveryAddress', label: say('交货地点', '交貨地點', 'Deliver to') },
        { field: 'document.deliverBy', label: say('交货日期', '交貨日期', 'Deliver by') },
        { field: 'document.remark', label: say('备注', '備註', 'Remark') },
      ],
    },
    {
      kind: 'text',
      text: say(
        '以上报价在有效期内有效，如需调整数量或规格，请与我们联系。',
        '以上報價於有效期內有效，如需調整數量或規格，請與我們聯絡。',
        'Prices hold until the date above. Please contact us for other quantities or specifications.',
      ),
      sizeTenthPt: 85,
    },
    {
      kind: 'signatures',
      roomTenthMm: 140,
      roles: [
        { label: say('报价人', '報價人', 'Quoted by'), field: 'people.owner' },
        { label: say('审核', '審核', 'Approved by'), field: 'people.approver' },
        { label: say('客户确认', '客戶確認', 'Accepted by customer') },
      ],
    },
  ],
  footer,
};
