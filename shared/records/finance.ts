import { defineRecord } from '../kernel/defineRecord.ts';
import { choice, exchangeRate, flag, integer, link, note, rate, text } from '../kernel/fields.ts';

/** Where the company keeps its money: a bank account, a till, a payment service. */
export const account = defineRecord({
  type: 'account',
  area: 'money',
  title: 'name',
  visibility: { by: 'company', hides: { field: 'privateAccount', right: 'accounts.private' }, branch: 'department' },
  sort: [{ field: 'code', direction: 'ascending' }],
  fields: {
    code: text({ max: 20, unique: true, list: true, search: 'code' }),
    name: text({ max: 80, required: true, unique: true, list: true, search: 'text', sorted: 'pinyin' }),
    accountKind: choice(['bank', 'cash', 'alipay', 'wechat', 'other'], { required: true, default: 'bank', list: true }),
    currency: link('currency', { required: true, default: 'main', list: true }),
    department: link('department', { list: true }),
    bank: text({ max: 120, secret: 'bank', list: true }),
    bankAccount: text({ max: 60, secret: 'bank', list: true }),
    main: flag({ list: true }),
    privateAccount: flag({ list: true }),
    stopped: flag({ list: true }),
    remark: note(),
  },
});

export const paymentMethod = defineRecord({
  type: 'paymentMethod',
  area: 'money',
  title: 'name',
  visibility: { by: 'company' },
  fields: {
    name: text({ max: 40, required: true, unique: true, list: true, search: 'text', sorted: 'pinyin' }),
    account: link('account', { list: true }),
    main: flag({ list: true }),
    stopped: flag({ list: true }),
  },
});

export const taxCode = defineRecord({
  type: 'taxCode',
  area: 'money',
  title: 'name',
  visibility: { by: 'company' },
  fields: {
    name: text({ max: 40, required: true, unique: true, list: true, search: 'text', sorted: 'pinyin' }),
    rate: rate({ required: true, min: 0, max: 1_000_000, list: true }),
    exempt: flag({ list: true }),
    main: flag({ list: true }),
    stopped: flag({ list: true }),
    legalSource: text({ max: 200 }),
  },
});

export const currency = defineRecord({
  type: 'currency',
  area: 'money',
  title: 'code',
  visibility: { by: 'company' },
  fields: {
    code: text({ max: 3, required: true, unique: true, list: true, search: 'code' }),
    name: text({ max: 40, required: true, list: true, search: 'text', sorted: 'pinyin' }),
    symbol: text({ max: 6, list: true }),
    digits: integer({ required: true, min: 0, max: 4, default: 2, list: true }),
    // What one of it is worth in the company's own money; empty until somebody knows, and then no document guesses.
    rate: exchangeRate({ min: 1, list: true }),
    main: flag({ list: true }),
  },
});

/** One entry of a list the company keeps itself (grades, regions, trades, sources …). Used entries are stopped, not deleted. */
export const dictionaryEntry = defineRecord({
  type: 'dictionaryEntry',
  area: 'settings',
  title: 'name',
  visibility: { by: 'company' },
  sort: [
    { field: 'dictionary', direction: 'ascending' },
    { field: 'sequence', direction: 'ascending' },
  ],
  duplicates: { exact: [['dictionary', 'name']] },
  fields: {
    dictionary: choice(
      [
        'customerGrade',
        'customerCategory',
        'customerStatus',
        'region',
        'trade',
        'companySize',
        'customerSource',
        'customerRelation',
        'customerWorth',
        'creditGrade',
        'priceLevel',
        'lostReason',
        'deliveryMethod',
        'carrier',
        'expenseCategory',
        'cashCategory',
        'stockReason',
        'returnReason',
        'supplierGrade',
        'supplierCategory',
        'purchaseReturnReason',
      ],
      { required: true, list: true, fixed: true, indexed: true },
    ),
    name: text({ max: 80, required: true, list: true, search: 'text', sorted: 'pinyin' }),
    code: text({ max: 40, list: true, search: 'code' }),
    sequence: integer({ min: 0, max: 100_000, default: 0, list: true }),
    stopped: flag({ list: true }),
    // Carriers: where a parcel is asked after, {number} standing for its number, and after how many days it should have arrived.
    queryAddress: text({ max: 300 }),
    arrivalDays: integer({ min: 0, max: 365 }),
    remark: text({ max: 200 }),
  },
});
