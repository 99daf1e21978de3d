import { catalogue } from '../catalogue.ts';
import { type Operation, operations, type Scope } from '../kernel/definition.ts';
import { type SpecialRight, specialRights } from '../kernel/specialRights.ts';
import type { Language } from '../language/languages.ts';

/** A position a new company starts with; it may change or delete every one of them. */
export interface ReadyPosition {
  readonly code: string;
  readonly names: Readonly<Record<Language, string>>;
  /** Everything, whatever is added later. */
  readonly administrator?: boolean;
  readonly grants: readonly Grant[];
  readonly special: readonly SpecialRight[];
  readonly fieldRights?: readonly { readonly type: string; readonly field: string; readonly access: 'hidden' | 'readOnly' }[];
}

export interface Grant {
  readonly type: string;
  readonly operation: Operation;
  readonly scope: Scope;
}

const lists = ['currency', 'taxCode', 'dictionaryEntry', 'paymentMethod', 'orderType', 'warehouse', 'itemCategory'];
const customers = ['customer', 'contact', 'customerItem'];
const prices = ['priceBook', 'promotion'];
const sales = ['quotation', 'frameContract', 'salesOrder'];
const purchasing = ['inquiry', 'supplierQuotation', 'purchaseContract', 'purchaseOrder', 'stockIn', 'purchaseReturn'];
const money = [
  ...['receipt', 'settlement', 'refund', 'debtTransfer', 'netting', 'openingBalance', 'openingCredit', 'customerConfirmation'],
  ...['payment', 'supplierSettlement', 'supplierRefund', 'payableTransfer', 'openingPayable', 'openingSupplierCredit', 'openingCash'],
  'supplierConfirmation',
];
const goodsNotes = ['stockTransfer', 'transferIn', 'otherIn', 'otherOut', 'requisition', 'requisitionReturn', 'assembly', 'disassembly'];
const stockTakes = ['stockCount', 'stockGain', 'stockLoss'];
const claims = ['expenseClaim', 'advance'];
const books = ['salesInvoice', 'redInvoice', 'purchaseInvoice', 'advanceReturn', 'cashEntry', 'cashTransfer', 'accountDay'];
/** Goods at customers without an order. */
const loans = ['sampleNote', 'loan', 'loanReturn', 'loanSale', 'loanWriteOff'];
const everything = catalogue.definitions.map((definition) => definition.type);

/** What everybody needs to read a form: names of colleagues, currencies, taxes, lists, goods; and whoever handles goods labels them. */
const commonReading = [
  ...grants('all', ['read'], ['department', 'user', ...lists, 'item', 'lot', 'printTemplate']),
  ...grants('all', ['print'], ['item']),
  // Everybody lays something out for the company now and then.
  ...grants('own', ['read', 'create', 'change', 'delete', 'print'], claims),
];

const salesperson: ReadyPosition = {
  code: 'salesperson',
  names: { 'zh-CN': '业务员', 'zh-TW': '業務員', en: 'Salesperson' },
  grants: [
    ...commonReading,
    ...grants('own', ['read', 'create', 'change'], [...customers, ...sales]),
    // Within floor price and credit a salesperson approves alone; what exceeds them waits for the manager.
    ...grants('own', ['delete', 'approve', 'void', 'print'], sales),
    ...grants('own', ['print'], ['customer']),
    ...grants('all', ['read', 'print'], prices),
    ...grants('own', ['read', 'create', 'change', 'delete', 'approve', 'void', 'print'], ['deliveryNotice']),
    ...grants('own', ['read', 'create', 'change', 'print'], ['salesReturn', ...loans]),
    ...grants('own', ['read', 'print'], ['stockOut', 'packingList', 'receipt', 'redInvoice']),
    // Whoever answers for a customer sees how it stands and asks for its refunds, which finance approves and pays.
    ...grants('own', ['read', 'print'], ['settlement', 'debtTransfer', 'openingBalance', 'openingCredit', 'customerConfirmation']),
    ...grants('own', ['read', 'create', 'change', 'delete'], ['refund']),
    // Sales asks for invoices, finance issues them.
    ...grants('own', ['read', 'create', 'change', 'delete', 'print'], ['salesInvoice']),
  ],
  special: ['see.salesPrice', 'see.contact', 'see.credit'],
  // Whom else a promotion was made for, and who supplied the goods, is not for everybody who sells.
  fieldRights: [
    { type: 'promotion', field: 'customers', access: 'hidden' },
    { type: 'lot', field: 'supplier', access: 'hidden' },
  ],
};

const salesManager: ReadyPosition = {
  code: 'salesManager',
  names: { 'zh-CN': '销售主管', 'zh-TW': '銷售主管', en: 'Sales manager' },
  grants: [
    ...commonReading,
    ...grants('departmentTree', ['read', 'create', 'change', 'delete', 'export'], [...customers, ...sales]),
    ...grants('departmentTree', ['share', 'assign', 'print'], ['customer']),
    ...grants('all', ['read', 'create', 'change', 'delete', 'approve', 'print', 'export'], prices),
    ...grants('departmentTree', ['approve', 'void', 'print'], sales),
    ...grants('departmentTree', ['read', 'create', 'change', 'delete', 'approve', 'void', 'print', 'export'], ['deliveryNotice']),
    ...grants('departmentTree', ['read', 'create', 'change', 'print', 'export'], ['salesReturn', ...loans]),
    ...grants('departmentTree', ['approve', 'void'], ['sampleNote', 'loanSale', 'loanWriteOff']),
    ...grants(
      'departmentTree',
      ['read', 'print'],
      [
        ...['stockOut', 'packingList', 'receipt', 'settlement', 'debtTransfer', 'openingBalance', 'openingCredit'],
        ...['customerConfirmation', 'redInvoice'],
      ],
    ),
    ...grants('departmentTree', ['read', 'create', 'change', 'delete', 'print'], ['refund']),
    ...grants('departmentTree', ['read', 'create', 'change', 'delete', 'print', 'export'], ['salesInvoice']),
    ...grants('departmentTree', ['read', 'approve', 'export'], claims),
  ],
  special: [
    'see.salesPrice',
    'see.contact',
    'see.credit',
    'see.floorPrice',
    'price.belowFloor',
    'credit.exceed',
    'delivery.override',
    'return.withoutDelivery',
    'figures.read',
    'import',
  ],
  fieldRights: [{ type: 'lot', field: 'supplier', access: 'hidden' }],
};

const buyersNeedNot = [
  ...['customer', 'contact', 'customerReference', 'deliveryAddress', 'recipient', 'recipientPhone'],
  ...['billingTitle', 'billingTaxNumber', 'signedAt', 'termDays', 'monthEndTerms'],
];

const buyer: ReadyPosition = {
  code: 'buyer',
  names: { 'zh-CN': '采购', 'zh-TW': '採購', en: 'Buyer' },
  grants: [
    ...commonReading,
    ...grants('all', ['create', 'change'], ['item', 'itemCategory']),
    ...grants('all', ['change', 'export'], ['lot']),
    ...grants('all', ['read', 'create', 'change', 'delete', 'print', 'export'], ['supplier', 'supplierPrice', ...purchasing]),
    ...grants('all', ['approve', 'void'], purchasing),
    ...grants('all', ['read'], ['openingStock', 'salesOrder']),
    ...grants('all', ['read', 'create', 'change', 'delete', 'print', 'export'], ['purchaseInvoice']),
  ],
  special: ['see.cost', 'see.purchasePrice', 'see.contact', 'see.bank'],
  // What customers ordered tells what to buy; who they are is the salespeople's matter.
  fieldRights: buyersNeedNot.map((field) => ({ type: 'salesOrder', field, access: 'hidden' })),
};

const warehouseClerk: ReadyPosition = {
  code: 'warehouseClerk',
  names: { 'zh-CN': '仓管', 'zh-TW': '倉管', en: 'Warehouse clerk' },
  grants: [
    ...commonReading,
    // Goods go to somebody: the name and address are seen, telephone numbers, credit and prices are not.
    ...grants('all', ['read'], [...customers, 'salesOrder']),
    ...grants(
      'all',
      ['read', 'create', 'change', 'delete', 'approve', 'void', 'print'],
      ['stockOut', 'packingList', 'salesReturn', 'loan', 'loanReturn', 'sampleNote'],
    ),
    ...grants('all', ['read', 'print'], ['deliveryNotice']),
    ...grants('all', ['read', 'create', 'change', 'print'], ['openingStock']),
    ...grants('all', ['read', 'create', 'change', 'delete', 'approve', 'void', 'print'], goodsNotes),
    // Whoever counts does not see what the books say and does not post what the count found.
    ...grants('all', ['read', 'create', 'change', 'delete', 'print'], ['stockCount', 'countSheet']),
    ...grants('all', ['change'], ['warehouse']),
    ...grants('all', ['change', 'export'], ['lot']),
    ...grants('all', ['read', 'create', 'change', 'delete', 'approve', 'void', 'print'], ['stockIn']),
    ...grants('all', ['read', 'create', 'change', 'approve', 'print'], ['purchaseReturn']),
    ...grants('all', ['read'], ['supplier', 'purchaseOrder']),
  ],
  special: [],
};

const accountant: ReadyPosition = {
  code: 'accountant',
  names: { 'zh-CN': '会计', 'zh-TW': '會計', en: 'Accountant' },
  grants: [
    ...grants('all', ['read', 'export', 'print'], everything),
    ...grants('all', ['create', 'change', 'delete', 'approve', 'void'], [...money, ...books, ...claims]),
    ...grants('all', ['create', 'change', 'delete'], ['account', 'paymentMethod', 'taxCode', 'currency']),
    ...grants('all', ['create', 'change', 'approve', 'void'], ['openingStock']),
    ...grants('all', ['change', 'approve', 'void'], stockTakes),
    ...grants('all', ['create', 'change', 'delete'], ['costAdjustment']),
  ],
  special: [
    ...specialRights.filter((right) => right.startsWith('see.')),
    'settlement.undo',
    'cash.pay',
    'import',
    'books.close',
    'figures.read',
    'audit.read',
  ],
};

const owner: ReadyPosition = {
  code: 'owner',
  names: { 'zh-CN': '老板', 'zh-TW': '老闆', en: 'Owner' },
  grants: grants('all', operations, everything),
  special: [...specialRights],
};

const administrator: ReadyPosition = {
  code: 'administrator',
  names: { 'zh-CN': '系统管理员', 'zh-TW': '系統管理員', en: 'System administrator' },
  administrator: true,
  grants: [],
  special: [],
};

export const readyPositions: readonly ReadyPosition[] = [
  salesperson,
  salesManager,
  buyer,
  warehouseClerk,
  accountant,
  owner,
  administrator,
];

/** Each operation on each type, as far as the type knows the operation. */
function grants(scope: Scope, of: readonly Operation[], types: readonly string[]): Grant[] {
  return types.flatMap((type) => {
    const known = catalogue.get(type).operations;
    return of.filter((operation) => known.includes(operation)).map((operation) => ({ type, operation, scope }));
  });
}
