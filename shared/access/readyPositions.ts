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

const lists = ['currency', 'taxCode', 'dictionaryEntry', 'paymentMethod', 'warehouse', 'itemCategory'];
const customers = ['customer', 'contact'];
const sales = ['quotation', 'frameContract', 'salesOrder'];
const money = ['receipt', 'settlement', 'openingBalance'];
const everything = catalogue.definitions.map((definition) => definition.type);

/** What everybody needs to read a form: names of colleagues, currencies, taxes, lists, goods; and whoever handles goods labels them. */
const commonReading = [
  ...grants('all', ['read'], ['department', 'user', ...lists, 'item', 'printTemplate']),
  ...grants('all', ['print'], ['item']),
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
    ...grants('own', ['read', 'print'], ['stockOut', 'receipt']),
  ],
  special: ['see.salesPrice', 'see.contact', 'see.credit'],
};

const salesManager: ReadyPosition = {
  code: 'salesManager',
  names: { 'zh-CN': '销售主管', 'zh-TW': '銷售主管', en: 'Sales manager' },
  grants: [
    ...commonReading,
    ...grants('departmentTree', ['read', 'create', 'change', 'delete', 'export'], [...customers, ...sales]),
    ...grants('departmentTree', ['share', 'assign', 'print'], ['customer']),
    ...grants('departmentTree', ['approve', 'void', 'print'], sales),
    ...grants('departmentTree', ['read', 'print'], ['stockOut', 'receipt', 'settlement', 'openingBalance']),
  ],
  special: ['see.salesPrice', 'see.contact', 'see.credit', 'see.floorPrice', 'price.belowFloor', 'credit.exceed', 'figures.read', 'import'],
};

const buyer: ReadyPosition = {
  code: 'buyer',
  names: { 'zh-CN': '采购', 'zh-TW': '採購', en: 'Buyer' },
  grants: [
    ...commonReading,
    ...grants('all', ['create', 'change'], ['item', 'itemCategory']),
    ...grants('all', ['read'], ['openingStock', 'salesOrder']),
  ],
  special: ['see.cost', 'see.purchasePrice'],
};

const warehouseClerk: ReadyPosition = {
  code: 'warehouseClerk',
  names: { 'zh-CN': '仓管', 'zh-TW': '倉管', en: 'Warehouse clerk' },
  grants: [
    ...commonReading,
    // Goods go to somebody: the name and address are seen, telephone numbers, credit and prices are not.
    ...grants('all', ['read'], [...customers, 'salesOrder']),
    ...grants('all', ['read', 'create', 'change', 'delete', 'approve', 'void', 'print'], ['stockOut']),
    ...grants('all', ['read', 'create', 'change', 'print'], ['openingStock']),
    ...grants('all', ['change'], ['warehouse']),
  ],
  special: [],
};

const accountant: ReadyPosition = {
  code: 'accountant',
  names: { 'zh-CN': '会计', 'zh-TW': '會計', en: 'Accountant' },
  grants: [
    ...grants('all', ['read', 'export', 'print'], everything),
    ...grants('all', ['create', 'change', 'delete', 'approve', 'void'], money),
    ...grants('all', ['create', 'change', 'delete'], ['account', 'paymentMethod', 'taxCode', 'currency']),
    ...grants('all', ['create', 'change', 'approve', 'void'], ['openingStock']),
    ...grants('all', ['create', 'change', 'delete'], ['costAdjustment']),
  ],
  special: [...specialRights.filter((right) => right.startsWith('see.')), 'settlement.undo', 'figures.read', 'audit.read'],
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
