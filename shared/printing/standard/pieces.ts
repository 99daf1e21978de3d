import type { Block, Footer, Paper, PrintText, TableColumn } from '../template.ts';

/** The same words in the three languages of the product. */
export const say = (simplified: string, traditional: string, english: string): PrintText => ({
  'zh-CN': simplified,
  'zh-TW': traditional,
  en: english,
});

export const a4: Paper = {
  size: 'A4',
  orientation: 'portrait',
  marginsTenthMm: { top: 150, right: 160, bottom: 170, left: 160 },
  continuous: false,
};

/** Half a sheet of continuous paper. The side margins keep clear of the tear-off strips, the right one holds the plies. */
export const halfContinuous: Paper = {
  size: '241x139.7',
  marginsTenthMm: { top: 70, right: 240, bottom: 90, left: 170 },
  continuous: true,
};

export const pageOfPages: PrintText = say(
  '第 {{page.number}} 页 / 共 {{page.count}} 页',
  '第 {{page.number}} 頁 / 共 {{page.count}} 頁',
  'Page {{page.number}} of {{page.count}}',
);

export const letterhead: Block = {
  kind: 'letterhead',
  showLogo: true,
  align: 'left',
  name: '{{company.name}}',
  lines: [
    '{{company.address}}',
    say('电话：{{company.phone}}', '電話：{{company.phone}}', 'Tel: {{company.phone}}'),
    say('传真：{{company.fax}}', '傳真：{{company.fax}}', 'Fax: {{company.fax}}'),
    say('邮箱：{{company.email}}', '信箱：{{company.email}}', 'Email: {{company.email}}'),
  ],
};

export const footer: Footer = { left: '{{document.number}}', right: pageOfPages };

export const itemColumns: TableColumn[] = [
  { field: 'position', label: say('序号', '序號', 'No.'), widthTenthMm: 100, align: 'center' },
  { field: 'itemCode', label: say('编码', '編號', 'Code'), share: 3, show: 'whenFilled' },
  { field: 'name', label: say('商品名称', '商品名稱', 'Description'), share: 6 },
  { field: 'spec', label: say('规格型号', '規格型號', 'Specification'), share: 4, show: 'whenFilled' },
  { field: 'unit', label: say('单位', '單位', 'Unit'), widthTenthMm: 120, align: 'center' },
  { field: 'quantity', label: say('数量', '數量', 'Quantity'), widthTenthMm: 170, align: 'right' },
];

export const pricedColumns: TableColumn[] = [
  ...itemColumns,
  { field: 'itemPicture', label: say('图片', '圖片', 'Picture'), widthTenthMm: 160, align: 'center', show: 'never' },
  { field: 'grossPrice', label: say('含税单价', '含稅單價', 'Unit price'), widthTenthMm: 190, align: 'right' },
  { field: 'taxRate', label: say('税率', '稅率', 'Tax'), widthTenthMm: 120, align: 'right', show: 'whenFilled' },
  { field: 'grossAmount', label: say('金额', '金額', 'Amount'), widthTenthMm: 230, align: 'right' },
  { field: 'remark', label: say('备注', '備註', 'Remark'), share: 3, show: 'whenFilled' },
];

/** Which batches or serial numbers the goods of a line are, and when they expire. */
export const lotColumn: TableColumn = {
  field: 'lotNumbers',
  label: say('批号/效期', '批號/效期', 'Lots'),
  share: 5,
  show: 'whenFilled',
};

/** The same columns with what the customer itself calls the item, behind our own code. */
export const withCustomerCode = (columns: readonly TableColumn[]): TableColumn[] =>
  columns.toSpliced(2, 0, { field: 'customerCode', label: say('客户料号', '客戶料號', 'Your code'), share: 3, show: 'whenFilled' });

export const commercialTotals: Block = {
  kind: 'totals',
  rows: [
    { field: 'total.netAmount', label: say('不含税金额', '未稅金額', 'Net amount') },
    { field: 'total.tax', label: say('税额', '稅額', 'Tax') },
    { field: 'total.grossAmount', label: say('价税合计', '含稅總額', 'Total'), strong: true },
  ],
};

export const amountInWordsRow: Block = {
  kind: 'words',
  label: say('合计金额（大写）', '合計金額（大寫）', 'Amount in words'),
  field: 'total.grossAmount',
};
