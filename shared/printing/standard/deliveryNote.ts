import type { Block, PrintTemplate } from '../template.ts';
import { a4, footer, halfContinuous, itemColumns, letterhead, lotColumn, pageOfPages, say, withCustomerCode } from './pieces.ts';

const title = say('送 货 单', '送 貨 單', 'DELIVERY NOTE');

const head: Block = {
  kind: 'fields',
  columns: 3,
  onEveryPage: true,
  fields: [
    { field: 'customer.name', label: say('客户', '客戶', 'Customer') },
    { field: 'document.recipient', orElse: 'customer.contact', label: say('收货人', '收貨人', 'Receiver') },
    { field: 'document.day', label: say('送货日期', '送貨日期', 'Date') },
    { field: 'document.deliveryAddress', label: say('送货地址', '送貨地址', 'Deliver to') },
    { field: 'document.recipientPhone', orElse: 'customer.contactPhone', label: say('电话', '電話', 'Phone') },
    { field: 'document.source', label: say('订单号', '訂單號', 'Order no.') },
  ],
};

const columns = [...withCustomerCode(itemColumns), lotColumn, { field: 'remark', label: say('备注', '備註', 'Remark'), share: 4 }];

const roles = [
  { label: say('制单', '製單', 'Issued by'), field: 'people.maker' },
  { label: say('审核', '審核', 'Approved by'), field: 'people.approver' },
  { label: say('仓管', '倉管', 'Warehouse') },
  { label: say('送货人', '送貨人', 'Delivered by') },
  { label: say('客户签收', '客戶簽收', 'Received by') },
];

/** Half of a continuous 241 mm form for a carbon set: no prices, large strokes, every page a whole note. */
export const deliveryNoteContinuous: PrintTemplate = {
  version: 1,
  name: 'deliveryNote',
  label: say('送货单（241×139.7 多联）', '送貨單（241×139.7 多聯）', 'Delivery note (241×139.7, carbon set)'),
  type: 'stockOut',
  paper: halfContinuous,
  fontSizeTenthPt: 100,
  look: 'plain',
  blocks: [
    { kind: 'letterhead', showLogo: false, align: 'center', name: '{{company.name}}', lines: [], onEveryPage: true },
    { kind: 'title', text: title, aside: 'No. {{document.number}}', onEveryPage: true },
    head,
    { kind: 'table', columns, rowsPerPage: 7, pageSubtotal: true, carryOver: true, totalRow: true },
    {
      kind: 'text',
      text: say(
        '请当面点清数量并检查外观，如有不符请在签收时注明。',
        '請當面點清數量並檢查外觀，如有不符請於簽收時註明。',
        'Please check quantity and condition on receipt and note any difference when signing.',
      ),
      sizeTenthPt: 85,
      onEveryPage: true,
    },
    { kind: 'signatures', roomTenthMm: 20, roles, onEveryPage: true },
  ],
  footer: {
    left: say('{{company.address}}　{{company.phone}}', '{{company.address}}　{{company.phone}}', '{{company.address}}  {{company.phone}}'),
    right: pageOfPages,
  },
  plies: [
    say('第一联 存根（白）', '第一聯 存根（白）', '1 Office (white)'),
    say('第二联 客户（红）', '第二聯 客戶（紅）', '2 Customer (pink)'),
    say('第三联 回单（黄）', '第三聯 回單（黃）', '3 Receipt (yellow)'),
  ],
};

export const deliveryNoteA4: PrintTemplate = {
  version: 1,
  name: 'deliveryNoteA4',
  label: say('送货单（A4）', '送貨單（A4）', 'Delivery note (A4)'),
  type: 'stockOut',
  paper: a4,
  fontSizeTenthPt: 95,
  look: 'shaded',
  blocks: [
    { ...letterhead, onEveryPage: true },
    { kind: 'title', text: title, aside: 'No. {{document.number}}', onEveryPage: true },
    head,
    { kind: 'table', columns, totalRow: true, carryOver: true },
    { kind: 'fields', columns: 1, fields: [{ field: 'document.remark', label: say('备注', '備註', 'Remark') }] },
    { kind: 'signatures', roomTenthMm: 100, roles },
  ],
  footer,
};
