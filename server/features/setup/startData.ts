import type { Language } from '../../../shared/language/languages.ts';

type Words = Readonly<Record<Language, string>>;
const words = (zhCN: string, zhTW: string, en: string): Words => ({ 'zh-CN': zhCN, 'zh-TW': zhTW, en });

/** The lists a new company starts with, in its own language; it may change every entry. Grades have the same letters everywhere. */
export const startDictionaries: Readonly<Record<string, readonly Words[]>> = {
  customerGrade: ['A', 'B', 'C', 'D'].map((letter) => words(letter, letter, letter)),
  customerCategory: [words('企业', '企業', 'Company'), words('经销商', '經銷商', 'Dealer'), words('个人', '個人', 'Private person')],
  customerStatus: [
    words('潜在', '潛在', 'Prospect'),
    words('新客户', '新客戶', 'New'),
    words('现有', '現有', 'Active'),
    words('流失', '流失', 'Lost'),
    words('恢复', '恢復', 'Won back'),
  ],
  region: [
    words('华东', '北部', 'East'),
    words('华南', '中部', 'South'),
    words('华北', '南部', 'North'),
    words('华中', '東部', 'Central'),
    words('西南', '離島', 'South-west'),
    words('西北', '海外', 'North-west'),
    words('东北', '大陸', 'North-east'),
  ],
  trade: [
    words('制造业', '製造業', 'Manufacturing'),
    words('批发零售', '批發零售', 'Wholesale and retail'),
    words('建筑业', '營造業', 'Construction'),
    words('交通运输', '運輸業', 'Transport'),
    words('餐饮', '餐飲', 'Catering'),
    words('医药', '醫藥', 'Medicine'),
  ],
  companySize: [
    words('50人以下', '50人以下', 'Up to 50 people'),
    words('50–300人', '50–300人', '50–300 people'),
    words('300人以上', '300人以上', 'More than 300 people'),
  ],
  customerSource: [
    words('老客户介绍', '老客戶介紹', 'Referral'),
    words('展会', '展覽', 'Trade fair'),
    words('广告', '廣告', 'Advertising'),
    words('电话营销', '電話行銷', 'Telephone'),
    words('自动上门', '主動上門', 'Walk-in'),
  ],
  customerRelation: [words('普通', '普通', 'Ordinary'), words('重要', '重要', 'Important'), words('战略', '策略', 'Strategic')],
  customerWorth: [words('高', '高', 'High'), words('中', '中', 'Medium'), words('低', '低', 'Low')],
  creditGrade: ['AAA', 'AA', 'A', 'B'].map((letter) => words(letter, letter, letter)),
  priceLevel: [words('批发价', '批發價', 'Wholesale'), words('零售价', '零售價', 'Retail'), words('会员价', '會員價', 'Member')],
  lostReason: [words('价格', '價格', 'Price'), words('交期', '交期', 'Delivery time'), words('质量', '品質', 'Quality')],
  deliveryMethod: [
    words('送货上门', '送貨到府', 'Our own delivery'),
    words('物流', '物流', 'Freight'),
    words('快递', '快遞', 'Courier'),
    words('自提', '自取', 'Pick-up'),
  ],
  supplierGrade: ['A', 'B', 'C', 'D'].map((letter) => words(letter, letter, letter)),
  purchaseReturnReason: [
    words('质量问题', '品質不良', 'Quality'),
    words('型号不符', '規格不符', 'Wrong goods'),
    words('多送', '多送', 'Too many delivered'),
    words('其他', '其他', 'Other'),
  ],
  supplierCategory: [
    words('生产厂家', '製造商', 'Manufacturer'),
    words('代理商', '代理商', 'Agent'),
    words('服务商', '服務商', 'Service provider'),
  ],
  returnReason: [
    words('质量问题', '品質問題', 'Quality'),
    words('发错货', '出錯貨', 'Wrong goods'),
    words('多发', '多出貨', 'Too many'),
    words('客户不要了', '客戶不要了', 'No longer wanted'),
  ],
  stockReason: [
    words('赠送', '贈送', 'Gift'),
    words('报废', '報廢', 'Scrapped'),
    words('盘外找到', '尋獲', 'Found'),
    words('样品', '樣品', 'Sample'),
    words('运输损耗', '運輸損耗', 'Lost in transport'),
    words('其他', '其他', 'Other'),
  ],
  expenseCategory: [
    words('差旅费', '差旅費', 'Travel'),
    words('业务招待费', '交際費', 'Entertainment'),
    words('交通费', '交通費', 'Transport'),
    words('办公费', '文具用品', 'Office'),
    words('通讯费', '郵電費', 'Telephone'),
    words('运费', '運費', 'Freight'),
    words('其他', '其他', 'Other'),
  ],
  cashCategory: [
    words('利息收入', '利息收入', 'Interest received'),
    words('其他收入', '其他收入', 'Other income'),
    words('房租', '租金', 'Rent'),
    words('水电费', '水電費', 'Utilities'),
    words('工资', '薪資', 'Wages'),
    words('税费', '稅捐', 'Taxes'),
    words('银行手续费', '銀行手續費', 'Bank charges'),
    words('其他支出', '其他支出', 'Other expenses'),
  ],
  carrier: [words('顺丰速运', '黑貓宅急便', 'SF Express'), words('德邦快递', '新竹物流', 'Deppon'), words('中国邮政', '中華郵政', 'Post')],
};

/** What the program goes by, where a list has entries that mean something to it: their codes, in the order of the entries. */
export const startCodes: Readonly<Record<string, readonly string[]>> = {
  customerStatus: ['potential', 'new', 'active', 'lost', 'regained'],
};

interface StartTax {
  readonly name: Words;
  /** 10⁻⁶. */
  readonly rate: number;
  readonly exempt?: boolean;
  readonly legalSource: string;
}

/** Tax codes by country of the company's currency; rates are data that the company keeps up to date. */
export const startTaxes: Readonly<Record<string, readonly StartTax[]>> = {
  CNY: [
    ...[13, 9, 6, 3, 1].map((percent) => ({
      name: words(`增值税 ${percent}%`, `增值稅 ${percent}%`, `VAT ${percent}%`),
      rate: percent * 10_000,
      legalSource: '财政部 税务总局 海关总署公告2019年第39号; 财政部 税务总局公告2023年第19号',
    })),
    { name: words('零税率', '零稅率', 'Zero rate'), rate: 0, legalSource: '增值税法' },
    { name: words('免税', '免稅', 'Exempt'), rate: 0, exempt: true, legalSource: '增值税法' },
  ],
  TWD: [
    { name: words('营业税 5%', '營業稅 5%', 'Business tax 5%'), rate: 50_000, legalSource: '加值型及非加值型營業稅法第10條' },
    { name: words('零税率', '零稅率', 'Zero rate'), rate: 0, legalSource: '加值型及非加值型營業稅法第7條' },
    { name: words('免税', '免稅', 'Exempt'), rate: 0, exempt: true, legalSource: '加值型及非加值型營業稅法第8條' },
  ],
};

export const otherTaxes = (rate: number): readonly StartTax[] => [
  { name: words(`税 ${rate / 10_000}%`, `稅 ${rate / 10_000}%`, `Tax ${rate / 10_000}%`), rate, legalSource: '' },
  { name: words('免税', '免稅', 'Exempt'), rate: 0, exempt: true, legalSource: '' },
];

interface StartCurrency {
  readonly code: string;
  readonly name: Words;
  readonly symbol: string;
  readonly digits: number;
}

/** ISO 4217 codes and digits. */
export const startCurrencies: readonly StartCurrency[] = [
  { code: 'CNY', name: words('人民币', '人民幣', 'Renminbi'), symbol: '¥', digits: 2 },
  { code: 'TWD', name: words('新台币', '新臺幣', 'New Taiwan dollar'), symbol: 'NT$', digits: 0 },
  { code: 'USD', name: words('美元', '美元', 'US dollar'), symbol: 'US$', digits: 2 },
  { code: 'EUR', name: words('欧元', '歐元', 'Euro'), symbol: '€', digits: 2 },
  { code: 'HKD', name: words('港元', '港幣', 'Hong Kong dollar'), symbol: 'HK$', digits: 2 },
];

export const startNames = {
  company: words('公司', '公司', 'Company'),
  warehouse: words('主仓库', '主倉庫', 'Main warehouse'),
  bank: words('基本户', '主要帳戶', 'Bank account'),
  cash: words('现金', '現金', 'Cash'),
  orderType: words('标准销售', '標準銷售', 'Standard'),
  noticeType: words('通知发货', '通知出貨', 'By delivery notice'),
  alipay: words('支付宝', '支付寶', 'Alipay'),
  wechat: words('微信', '微信', 'WeChat Pay'),
  methods: [
    words('银行转账', '銀行轉帳', 'Bank transfer'),
    words('现金', '現金', 'Cash'),
    words('支票', '支票', 'Cheque'),
    words('承兑汇票', '承兌匯票', 'Bill of exchange'),
    words('支付宝', '支付寶', 'Alipay'),
    words('微信支付', '微信支付', 'WeChat Pay'),
  ],
} as const;
