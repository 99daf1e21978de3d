import { defineRecord } from '../kernel/defineRecord.ts';
import { day, link, note, price, text } from '../kernel/fields.ts';

/** What a customer calls an item of ours, and what was agreed with it: its code, its name, its price in the company's own money. */
export const customerItem = defineRecord({
  type: 'customerItem',
  area: 'customers',
  title: 'code',
  visibility: { by: 'parent', through: 'customer' },
  duplicates: { exact: [['customer', 'item']] },
  search: { show: ['code', 'name', 'item', 'customer'] },
  fields: {
    customer: link('customer', { required: true, list: true, indexed: true, owned: true }),
    item: link('item', { required: true, list: true, indexed: true }),
    code: text({ max: 60, list: true, search: 'code', indexed: true }),
    name: text({ max: 200, list: true, search: 'text' }),
    grossPrice: price({ min: 0, list: true, secret: 'salesPrice' }),
    validUntil: day({ list: true }),
    remark: note({ max: 500 }),
  },
});
