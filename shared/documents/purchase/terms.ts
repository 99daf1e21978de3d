import type { AnyRow } from '../../kernel/definition.ts';
import { day, link, text } from '../../kernel/fields.ts';
import { mulDiv } from '../../kernel/numbers.ts';
import { goodsFields, moneyTerms } from '../commercial.ts';

/** Who at the supplier is asked, from the people its record keeps. */
const supplierPeople = {
  link: 'supplier',
  part: 'contacts',
  takes: { contactName: 'name', contactPhone: 'mobile' },
} as const;

/** The supplier of a document, and whom to reach there. */
export const supplierFields = {
  supplier: link('supplier', { required: true, list: true, indexed: true, search: 'text' }),
  contactName: text({ max: 80, group: 'terms', suggest: supplierPeople }),
  contactPhone: text({ max: 60, secret: 'contact', group: 'terms' }),
} as const;

/** The head of every document that orders: from whom, in which money, on which terms. */
export const purchaseHeader = {
  ...supplierFields,
  day: day({ required: true, default: 'today', list: true, indexed: true }),
  ...moneyTerms,
  supplierReference: text({ max: 60, search: 'code', group: 'terms' }),
  deliverBy: day({ list: true, group: 'terms' }),
} as const;

/** What a new document takes from its supplier where the person leaves it empty. */
export const supplierTerms = {
  termDays: { from: 'supplier', as: 'linked', field: 'termDays' },
  monthEndTerms: { from: 'supplier', as: 'linked', field: 'monthEndTerms' },
} as const;

/** Target head field ← own head field, for every document that follows one with a supplier. */
export const supplierHeadCopy = {
  supplier: 'supplier',
  contactName: 'contactName',
  contactPhone: 'contactPhone',
  currency: 'currency',
  exchangeRate: 'exchangeRate',
  owner: 'owner',
  department: 'department',
} as const;

const { quantity: _counted, ...goods } = goodsFields;

/** Goods and prices go along with a row whatever it becomes; how much is counted. */
export const goodsRowCopy = Object.fromEntries(Object.keys(goods).map((name) => [name, name]));
/** What a sale tells whoever buys the goods for it: no price. */
export const goodsToBuy = { ...goodsRowCopy, warehouse: 'warehouse', remark: 'remark' } as const;

export const pricesRowCopy = {
  price: 'price',
  grossPrice: 'grossPrice',
  priceBasis: 'priceBasis',
  discount: 'discount',
  taxCode: 'taxCode',
  taxRate: 'taxRate',
  gift: 'gift',
} as const;

/** What a row that came from another takes over unchanged, so that no price is agreed twice. */
export const agreedPrices = (source: AnyRow): Partial<AnyRow> =>
  Object.fromEntries(Object.keys(pricesRowCopy).map((name) => [name, source[name] ?? null]));

/** The part of an amount that falls on so many of a whole: rounded from the first piece on, so that the parts add up to the amount. */
export const shareOf = (amount: unknown, taken: number, whole: number): number =>
  whole > 0 ? mulDiv([Number(amount ?? 0), taken], [whole]) : 0;

/** What of an amount falls on the pieces from `before` up to `after`. */
export const shareBetween = (amount: unknown, between: { before: number; after: number; whole: number }): number =>
  shareOf(amount, between.after, between.whole) - shareOf(amount, between.before, between.whole);
