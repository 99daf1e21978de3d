import { defineRecord } from '../kernel/defineRecord.ts';
import { choice, dictionary, flag, link, note, picture, price, quantity, text } from '../kernel/fields.ts';

/** Something that is sold, bought or used. Its type decides whether stock moves. */
export const item = defineRecord({
  type: 'item',
  area: 'items',
  title: 'name',
  visibility: { by: 'company' },
  numbering: { field: 'code', series: 'P{serial:6}', drawnAt: 'create', editable: true },
  duplicates: { exact: [['name', 'spec']] },
  fills: { mnemonic: { from: 'name', as: 'mnemonic' } },
  search: { show: ['code', 'name', 'spec', 'unit'] },
  sort: [{ field: 'code', direction: 'ascending' }],
  fields: {
    code: text({ max: 40, unique: true, list: true, search: 'code' }),
    name: text({ max: 200, required: true, list: true, search: 'text', sorted: 'pinyin' }),
    spec: text({ max: 200, list: true, search: 'text' }),
    mnemonic: text({ max: 40, search: 'code', format: 'code' }),
    barcode: text({ max: 40, list: true, search: 'code', format: 'barcode', indexed: true }),
    category: link('itemCategory', { list: true, indexed: true }),
    itemType: choice(['goods', 'service', 'sparePart', 'officeSupply', 'gift'], { required: true, default: 'goods', group: 'kind' }),
    origin: choice(['bought', 'made', 'consigned', 'intangible'], { required: true, default: 'bought', group: 'kind' }),
    unit: text({ max: 20, required: true, list: true }),
    taxCode: link('taxCode', { group: 'prices' }),
    grossPrice: price({ min: 0, list: true, secret: 'salesPrice', group: 'prices' }),
    floorPrice: price({ min: 0, secret: 'floorPrice', group: 'prices' }),
    safetyStock: quantity({ min: 0, group: 'stock' }),
    mainWarehouse: link('warehouse', { group: 'stock' }),
    picture: picture({ group: 'pictures' }),
    stopped: flag({ group: 'kind' }),
    remark: note({ max: 1000 }),
  },
  parts: {
    units: {
      max: 10,
      key: ['unit'],
      fields: {
        unit: text({ max: 20, required: true }),
        ratio: quantity({ required: true, min: 1 }),
        barcode: text({ max: 40, format: 'barcode' }),
      },
    },
    barcodes: {
      max: 30,
      key: ['barcode'],
      fields: { barcode: text({ max: 40, required: true, format: 'barcode', search: 'code' }), unit: text({ max: 20 }) },
    },
    prices: {
      max: 20,
      key: ['level'],
      fields: {
        level: dictionary('priceLevel', { required: true, secret: 'salesPrice' }),
        grossPrice: price({ required: true, min: 0, secret: 'salesPrice' }),
      },
    },
    pictures: { max: 20, key: ['picture'], fields: { picture: picture({ required: true }), caption: text({ max: 100 }) } },
  },
});

/** Where an item stands in the tree of goods. */
export const itemCategory = defineRecord({
  type: 'itemCategory',
  area: 'items',
  title: 'name',
  visibility: { by: 'company' },
  tree: { parent: 'parent' },
  fields: {
    name: text({ max: 80, required: true, list: true, search: 'text', sorted: 'pinyin' }),
    code: text({ max: 40, list: true, search: 'code' }),
    parent: link('itemCategory', { list: true }),
    remark: note(),
  },
});

export const warehouse = defineRecord({
  type: 'warehouse',
  area: 'stock',
  title: 'name',
  visibility: { by: 'company' },
  sort: [{ field: 'code', direction: 'ascending' }],
  fields: {
    code: text({ max: 20, unique: true, list: true, search: 'code' }),
    name: text({ max: 80, required: true, unique: true, list: true, search: 'text', sorted: 'pinyin' }),
    keeper: link('user', { list: true }),
    department: link('department', { list: true }),
    address: text({ max: 300, list: true }),
    phone: text({ max: 60, secret: 'contact' }),
    negativeStock: choice(['forbid', 'warn', 'allow'], { required: true, default: 'forbid' }),
    main: flag({ list: true }),
    stopped: flag({ list: true }),
    remark: note(),
  },
});
