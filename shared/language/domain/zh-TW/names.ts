import type { DomainWords } from '../../labels.ts';

export const types: DomainWords['types'] = {
  department: { one: '部門' },
  position: { one: '職位' },
  user: { one: '使用者' },
  currency: { one: '幣別' },
  taxCode: { one: '稅別' },
  dictionaryEntry: { one: '輔助資料' },
  account: { one: '帳戶' },
  paymentMethod: { one: '收款方式' },
  warehouse: { one: '倉庫' },
  itemCategory: { one: '商品分類' },
  item: { one: '商品' },
  customer: { one: '客戶' },
  contact: { one: '聯絡人' },
  printTemplate: { one: '列印範本' },
  quotation: { one: '報價單' },
  frameContract: { one: '框架合約' },
  salesOrder: { one: '銷售訂單' },
  stockOut: { one: '出庫單' },
  receipt: { one: '收款單' },
  costAdjustment: { one: '成本調整單' },
  openingStock: { one: '期初庫存' },
  openingBalance: { one: '期初餘額' },
};

export const parts: DomainWords['parts'] = {
  common: { lines: '明細', allocations: '沖銷明細' },
  position: { grants: '資料權限', specialRights: '特殊權限', fieldRights: '欄位權限' },
  user: { positions: '所任職位' },
  item: { units: '輔助單位', barcodes: '其他條碼', prices: '等級價格', pictures: '商品圖片' },
  customer: { addresses: '收貨與其他地址', billingTitles: '發票抬頭' },
  costAdjustment: { lines: '調整明細' },
  openingStock: { lines: '期初明細' },
};

export const groups: DomainWords['groups'] = {
  kind: '屬性',
  prices: '價格與稅',
  stock: '庫存',
  pictures: '圖片',
  classification: '分類',
  address: '地址',
  reach: '聯絡方式',
  billing: '發票資料',
  credit: '信用與付款條件',
  responsible: '歸屬',
  person: '個人情況',
  terms: '交易條款',
  sums: '金額合計',
  delivery: '送貨',
  reversal: '紅字沖銷',
};

export const areas: DomainWords['areas'] = {
  people: '組織與人員',
  money: '資金',
  settings: '設定',
  stock: '庫存',
  items: '商品',
  customers: '客戶',
  sales: '銷售',
  delivery: '出庫送貨',
};

export const operations: DomainWords['operations'] = {
  read: '檢視',
  create: '新增',
  change: '修改',
  delete: '刪除',
  share: '共用',
  assign: '分派',
  approve: '審核',
  void: '作廢',
  print: '列印',
  export: '匯出',
};

export const scopes: DomainWords['scopes'] = {
  none: '無權限',
  own: '本人',
  department: '本部門',
  departmentTree: '本部門及所屬',
  all: '全公司',
};

export const rights: DomainWords['rights'] = {
  'see.cost': '檢視成本',
  'see.purchasePrice': '檢視進價',
  'see.salesPrice': '檢視售價與金額',
  'see.contact': '檢視聯絡方式',
  'see.credit': '檢視信用額度',
  'see.floorPrice': '檢視最低售價',
  'see.bank': '檢視銀行帳號',
  'price.belowFloor': '批准低於最低售價的單據',
  'credit.exceed': '批准超出信用額度的單據',
  'stock.negative': '允許負庫存出庫',
  'settlement.undo': '撤銷沖銷',
  import: '匯入資料',
  'audit.read': '檢視操作紀錄',
  'versions.restore': '還原歷史版本',
  'recycleBin.purge': '清除資源回收筒',
  'sessions.manage': '管理線上使用者',
  'addresses.manage': '管理位址規則',
  'devices.manage': '管理裝置',
  'settings.change': '修改系統設定',
  'backups.keep': '管理備份',
  'users.manage': '管理使用者與權限',
  'templates.change': '修改列印範本',
  'figures.read': '檢視營運數據',
  'tokens.own': '使用 API 權杖',
  'securityKeys.own': '使用安全金鑰登入',
};

export const ledgers: DomainWords['ledgers'] = {
  stock: '庫存數量帳',
  cost: '庫存成本帳',
  promise: '訂單保留帳',
  receivable: '應收帳款帳',
  cash: '資金帳',
};

export const dictionaries: DomainWords['dictionaries'] = {
  customerGrade: '客戶等級',
  customerCategory: '客戶類別',
  customerStatus: '客戶狀態',
  region: '地區',
  trade: '產業別',
  companySize: '企業規模',
  customerSource: '客戶來源',
  customerRelation: '客戶關係',
  customerWorth: '客戶價值',
  creditGrade: '信用等級',
  priceLevel: '價格等級',
  lostReason: '未成交原因',
  deliveryMethod: '交貨方式',
  carrier: '貨運公司',
};
