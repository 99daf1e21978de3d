import type { Language } from '../../shared/language/languages.ts';
import type { PrintNames } from '../../shared/printing/checkTemplate.ts';
import type { PrintData, PrintFields, PrintValue } from '../../shared/printing/printData.ts';
import { lineFieldsOf, mergeFieldsOf } from '../../shared/printing/printData.ts';

export const text = (value: string): PrintValue => ({ kind: 'text', value });
export const yuan = (fen: number): PrintValue => ({ kind: 'money', value: fen, currency: 'CNY' });
const day = (value: string): PrintValue => ({ kind: 'day', value });
const pieces = (count: number, unit: string): PrintValue => ({ kind: 'quantity', value: count * 1_000_000, unit });

interface Sample {
  company: PrintFields;
  customer: PrintFields;
  items: { code: string; name: string; specification: string; unit: string }[];
  terms: { payment: string; delivery: string; to: string; remark: string };
}

const samples: Record<Language, Sample> = {
  'zh-CN': {
    company: fieldsOf({
      name: '杭州商驿贸易有限公司',
      address: '浙江省杭州市滨江区江南大道 588 号恒鑫大厦 12 层',
      phone: '0571-8765 4321',
      fax: '0571-8765 4322',
      email: 'sales@shangyi.example',
      taxNumber: '91330108MA2B0K1X3P',
      bank: '中国工商银行杭州滨江支行',
      bankAccount: '1202 0214 0990 0123 456',
    }),
    customer: fieldsOf({
      name: '浙江宏远机电设备有限公司',
      contact: '王建国',
      phone: '138 0571 2233',
      contactPhone: '138 0571 2233',
      address: '浙江省宁波市鄞州区百丈东路 199 号',
      taxNumber: '91330212MA2J4XQW5T',
      bank: '宁波银行鄞州支行',
      bankAccount: '4001 1122 3344 5566',
    }),
    items: [
      { code: 'ZC-6204', name: '深沟球轴承', specification: '6204-2RS', unit: '只' },
      { code: 'LS-M8', name: '不锈钢内六角螺栓', specification: 'M8×40 A2-70', unit: '盒' },
      { code: 'DJ-15', name: '三相异步电动机', specification: 'YE3-90L-4 1.5kW', unit: '台' },
    ],
    terms: {
      payment: '预付 30%，货到 30 天内付清',
      delivery: '汽运，运费由供方承担',
      to: '宁波市鄞州区百丈东路 199 号 2 号库',
      remark: '请随货附合格证。',
    },
  },
  'zh-TW': {
    company: fieldsOf({
      name: '商驛貿易股份有限公司',
      address: '臺北市內湖區瑞光路 513 巷 37 號 5 樓',
      phone: '02-8797-1234',
      fax: '02-8797-1235',
      email: 'sales@shangyi.example',
      taxNumber: '24536806',
      bank: '玉山銀行內湖分行',
      bankAccount: '0288-940-012345',
    }),
    customer: fieldsOf({
      name: '宏遠機電設備股份有限公司',
      contact: '王建國',
      phone: '0912-345-678',
      contactPhone: '0912-345-678',
      address: '新竹市東區公道五路二段 120 號',
      taxNumber: '53212468',
      bank: '第一銀行新竹分行',
      bankAccount: '301-10-056789',
    }),
    items: [
      { code: 'ZC-6204', name: '深溝滾珠軸承', specification: '6204-2RS', unit: '個' },
      { code: 'LS-M8', name: '不鏽鋼內六角螺絲', specification: 'M8×40 A2-70', unit: '盒' },
      { code: 'DJ-15', name: '三相感應馬達', specification: 'YE3-90L-4 1.5kW', unit: '臺' },
    ],
    terms: {
      payment: '訂金三成，月結 30 天',
      delivery: '貨運，運費由賣方負擔',
      to: '新竹市東區公道五路二段 120 號 2 號倉',
      remark: '請隨貨附檢驗報告。',
    },
  },
  en: {
    company: fieldsOf({
      name: 'Shangyi Trading Co., Ltd.',
      address: '12/F Hengxin Building, 588 Jiangnan Avenue, Binjiang, Hangzhou, China',
      phone: '+86 571 8765 4321',
      fax: '+86 571 8765 4322',
      email: 'sales@shangyi.example',
      taxNumber: '91330108MA2B0K1X3P',
      bank: 'ICBC Hangzhou Binjiang Branch',
      bankAccount: '1202 0214 0990 0123 456',
    }),
    customer: fieldsOf({
      name: 'Hongyuan Electrical Equipment Ltd.',
      contact: 'Jim Wang',
      phone: '+86 138 0571 2233',
      contactPhone: '+86 138 0571 2233',
      address: '199 Baizhang East Road, Yinzhou, Ningbo',
      taxNumber: '91330212MA2J4XQW5T',
      bank: 'Bank of Ningbo',
      bankAccount: '4001 1122 3344 5566',
    }),
    items: [
      { code: 'ZC-6204', name: 'Deep groove ball bearing', specification: '6204-2RS', unit: 'pcs' },
      { code: 'LS-M8', name: 'Stainless hexagon socket screw', specification: 'M8×40 A2-70', unit: 'box' },
      { code: 'DJ-15', name: 'Three-phase induction motor', specification: 'YE3-90L-4 1.5kW', unit: 'pcs' },
    ],
    terms: {
      payment: '30 % in advance, balance within 30 days',
      delivery: 'By truck, freight paid by seller',
      to: '199 Baizhang East Road, store 2, Ningbo',
      remark: 'Certificates to travel with the goods.',
    },
  },
};

/** A commercial document with `count` lines, as every definition gives one to its print. */
export function commercialData(type: string, language: Language, count: number): PrintData {
  const { company, customer, items, terms } = samples[language];
  const lines = Array.from({ length: count }, (_, index): PrintFields => {
    const item = items[index % items.length] ?? { code: '', name: '', specification: '', unit: '' };
    const quantity = (index % 7) + 2;
    const price = 1_850 + (index % 5) * 12_345;
    return {
      ...fieldsOf({ itemCode: item.code, name: item.name, spec: item.specification, unit: item.unit }),
      quantity: pieces(quantity, item.unit),
      grossPrice: { kind: 'price', value: price * 10_000, currency: 'CNY' },
      taxRate: { kind: 'rate', value: 130_000 },
      grossAmount: yuan(quantity * price),
    };
  });
  const gross = lines.reduce((sum, line) => sum + Number(line.grossAmount?.value), 0);
  const net = Math.round((gross * 100) / 113);
  return {
    type,
    title: type,
    number: 'SO20261121-0007',
    state: '',
    fields: {
      day: day('2026-11-21'),
      validUntil: day('2026-12-20'),
      deliverBy: day('2026-12-05'),
      signedOn: day('2026-11-21'),
      source: text('SO20261118-0003'),
      ...fieldsOf({
        paymentTerms: terms.payment,
        deliveryMethod: terms.delivery,
        deliveryAddress: terms.to,
        recipient: '',
        recipientPhone: '',
        billingTitle: '',
        billingTaxNumber: '',
        remark: terms.remark,
        customerReference: 'PO-88231',
        signedAt: '',
      }),
    },
    lineFields: [
      ...['itemCode', 'customerCode', 'itemPicture', 'name', 'spec', 'unit', 'quantity'],
      ...['grossPrice', 'taxRate', 'grossAmount', 'remark'],
    ],
    lines,
    totals: { netAmount: yuan(net), tax: yuan(gross - net), grossAmount: yuan(gross) },
    company,
    customer,
    people: fieldsOf(
      language === 'en'
        ? { owner: 'Li Hua', maker: 'Chen Jing', approver: 'Zhao Lei' }
        : language === 'zh-TW'
          ? { owner: '李華', maker: '陳靜', approver: '趙磊' }
          : { owner: '李华', maker: '陈静', approver: '赵磊' },
    ),
    labels: {},
  };
}

/** Money received for `count` documents. */
export function receiptData(language: Language, count: number): PrintData {
  const base = commercialData('receipt', language, 0);
  const lines = Array.from({ length: count }, (_, index) => ({
    sourceNumber: text(`SO20261118-000${index + 1}`),
    day: day('2026-11-18'),
    amount: yuan(140_950 + index * 100),
  }));
  const total = lines.reduce((sum, line) => sum + Number(line.amount.value), 0);
  return {
    ...base,
    number: 'RC20261121-0002',
    fields: {
      day: day('2026-11-21'),
      ...fieldsOf({
        paymentMethod: { 'zh-CN': '银行转账', 'zh-TW': '銀行轉帳', en: 'Bank transfer' }[language],
        account: { 'zh-CN': '工行 3456', 'zh-TW': '玉山 2345', en: 'ICBC 3456' }[language],
        remark: '',
      }),
    },
    lineFields: ['sourceNumber', 'day', 'amount', 'remark'],
    lines,
    totals: { grossAmount: yuan(total), prepaid: yuan(0) },
  };
}

/** An account with `count` rows: goods on odd rows, money on even ones. */
export function statementData(language: Language, count: number): PrintData {
  const base = commercialData('customerStatement', language, 0);
  const words = { 'zh-CN': ['出库单', '收款单'], 'zh-TW': ['出庫單', '收款單'], en: ['Delivery', 'Receipt'] }[language];
  let balance = 1_250_000;
  const lines = Array.from({ length: count }, (_, index): PrintFields => {
    const isMoney = index % 2 === 1;
    const amount = 88_800 + index * 1_234;
    balance += isMoney ? -amount : amount;
    return {
      day: day('2026-11-08'),
      document: text(words[isMoney ? 1 : 0] ?? ''),
      number: text(`${isMoney ? 'RC' : 'CK'}20261108-${String(index + 1).padStart(4, '0')}`),
      ...(isMoney ? { credit: yuan(amount) } : { debit: yuan(amount) }),
      balance: yuan(balance),
    };
  });
  return {
    ...base,
    number: 'ST202611-0031',
    fields: fieldsOf({ period: '2026-11-01 — 2026-11-30', currency: 'CNY' }),
    lineFields: ['day', 'document', 'number', 'remark', 'debit', 'credit', 'balance', 'invoiced', 'invoicedOn'],
    lines,
    totals: { opening: yuan(1_250_000), closing: yuan(balance) },
  };
}

/** One thing that is sold, for its label. */
export function itemData(language: Language, _count: number): PrintData {
  const [item] = samples[language].items;
  return {
    ...commercialData('item', language, 0),
    fields: {
      ...fieldsOf({ name: item?.name ?? '', spec: item?.specification ?? '', code: item?.code ?? '', barcode: '6901234567892' }),
      grossPrice: { kind: 'price', value: 12_500_000, currency: 'CNY' },
    },
    lineFields: [],
  };
}

export function namesOf(data: PrintData): PrintNames {
  return {
    merge: mergeFieldsOf(data, 'zh-CN').map((field) => field.name),
    line: lineFieldsOf(data, 'zh-CN').map((field) => field.name),
  };
}

export function fieldsOf(values: Record<string, string>): PrintFields {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, text(value)]));
}
