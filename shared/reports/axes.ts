import type { Axis } from './defineReport.ts';

const dictionary = (name: string): Axis => ({ kind: 'link', to: 'dictionaryEntry', dictionary: name });

/** Spans of time, the same wherever there is a day. */
export const timeAxes = {
  day: { kind: 'day' },
  month: { kind: 'month' },
  quarter: { kind: 'quarter' },
  year: { kind: 'year' },
} as const satisfies Record<string, Axis>;
export const timesOf = (path: string) => ({ day: path, month: path, quarter: path, year: path });

export const itemAxes = {
  item: { kind: 'link', to: 'item', shows: ['code', 'spec', 'unit'] },
  itemCategory: { kind: 'link', to: 'itemCategory' },
  itemBranch: { kind: 'branch', to: 'itemCategory' },
} as const satisfies Record<string, Axis>;

/** The paths of these axes, from where the item stands. */
export const itemsOf = (path: string) => ({ item: path, itemCategory: `${path}.category`, itemBranch: `${path}.category` });

/** A customer and everything customers are classified by. */
export const customerAxes = {
  customer: { kind: 'link', to: 'customer' },
  customerCategory: dictionary('customerCategory'),
  region: dictionary('region'),
  trade: dictionary('trade'),
  companySize: dictionary('companySize'),
  customerGrade: dictionary('customerGrade'),
  customerSource: dictionary('customerSource'),
  customerRelation: dictionary('customerRelation'),
  customerWorth: dictionary('customerWorth'),
  customerStatus: dictionary('customerStatus'),
} as const satisfies Record<string, Axis>;
export const customersOf = (path: string) => ({
  customer: path,
  customerCategory: `${path}.category`,
  region: `${path}.region`,
  trade: `${path}.trade`,
  companySize: `${path}.size`,
  customerGrade: `${path}.grade`,
  customerSource: `${path}.source`,
  customerRelation: `${path}.relation`,
  customerWorth: `${path}.worth`,
  customerStatus: `${path}.status`,
});

/** Whose work it is. */
export const ownerAxes = {
  owner: { kind: 'link', to: 'user' },
  department: { kind: 'link', to: 'department' },
} as const satisfies Record<string, Axis>;
export const ownersOf = { owner: 'owner', department: 'department' };

export const warehouseAxis = { kind: 'link', to: 'warehouse' } as const satisfies Axis;
export const dictionaryAxis = dictionary;

/** Documents that count as long as they stand, and those that take others back (红冲). */
export const postedStates = { posted: 1, reversed: 1, reversal: -1 } as const;
/** The same for what takes away from what others added. */
export const returnedStates = { posted: -1, reversed: -1, reversal: 1 } as const;
