import type { DomainWords } from '../../labels.ts';

export const types: DomainWords['types'] = {
  department: { one: '部门' },
  position: { one: '岗位' },
  user: { one: '用户' },
  currency: { one: '币种' },
  taxCode: { one: '税种' },
  dictionaryEntry: { one: '辅助资料' },
  account: { one: '账户' },
  paymentMethod: { one: '收款方式' },
  warehouse: { one: '仓库' },
  itemCategory: { one: '商品分类' },
  item: { one: '商品' },
  customer: { one: '客户' },
  contact: { one: '联系人' },
  printTemplate: { one: '打印模板' },
  quotation: { one: '报价单' },
  frameContract: { one: '框架合同' },
  salesOrder: { one: '销售订单' },
  stockOut: { one: '出库单' },
  receipt: { one: '收款单' },
  costAdjustment: { one: '成本调整单' },
  openingStock: { one: '期初库存' },
  openingBalance: { one: '期初余额' },
};

export const parts: DomainWords['parts'] = {
  common: { lines: '明细', allocations: '核销明细' },
  position: { grants: '数据权限', specialRights: '特殊权限', fieldRights: '字段权限' },
  user: { positions: '所任岗位' },
  item: { units: '辅助单位', barcodes: '其他条码', prices: '等级价格', pictures: '商品图片' },
  customer: { addresses: '收货与其他地址', billingTitles: '开票抬头' },
  costAdjustment: { lines: '调整明细' },
  openingStock: { lines: '期初明细' },
};

export const groups: DomainWords['groups'] = {
  kind: '属性',
  prices: '价格与税',
  stock: '库存',
  pictures: '图片',
  classification: '分类',
  address: '地址',
  reach: '联系方式',
  billing: '开票资料',
  credit: '信用与账期',
  responsible: '归属',
  person: '个人情况',
  terms: '交易条款',
  sums: '金额合计',
  delivery: '送货',
  reversal: '红冲',
};

export const areas: DomainWords['areas'] = {
  people: '组织与人员',
  money: '资金',
  settings: '设置',
  stock: '库存',
  items: '商品',
  customers: '客户',
  sales: '销售',
  delivery: '出库送货',
};

export const operations: DomainWords['operations'] = {
  read: '查看',
  create: '新增',
  change: '修改',
  delete: '删除',
  share: '共享',
  assign: '分配',
  approve: '审核',
  void: '作废',
  print: '打印',
  export: '导出',
};

export const scopes: DomainWords['scopes'] = {
  none: '无权限',
  own: '本人',
  department: '本部门',
  departmentTree: '本部门及下级',
  all: '全公司',
};

export const rights: DomainWords['rights'] = {
  'see.cost': '查看成本',
  'see.purchasePrice': '查看进价',
  'see.salesPrice': '查看售价与金额',
  'see.contact': '查看联系方式',
  'see.credit': '查看信用额度',
  'see.floorPrice': '查看最低售价',
  'see.bank': '查看银行账号',
  'price.belowFloor': '批准低于最低售价的单据',
  'credit.exceed': '批准超出信用额度的单据',
  'stock.negative': '允许负库存出库',
  'settlement.undo': '撤销核销',
  import: '导入资料',
  'audit.read': '查看操作日志',
  'versions.restore': '恢复历史版本',
  'recycleBin.purge': '清除回收站',
  'sessions.manage': '管理在线用户',
  'addresses.manage': '管理地址规则',
  'devices.manage': '管理设备',
  'settings.change': '修改系统设置',
  'backups.keep': '管理备份',
  'users.manage': '管理用户与权限',
  'templates.change': '修改打印模板',
  'figures.read': '查看经营数据',
  'tokens.own': '使用接口令牌',
  'securityKeys.own': '使用安全密钥登录',
};

export const ledgers: DomainWords['ledgers'] = {
  stock: '库存数量账',
  cost: '库存成本账',
  promise: '订单占用账',
  receivable: '应收账',
  cash: '资金账',
};

export const dictionaries: DomainWords['dictionaries'] = {
  customerGrade: '客户等级',
  customerCategory: '客户类别',
  customerStatus: '客户状态',
  region: '地区',
  trade: '所属行业',
  companySize: '企业规模',
  customerSource: '客户来源',
  customerRelation: '客户关系',
  customerWorth: '客户价值',
  creditGrade: '信用等级',
  priceLevel: '价格等级',
  lostReason: '失单原因',
  deliveryMethod: '交货方式',
  carrier: '承运商',
};
