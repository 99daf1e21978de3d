import type { Language } from '../language/languages.ts';

/**
 * Which account of the accounting program stands for a place of our ledgers. `place` is the kind of a place; `*` stands for every
 * place of the ledger that has no rule of its own, and `tax` after a place for the tax in what moves there.
 */
export interface AccountRule {
  readonly ledger: string;
  readonly place: string;
  readonly code: string;
  readonly name: string;
  /** The entry names the customer, supplier, person or account it is about. */
  readonly auxiliary: boolean;
}

type Names = Readonly<Record<Language, string>>;
const names = (zhCN: string, zhTW: string, en: string): Names => ({ 'zh-CN': zhCN, 'zh-TW': zhTW, en });

/** Ledgers whose balance is owed by us: what arrives there is credited. */
export const creditLedgers: readonly string[] = ['payable'];

const through = names('往来过渡', '往來過渡', 'Clearing');
const begun = names('期初过渡', '期初過渡', 'Opening balances');
const expense = names('管理费用', '管理費用', 'Administrative expenses');
const finance = names('财务费用', '財務費用', 'Financial expenses');
const inbound = names('在途物资', '在途存貨', 'Goods in transit');

/**
 * The rules a company starts with, with the codes of the general ledger of 《企业会计准则——应用指南》附录. Money that only passes through
 * (received here, paid there) has one account, so that it cancels within a voucher.
 */
const standard: readonly (Omit<AccountRule, 'name' | 'auxiliary'> & { readonly names: Names; readonly auxiliary?: true })[] = [
  { ledger: 'receivable', place: '*', code: '1122', names: names('应收账款', '應收帳款', 'Accounts receivable'), auxiliary: true },
  {
    ledger: 'receivable',
    place: 'prepaid',
    code: '2203',
    names: names('预收账款', '預收款項', 'Advances from customers'),
    auxiliary: true,
  },
  { ledger: 'receivable', place: 'sales', code: '6001', names: names('主营业务收入', '銷貨收入', 'Sales revenue') },
  { ledger: 'receivable', place: 'sales.tax', code: '22210106', names: names('应交税费—销项税额', '銷項稅額', 'Output tax') },
  { ledger: 'receivable', place: 'received', code: '3101', names: through },
  { ledger: 'receivable', place: 'refunded', code: '3101', names: through },
  { ledger: 'receivable', place: 'netted', code: '3101', names: through },
  { ledger: 'receivable', place: 'transferred', code: '3101', names: through },
  { ledger: 'receivable', place: 'opening', code: '3102', names: begun },
  { ledger: 'receivable', place: 'discount', code: '6603', names: finance },
  { ledger: 'payable', place: '*', code: '2202', names: names('应付账款', '應付帳款', 'Accounts payable'), auxiliary: true },
  { ledger: 'payable', place: 'prepaid', code: '1123', names: names('预付账款', '預付款項', 'Advances to suppliers'), auxiliary: true },
  { ledger: 'payable', place: 'purchases', code: '1402', names: inbound },
  { ledger: 'payable', place: 'purchases.tax', code: '22210101', names: names('应交税费—进项税额', '進項稅額', 'Input tax') },
  { ledger: 'payable', place: 'paid', code: '3101', names: through },
  { ledger: 'payable', place: 'refunded', code: '3101', names: through },
  { ledger: 'payable', place: 'netted', code: '3101', names: through },
  { ledger: 'payable', place: 'transferred', code: '3101', names: through },
  { ledger: 'payable', place: 'opening', code: '3102', names: begun },
  { ledger: 'payable', place: 'discount', code: '6603', names: finance },
  { ledger: 'cash', place: 'held.bank', code: '1002', names: names('银行存款', '銀行存款', 'Bank'), auxiliary: true },
  { ledger: 'cash', place: 'held.cash', code: '1001', names: names('库存现金', '現金', 'Cash'), auxiliary: true },
  { ledger: 'cash', place: 'held', code: '1012', names: names('其他货币资金', '其他貨幣資金', 'Other money'), auxiliary: true },
  { ledger: 'cash', place: 'customers', code: '3101', names: through },
  { ledger: 'cash', place: 'suppliers', code: '3101', names: through },
  { ledger: 'cash', place: 'transfer', code: '3101', names: through },
  { ledger: 'cash', place: 'staff', code: '6602', names: expense },
  { ledger: 'cash', place: 'fees', code: '6603', names: finance },
  { ledger: 'cash', place: 'opening', code: '3102', names: begun },
  { ledger: 'cash', place: 'income', code: '6301', names: names('营业外收入', '營業外收入', 'Other income') },
  { ledger: 'cash', place: 'expense', code: '6602', names: expense },
  { ledger: 'advance', place: 'owed', code: '1221', names: names('其他应收款', '其他應收款', 'Advances to staff'), auxiliary: true },
  { ledger: 'advance', place: '*', code: '6602', names: expense },
  { ledger: 'cost', place: 'stock', code: '1405', names: names('库存商品', '商品存貨', 'Goods in stock') },
  { ledger: 'cost', place: 'purchases', code: '1402', names: inbound },
  { ledger: 'cost', place: 'costOfSales', code: '6401', names: names('主营业务成本', '銷貨成本', 'Cost of sales') },
  { ledger: 'cost', place: 'opening', code: '3102', names: begun },
  { ledger: 'cost', place: 'count', code: '1901', names: names('待处理财产损溢', '存貨盤損益', 'Stock differences') },
  { ledger: 'cost', place: 'assembly', code: '3101', names: through },
  { ledger: 'cost', place: '*', code: '6602', names: expense },
];

export const standardRules = (language: Language): AccountRule[] =>
  standard.map(({ ledger, place, code, names: known, auxiliary }) => ({
    ledger,
    place,
    code,
    name: known[language],
    auxiliary: auxiliary === true,
  }));
