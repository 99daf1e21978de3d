import { defineRecord } from '../kernel/defineRecord.ts';
import { choice, dictionary, flag, integer, link, note, picture, price, quantity, text } from '../kernel/fields.ts';
import { trackings } from './lot.ts';

interface ItemKind {
  /** Stock of it lies in warehouses and moves; nothing moves when its type or its origin says no. */
  readonly stockMoves: boolean;
  /** What has to be known of it before it can be saved. */
  readonly needs: readonly ('grossPrice' | 'standardCost')[];
}

/** What the type of an item decides. What is given away or used up in the office has no price. */
const itemTypes = {
  goods: { stockMoves: true, needs: ['grossPrice'] },
  service: { stockMoves: false, needs: ['grossPrice'] },
  sparePart: { stockMoves: true, needs: ['grossPrice'] },
  officeSupply: { stockMoves: true, needs: [] },
  gift: { stockMoves: true, needs: [] },
} as const satisfies Record<string, ItemKind>;

/** What its origin decides. What we make ourselves has no purchase that would tell its cost. */
const itemOrigins = {
  bought: { stockMoves: true, needs: [] },
  made: { stockMoves: true, needs: ['standardCost'] },
  consigned: { stockMoves: true, needs: [] },
  intangible: { stockMoves: false, needs: [] },
} as const satisfies Record<string, ItemKind>;

/** Types and origins of which no stock is kept. */
export const stockless = {
  itemType: kindsOf(itemTypes, (kind) => !kind.stockMoves),
  origin: kindsOf(itemOrigins, (kind) => !kind.stockMoves),
} as const;

/** Whether stock of an item is kept, by its type and origin. */
export const keepsStock = ({ itemType, origin }: { readonly itemType: string; readonly origin: string }): boolean =>
  !stockless.itemType.some((kind) => kind === itemType) && !stockless.origin.some((kind) => kind === origin);

const neededBy = (field: ItemKind['needs'][number]) => ({
  itemType: kindsOf(itemTypes, (kind) => kind.needs.includes(field)),
  origin: kindsOf(itemOrigins, (kind) => kind.needs.includes(field)),
});

function kindsOf<K extends string>(kinds: Readonly<Record<K, ItemKind>>, fits: (kind: ItemKind) => boolean): K[] {
  return (Object.keys(kinds) as K[]).filter((kind) => fits(kinds[kind]));
}

/** Something that is sold, bought or used. Its type decides whether stock moves. */
export const item = defineRecord({
  type: 'item',
  area: 'items',
  title: 'name',
  visibility: { by: 'company' },
  numbering: { field: 'code', series: 'P{serial:6}', drawnAt: 'create', editable: true },
  duplicates: { exact: [['name', 'spec']] },
  fills: { mnemonic: { from: 'name', as: 'mnemonic' } },
  face: { field: 'picture', part: 'pictures', row: 'picture' },
  search: { show: ['code', 'name', 'spec', 'unit', 'picture'] },
  sort: [{ field: 'code', direction: 'ascending' }],
  operations: ['read', 'create', 'change', 'delete', 'print', 'export'],
  print: { templates: ['label50x30', 'label40x30', 'label60x40', 'labelA4'], include: [], labels: true },
  fields: {
    code: text({ max: 40, unique: true, list: true, search: 'code' }),
    name: text({ max: 200, required: true, list: true, search: 'text', sorted: 'pinyin' }),
    spec: text({ max: 200, list: true, search: 'text' }),
    mnemonic: text({ max: 40, search: 'code', format: 'code' }),
    barcode: text({ max: 40, list: true, search: 'code', format: 'barcode', indexed: true }),
    category: link('itemCategory', { list: true, indexed: true }),
    itemType: choice(Object.keys(itemTypes) as (keyof typeof itemTypes)[], { required: true, default: 'goods', group: 'kind' }),
    origin: choice(Object.keys(itemOrigins) as (keyof typeof itemOrigins)[], { required: true, default: 'bought', group: 'kind' }),
    unit: text({ max: 20, required: true, list: true }),
    taxCode: link('taxCode', { group: 'prices' }),
    grossPrice: price({ min: 0, list: true, secret: 'salesPrice', group: 'prices', requiredWhen: neededBy('grossPrice') }),
    floorPrice: price({ min: 0, secret: 'floorPrice', group: 'prices' }),
    standardCost: price({ min: 0, secret: 'cost', group: 'prices', requiredWhen: neededBy('standardCost') }),
    safetyStock: quantity({ min: 0, group: 'stock' }),
    tracking: choice(trackings, { required: true, default: 'none', group: 'stock' }),
    shelfLifeDays: integer({ min: 1, max: 36_500, group: 'stock' }),
    expiryWarnDays: integer({ min: 0, max: 3650, group: 'stock' }),
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
        ratio: quantity({ required: true, min: 1, ratio: true }),
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
    // What one of it is made of; the parts are given in their own base units.
    components: {
      max: 200,
      key: ['component'],
      fields: { component: link('item', { required: true }), quantity: quantity({ required: true, min: 1 }) },
    },
    // How much should lie there at least and at most; without a warehouse, everywhere together.
    stockLimits: {
      max: 100,
      key: ['warehouse', 'minimum', 'maximum'],
      fields: {
        warehouse: link('warehouse'),
        minimum: quantity({ min: 0 }),
        maximum: quantity({ min: 0 }),
        notify: link('user'),
        alsoNotify: link('user'),
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
  search: { show: ['code', 'name', 'keeper'] },
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
