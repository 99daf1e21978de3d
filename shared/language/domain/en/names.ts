import type { DomainWords } from '../../labels.ts';

export const types: DomainWords['types'] = {
  department: { one: 'Department', many: 'Departments' },
  position: { one: 'Position', many: 'Positions' },
  user: { one: 'User', many: 'Users' },
  currency: { one: 'Currency', many: 'Currencies' },
  taxCode: { one: 'Tax code', many: 'Tax codes' },
  dictionaryEntry: { one: 'List entry', many: 'List entries' },
  account: { one: 'Account', many: 'Accounts' },
  paymentMethod: { one: 'Payment method', many: 'Payment methods' },
  warehouse: { one: 'Warehouse', many: 'Warehouses' },
  itemCategory: { one: 'Item category', many: 'Item categories' },
  item: { one: 'Item', many: 'Items' },
  customer: { one: 'Customer', many: 'Customers' },
  contact: { one: 'Contact', many: 'Contacts' },
  printTemplate: { one: 'Print template', many: 'Print templates' },
  quotation: { one: 'Quotation', many: 'Quotations' },
  frameContract: { one: 'Frame contract', many: 'Frame contracts' },
  salesOrder: { one: 'Sales order', many: 'Sales orders' },
  stockOut: { one: 'Goods issue', many: 'Goods issues' },
  receipt: { one: 'Receipt', many: 'Receipts' },
  costAdjustment: { one: 'Cost adjustment', many: 'Cost adjustments' },
  openingStock: { one: 'Opening stock', many: 'Opening stock' },
  openingBalance: { one: 'Opening balance', many: 'Opening balances' },
};

export const parts: DomainWords['parts'] = {
  common: { lines: 'Lines', allocations: 'Allocations' },
  position: { grants: 'Record rights', specialRights: 'Special rights', fieldRights: 'Field rights' },
  user: { positions: 'Positions held' },
  item: { units: 'Other units', barcodes: 'Other barcodes', prices: 'Prices by level', pictures: 'Pictures' },
  customer: { addresses: 'Addresses', billingTitles: 'Billing details' },
  costAdjustment: { lines: 'Adjustment lines' },
  openingStock: { lines: 'Opening lines' },
};

export const groups: DomainWords['groups'] = {
  kind: 'Kind',
  prices: 'Prices and tax',
  stock: 'Stock',
  pictures: 'Pictures',
  classification: 'Classification',
  address: 'Address',
  reach: 'Contact details',
  billing: 'Billing',
  credit: 'Credit and terms',
  responsible: 'Responsible',
  person: 'Personal',
  terms: 'Terms',
  sums: 'Totals',
  delivery: 'Delivery',
  reversal: 'Reversal',
};

export const areas: DomainWords['areas'] = {
  people: 'Organisation',
  money: 'Money',
  settings: 'Settings',
  stock: 'Stock',
  items: 'Items',
  customers: 'Customers',
  sales: 'Sales',
  delivery: 'Delivery',
};

export const operations: DomainWords['operations'] = {
  read: 'View',
  create: 'Create',
  change: 'Change',
  delete: 'Delete',
  share: 'Share',
  assign: 'Assign',
  approve: 'Approve',
  void: 'Void',
  print: 'Print',
  export: 'Export',
};

export const scopes: DomainWords['scopes'] = {
  none: 'None',
  own: 'Own',
  department: 'Department',
  departmentTree: 'Dept. and below',
  all: 'Company',
};

export const rights: DomainWords['rights'] = {
  'see.cost': 'See costs',
  'see.purchasePrice': 'See purchase prices',
  'see.salesPrice': 'See sales prices and amounts',
  'see.contact': 'See contact details',
  'see.credit': 'See credit limits',
  'see.floorPrice': 'See lowest prices',
  'see.bank': 'See bank accounts',
  'price.belowFloor': 'Approve prices below the lowest price',
  'credit.exceed': 'Approve above the credit limit',
  'stock.negative': 'Issue goods below zero stock',
  'settlement.undo': 'Undo settlements',
  import: 'Import data',
  'audit.read': 'Read the audit log',
  'versions.restore': 'Restore earlier versions',
  'recycleBin.purge': 'Empty the recycle bin',
  'sessions.manage': 'Manage signed-in users',
  'addresses.manage': 'Manage address rules',
  'devices.manage': 'Manage devices',
  'settings.change': 'Change settings',
  'backups.keep': 'Keep the backups',
  'users.manage': 'Manage users and rights',
  'templates.change': 'Change print templates',
  'figures.read': 'See business figures',
  'tokens.own': 'Use API tokens',
  'securityKeys.own': 'Sign in with security keys',
};

export const ledgers: DomainWords['ledgers'] = {
  stock: 'Stock quantity',
  cost: 'Stock value',
  promise: 'Promised stock',
  receivable: 'Receivables',
  cash: 'Cash and bank',
};

export const dictionaries: DomainWords['dictionaries'] = {
  customerGrade: 'Customer grade',
  customerCategory: 'Customer category',
  customerStatus: 'Customer status',
  region: 'Region',
  trade: 'Trade',
  companySize: 'Company size',
  customerSource: 'Customer source',
  customerRelation: 'Customer relation',
  customerWorth: 'Customer value',
  creditGrade: 'Credit grade',
  priceLevel: 'Price level',
  lostReason: 'Reason for loss',
  deliveryMethod: 'Delivery method',
  carrier: 'Carrier',
};
