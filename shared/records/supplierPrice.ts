import { defineRecord } from '../kernel/defineRecord.ts';
import { day, flag, integer, link, note, price, quantity, text } from '../kernel/fields.ts';

/** What a supplier asks for an item from a quantity on, for a time; per unit of the item's own. */
export const supplierPrice = defineRecord({
  type: 'supplierPrice',
  area: 'purchase',
  title: 'code',
  visibility: { by: 'company' },
  numbering: { field: 'code', series: 'SP{serial:6}', drawnAt: 'create' },
  search: { show: ['code', 'supplier', 'item'] },
  sort: [{ field: 'code', direction: 'descending' }],
  fields: {
    code: text({ max: 40, unique: true, derived: true, list: true, search: 'code' }),
    supplier: link('supplier', { required: true, list: true, indexed: true, search: 'text' }),
    item: link('item', { required: true, list: true, indexed: true, search: 'text' }),
    supplierCode: text({ max: 60, list: true, search: 'code' }),
    supplierName: text({ max: 200 }),
    minQuantity: quantity({ min: 0, default: 0, list: true }),
    grossPrice: price({ required: true, min: 0, list: true, secret: 'purchasePrice' }),
    currency: link('currency', { required: true, default: 'main', list: true }),
    validFrom: day({ list: true }),
    validUntil: day({ list: true }),
    leadDays: integer({ min: 0, max: 720, list: true }),
    stopped: flag(),
    remark: note(),
  },
});
