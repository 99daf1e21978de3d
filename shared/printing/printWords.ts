import type { Language } from '../language/languages.ts';

/** The few words that the print engine says by itself, whatever the template. */
interface PrintWords {
  carriedForward: string;
  pageSubtotal: string;
  total: string;
  noLines: string;
  /** Between label and value. */
  colon: string;
  labels: Readonly<Record<string, string>>;
}

export const printWords: Record<Language, PrintWords> = {
  'zh-CN': {
    carriedForward: '承前页',
    pageSubtotal: '本页小计',
    total: '合计',
    noLines: '（无明细）',
    colon: '：',
    labels: {
      'line.position': '序号',
      'document.number': '单号',
      'document.title': '单据名称',
      'document.state': '状态',
      'total.words': '大写金额',
      'page.number': '页码',
      'page.count': '总页数',
    },
  },
  'zh-TW': {
    carriedForward: '承前頁',
    pageSubtotal: '本頁小計',
    total: '合計',
    noLines: '（無明細）',
    colon: '：',
    labels: {
      'line.position': '序號',
      'document.number': '單號',
      'document.title': '單據名稱',
      'document.state': '狀態',
      'total.words': '大寫金額',
      'page.number': '頁碼',
      'page.count': '總頁數',
    },
  },
  en: {
    carriedForward: 'Brought forward',
    pageSubtotal: 'Page subtotal',
    total: 'Total',
    noLines: '(no lines)',
    colon: ': ',
    labels: {
      'line.position': 'No.',
      'document.number': 'Number',
      'document.title': 'Document',
      'document.state': 'Status',
      'total.words': 'Amount in words',
      'page.number': 'Page',
      'page.count': 'Pages',
    },
  },
};
