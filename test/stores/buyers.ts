import { insertRecords } from '../../server/database/rows.ts';
import type { Store } from '../../server/database/store.ts';
import { tableOf } from '../../server/database/tables.ts';
import { tokensOf } from '../../server/engine/store.ts';
import { Catalogue } from '../../shared/kernel/catalogue.ts';
import { defineDocument } from '../../shared/kernel/defineDocument.ts';
import { defineRecord } from '../../shared/kernel/defineRecord.ts';
import type { Definition, Value } from '../../shared/kernel/definition.ts';
import { choice, day, flag, link, money, note, quantity, text } from '../../shared/kernel/fields.ts';

export const region = defineRecord({
  type: 'region',
  area: 'x',
  title: 'name',
  visibility: { by: 'company' },
  tree: { parent: 'parent' },
  fields: { name: text({ max: 80, search: 'text', sorted: 'pinyin' }), parent: link('region') },
});
export const buyer = defineRecord({
  type: 'buyer',
  area: 'x',
  title: 'name',
  visibility: { by: 'owner' },
  search: { show: ['code', 'name', 'region'] },
  fields: {
    code: text({ max: 40, unique: true, search: 'code' }),
    name: text({ max: 80, search: 'text', sorted: 'pinyin' }),
    region: link('region'),
    phone: text({ max: 40, search: 'code', secret: 'contact' }),
    credit: money({ in: 'base', secret: 'credit' }),
    stopped: flag(),
    remark: note(),
  },
});
export const deal = defineDocument({
  type: 'deal',
  area: 'x',
  visibility: { by: 'owner', through: 'buyer' },
  numbering: { series: 'D{serial:4}', drawnAt: 'create' },
  states: { draft: { editable: 'all', look: 'draft' }, done: { editable: 'none', look: 'done' } },
  steps: {},
  fields: {
    buyer: link('buyer', { search: 'text' }),
    day: day({ indexed: true }),
    currency: link('region'),
    total: money(),
    kind: choice(['short', 'long']),
  },
  parts: { lines: { max: 10, fields: { good: link('region'), amount: quantity(), note: text({ max: 20 }) } } },
});
/** Made-up types that have everything a list may ask for. */
export const catalogue = new Catalogue([region, buyer, deal], []);
export const stamps = { at: '2026-01-01T00:00:00.000Z', by: 1 };

/** Four regions in a tree, four buyers and three deals. */
export async function fill(store: Store): Promise<void> {
  await put(store, region, [
    { values: { name: '华东', parent: null } },
    { values: { name: '上海', parent: 1 } },
    { values: { name: '浦东', parent: 2 } },
    { values: { name: '华北', parent: null } },
  ]);
  await put(store, buyer, [
    {
      values: {
        code: 'C001',
        name: '宏远贸易',
        region: 3,
        phone: '13800138000',
        credit: 100,
        stopped: false,
        remark: '50%_off',
        owner: 1,
        department: 1,
      },
    },
    {
      values: {
        code: 'C002',
        name: '阿里巴巴',
        region: 2,
        phone: '13900139000',
        credit: 200,
        stopped: false,
        remark: '50xxoff',
        owner: 2,
        department: 1,
      },
    },
    {
      values: {
        code: 'C003',
        name: '重庆火锅',
        region: null,
        phone: null,
        credit: null,
        stopped: true,
        remark: null,
        owner: 1,
        department: 2,
      },
    },
    {
      values: { code: 'C0010', name: 'Boeing', region: 4, phone: null, credit: 300, stopped: false, remark: '', owner: 3, department: 3 },
    },
  ]);
  await put(store, deal, [
    {
      state: 'draft',
      values: { number: 'D0001', buyer: 1, day: '2026-01-05', currency: 1, total: 1000, kind: 'short', owner: 1 },
      parts: { lines: [{ good: 3, amount: 5, note: 'x' }] },
    },
    {
      state: 'done',
      values: { number: 'D0002', buyer: 2, day: '2026-01-06', currency: 1, total: 500, kind: null, owner: 2 },
      parts: { lines: [{ good: 4, amount: 1, note: null }] },
    },
    { state: 'done', values: { number: 'D0003', buyer: 1, day: '2026-01-05', currency: 2, total: 700, kind: 'long', owner: 2 } },
  ]);
}

type Sample = { values: Record<string, Value>; state?: string; parts?: Record<string, Record<string, Value>[]> };

async function put(store: Store, definition: Definition, records: readonly Sample[]): Promise<void> {
  await store.write(async (tx) => {
    const made = await insertRecords(
      tx,
      definition,
      records.map((record) => ({ stamps, ...record })),
    );
    const tokens = made.map((record) => ({ id: record.id, tokens: tokensOf(definition, record) }));
    await store.dialect.indexManyTokens(tx, tableOf(definition), tokens);
  });
}
