import { defineDocument } from '../../kernel/defineDocument.ts';
import type { Guard } from '../../kernel/definition.ts';
import { day, dictionary, link, price, quantity, rate, text } from '../../kernel/fields.ts';
import { hasLines } from '../guards.ts';

/** What holds for a time, for customers of one price level or for all of them. */
const validity = {
  subject: text({ max: 100, required: true, list: true, search: 'text' }),
  day: day({ required: true, default: 'today', list: true, indexed: true }),
  validFrom: day({ required: true, default: 'today', list: true, indexed: true }),
  validUntil: day({ list: true, indexed: true }),
  priceLevel: dictionary('priceLevel', { list: true }),
} as const;

const life = {
  draft: { editable: 'all', look: 'draft', deletable: true, watermark: true },
  pending: { editable: 'none', look: 'waiting', watermark: true },
  approved: { editable: ['validUntil', 'remark'], look: 'active' },
  closed: { editable: 'none', look: 'done' },
} as const;

const endsAfterItBegins: Guard = {
  name: 'endsAfterItBegins',
  check: ({ values }) =>
    values.validUntil !== null && String(values.validUntil) < String(values.validFrom)
      ? { code: 'prices.endsTooEarly', fields: [{ path: 'validUntil', code: 'prices.endsTooEarly' }] }
      : null,
};

/** A line says of what, an item or a category, and what is granted: a price of the item, or so much off. */
const saysWhatAndHowMuch: Guard = {
  name: 'saysWhatAndHowMuch',
  check: (promotion) => {
    const wrong = (promotion.parts.lines ?? []).flatMap((line, index) => {
      const isOne = Boolean(line.item) !== Boolean(line.category);
      const isGranted = (line.grossPrice !== null) !== (line.discount !== null) && !(line.category && line.grossPrice !== null);
      return isOne && isGranted ? [] : [{ path: `lines.${index}.${isOne ? 'grossPrice' : 'item'}`, code: 'prices.lineIncomplete' }];
    });
    return wrong.length === 0 ? null : { code: 'prices.lineIncomplete', facts: { count: wrong.length }, fields: wrong };
  },
};

const stepsWith = <const G extends readonly Guard[]>(guards: G) =>
  ({
    submit: { from: ['draft'], to: 'pending', operation: 'change', requires: guards },
    approve: { from: ['draft', 'pending'], to: 'approved', operation: 'approve', requires: guards },
    reject: { from: ['pending'], to: 'draft', operation: 'approve', asksReason: true },
    withdraw: { from: ['pending'], to: 'draft', operation: 'change' },
    close: { from: ['approved'], to: 'closed', operation: 'approve', asksReason: true },
  }) as const;

const priceOperations = ['read', 'create', 'change', 'delete', 'approve', 'print', 'export'] as const;

/** The price book: what items cost from a day on, until the next book says otherwise. In the company's own money, tax included. */
export const priceBook = defineDocument({
  type: 'priceBook',
  area: 'sales',
  visibility: { by: 'company' },
  operations: priceOperations,
  numbering: { series: 'PB{yyyy}-{serial:4}', drawnAt: 'create' },
  fields: validity,
  parts: {
    lines: {
      max: 5000,
      required: true,
      key: ['item', 'grossPrice'],
      entry: true,
      fields: {
        item: link('item', { required: true, indexed: true }),
        name: text({ max: 200 }),
        spec: text({ max: 200 }),
        unit: text({ max: 20 }),
        grossPrice: price({ required: true, min: 0, secret: 'salesPrice' }),
        remark: text({ max: 200 }),
      },
    },
  },
  states: life,
  steps: stepsWith([hasLines, endsAfterItBegins]),
  print: { templates: ['priceList'], include: ['owner'] },
});

/** A promotion: better prices for a while, from a quantity on where one is given, for some customers or for all. */
export const promotion = defineDocument({
  type: 'promotion',
  area: 'sales',
  visibility: { by: 'company' },
  operations: ['read', 'create', 'change', 'delete', 'approve', 'export'],
  numbering: { series: 'PM{yyyy}-{serial:4}', drawnAt: 'create' },
  fields: { ...validity, validUntil: day({ required: true, list: true, indexed: true }) },
  parts: {
    lines: {
      max: 1000,
      required: true,
      key: ['item', 'category'],
      entry: true,
      fields: {
        item: link('item', { indexed: true }),
        name: text({ max: 200 }),
        category: link('itemCategory', { indexed: true }),
        minQuantity: quantity({ min: 1 }),
        grossPrice: price({ min: 0, secret: 'salesPrice' }),
        discount: rate({ min: 1, max: 1_000_000, secret: 'salesPrice' }),
        remark: text({ max: 200 }),
      },
    },
    customers: { max: 2000, key: ['customer'], fields: { customer: link('customer', { required: true, indexed: true }) } },
  },
  states: life,
  steps: stepsWith([hasLines, endsAfterItBegins, saysWhatAndHowMuch]),
});
