import type { Language } from '../language/languages.ts';

/** The few words that the print engine says by itself, whatever the template. */
interface PrintWords {
  carriedForward: string;
  pageSubtotal: string;
  total: string;
  noLines: string;
  /** Between label and value. */
  colon: string;
  yes: string;
  /** Across a document that nobody has approved yet, and across a layout that is only looked at. */
  notApproved: string;
  preview: string;
  /** Across everything that a company to practise in puts on paper. */
  practice: string;
  /** How often it was printed, from the second time on. */
  reprint: (count: number) => string;
  /** When payment is due: so many days, counted from the end of the month or not. */
  paymentTerms: (days: number, fromMonthEnd: boolean) => string;
  labels: Readonly<Record<string, string>>;
}

export const printWords: Record<Language, PrintWords> = {
  'zh-CN': {
    carriedForward: '承前页',
    pageSubtotal: '本页小计',
    total: '合计',
    noLines: '（无明细）',
    colon: '：',
    yes: '是',
    notApproved: '未审核',
    preview: '样张',
    practice: '演练',
    reprint: (count) => `第 ${count} 次打印`,
    paymentTerms: (days, fromMonthEnd) => (days === 0 ? '货到付款' : fromMonthEnd ? `月结 ${days} 天` : `${days} 天内付清`),
    labels: {
      'line.position': '序号',
      'document.number': '单号',
      'document.title': '单据名称',
      'document.state': '状态',
      'total.words': '大写金额',
      'page.number': '页码',
      'document.source': '来源单号',
      'document.paymentTerms': '付款条件',
      'customer.contact': '联系人',
      'customer.contactPhone': '联系电话',
      'people.maker': '制单人',
      'people.approver': '审核人',
      'company.name': '公司名称',
      'company.address': '公司地址',
      'company.phone': '公司电话',
      'company.fax': '公司传真',
      'company.email': '公司邮箱',
      'company.website': '公司网址',
      'company.taxNumber': '公司税号',
      'company.bank': '公司开户行',
      'company.bankAccount': '公司账号',
      'company.logo': '公司标志',
      'page.count': '总页数',
    },
  },
  'zh-TW': {
    carriedForward: '承前頁',
    pageSubtotal: '本頁小計',
    total: '合計',
    noLines: '（無明細）',
    colon: '：',
    yes: '是',
    notApproved: '未審核',
    preview: '樣張',
    practice: '演練',
    reprint: (count) => `第 ${count} 次列印`,
    paymentTerms: (days, fromMonthEnd) => (days === 0 ? '貨到付款' : fromMonthEnd ? `月結 ${days} 天` : `${days} 天內付清`),
    labels: {
      'line.position': '序號',
      'document.number': '單號',
      'document.title': '單據名稱',
      'document.state': '狀態',
      'total.words': '大寫金額',
      'page.number': '頁碼',
      'document.source': '來源單號',
      'document.paymentTerms': '付款條件',
      'customer.contact': '聯絡人',
      'customer.contactPhone': '聯絡電話',
      'people.maker': '製單人',
      'people.approver': '審核人',
      'company.name': '公司名稱',
      'company.address': '公司地址',
      'company.phone': '公司電話',
      'company.fax': '公司傳真',
      'company.email': '公司信箱',
      'company.website': '公司網址',
      'company.taxNumber': '公司統一編號',
      'company.bank': '公司往來銀行',
      'company.bankAccount': '公司帳號',
      'company.logo': '公司標誌',
      'page.count': '總頁數',
    },
  },
  en: {
    carriedForward: 'Brought forward',
    pageSubtotal: 'Page subtotal',
    total: 'Total',
    noLines: '(no lines)',
    colon: ': ',
    yes: 'Yes',
    notApproved: 'NOT APPROVED',
    preview: 'SAMPLE',
    practice: 'Practice',
    reprint: (count) => `Print no. ${count}`,
    paymentTerms: (days, fromMonthEnd) =>
      days === 0 ? 'Cash on delivery' : fromMonthEnd ? `${days} days from end of month` : `Within ${days} days`,
    labels: {
      'line.position': 'No.',
      'document.number': 'Number',
      'document.title': 'Document',
      'document.state': 'Status',
      'total.words': 'Amount in words',
      'page.number': 'Page',
      'document.source': 'Source no.',
      'document.paymentTerms': 'Payment terms',
      'customer.contact': 'Contact',
      'customer.contactPhone': 'Contact phone',
      'people.maker': 'Issued by',
      'people.approver': 'Approved by',
      'company.name': 'Company name',
      'company.address': 'Company address',
      'company.phone': 'Company phone',
      'company.fax': 'Company fax',
      'company.email': 'Company email',
      'company.website': 'Company website',
      'company.taxNumber': 'Company tax no.',
      'company.bank': 'Company bank',
      'company.bankAccount': 'Company bank account',
      'company.logo': 'Company logo',
      'page.count': 'Pages',
    },
  },
};
