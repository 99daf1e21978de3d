import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { duplicateKeys } from '../../server/database/codec.ts';
import { insertRecord, insertRecords, loadRecords, replaceParts, updateRecord } from '../../server/database/rows.ts';
import type { Store } from '../../server/database/store.ts';
import { defineRecord } from '../../shared/kernel/defineRecord.ts';
import { flag, integer, money, note, text } from '../../shared/kernel/fields.ts';
import { openWith, stores } from './stores.ts';

const shelf = defineRecord({
  type: 'bookCase',
  area: 'x',
  title: 'fullName',
  visibility: { by: 'company' },
  duplicates: { exact: [['fullName']], near: 'fullName' },
  fields: {
    fullName: text({ max: 80, sorted: 'pinyin' }),
    code: text({ max: 20, unique: true }),
    worth: money(),
    open: flag({ default: true }),
    remark: note(),
  },
  parts: {
    oldBooks: { max: 100, fields: { title: text({ max: 80 }), pages: integer(), read: flag() } },
    notes: { max: 100, fields: { text: text({ max: 80 }) } },
  },
});
const morning = { at: '2026-01-01T08:00:00.000Z', by: 1 };
const evening = { at: '2026-01-01T20:00:00.000Z', by: 2 };

describe.each(stores)('records on $name', (kind) => {
  let store: Store;
  beforeAll(async () => {
    store = await openWith(kind, [shelf]);
  });
  afterAll(() => store.close());

  const load = async (id: number) => (await store.read((tx) => loadRecords(tx, shelf, [id], { parts: true })))[0]!;
  const make = (values: Parameters<typeof insertRecord>[2]['values'], oldBooks: Record<string, string | number | boolean | null>[] = []) =>
    store.write((tx) => insertRecord(tx, shelf, { values, parts: { oldBooks }, stamps: morning }));

  test('a record comes back as it was stored, rows in their order', async () => {
    const made = await make({ fullName: '文学', worth: 9_007_199_254_740_991, open: false }, [
      { title: '西游记', pages: 100, read: true },
      { title: '三国', pages: null },
    ]);
    expect(made.values).toEqual({ fullName: '文学', code: null, worth: 9_007_199_254_740_991, open: false, remark: null });
    expect(made.parts.oldBooks).toMatchObject([
      { title: '西游记', pages: 100, read: true },
      { title: '三国', pages: null, read: false },
    ]);
    expect(await load(made.id)).toEqual(made);
    expect(made.stamps).toEqual({
      createdAt: morning.at,
      createdBy: 1,
      changedAt: morning.at,
      changedBy: 1,
      deletedAt: null,
      deletedBy: null,
    });
  });

  test('a name carries its place in the phone book and its folded keys beside it', async () => {
    const made = await make({ fullName: '宏遠集團有限公司' });
    const row = await store.read((tx) => tx('book_cases').where({ id: made.id }).first());
    expect(row).toMatchObject({ full_name_sort: expect.stringMatching(/^~hong2~yuan3/), fold_key: '宏远集团有限公司', near_key: '宏远' });
    expect(duplicateKeys(shelf, { fullName: '' })).toEqual({ fold: null, near: null });
    const renamed = await store.write((tx) => updateRecord(tx, shelf, made, { values: { fullName: 'Zebra' }, stamps: evening }));
    expect(await store.read((tx) => tx('book_cases').where({ id: made.id }).first())).toMatchObject({
      full_name_sort: 'zebra zebra',
      fold_key: 'zebra',
    });
    expect(await load(made.id)).toEqual(renamed);
  });

  test('a change writes only what differs, and a stale one nothing at all', async () => {
    const made = await make({ fullName: '变', worth: 1, remark: 'a' });
    const changed = await store.write((tx) => updateRecord(tx, shelf, made, { values: { worth: 2, remark: 'a' }, stamps: evening }));
    expect(changed).toMatchObject({
      version: 2,
      values: { worth: 2, remark: 'a' },
      stamps: { createdBy: 1, changedBy: 2, changedAt: evening.at },
    });
    expect(await load(made.id)).toEqual(changed);
    await expect(store.write((tx) => updateRecord(tx, shelf, made, { values: { worth: 3 }, stamps: evening }))).rejects.toThrow(
      'no longer at version 1',
    );
    expect((await load(made.id)).values.worth).toBe(2);
  });

  test('what lies in the recycle bin gives its number free and can come back', async () => {
    const made = await make({ fullName: '箱', code: 'S1' });
    const gone = await store.write((tx) => updateRecord(tx, shelf, made, { deleted: true, stamps: evening }));
    expect(await load(made.id)).toEqual(gone);
    expect(gone.stamps).toMatchObject({ deletedAt: evening.at, deletedBy: 2 });
    const second = await make({ fullName: '箱', code: 'S1' });
    const fault = await store
      .write((tx) => updateRecord(tx, shelf, gone, { deleted: false, stamps: evening }))
      .catch((caught: unknown) => caught);
    expect(store.dialect.uniqueViolation(fault)?.table).toBe('book_cases');
    await store.write((tx) => updateRecord(tx, shelf, second, { deleted: true, stamps: evening }));
    const back = await store.write((tx) => updateRecord(tx, shelf, gone, { deleted: false, stamps: evening }));
    expect((await load(made.id)).stamps).toMatchObject({ deletedAt: null, deletedBy: null });
    expect(back.version).toBe(3);
  });

  test('rows are changed, added, moved and dropped as the form left them, the others keep their ids', async () => {
    const made = await make({ fullName: '行' }, [{ title: 'a' }, { title: 'b' }, { title: 'c' }]);
    const [a, b, c] = made.parts.oldBooks!;
    const after = await store.write((tx) =>
      replaceParts(tx, shelf, {
        id: made.id,
        part: 'oldBooks',
        before: made.parts.oldBooks!,
        after: [{ id: c!.id }, { title: 'new', pages: 5 }, { id: a!.id, title: 'A' }],
      }),
    );
    expect(after).toMatchObject([
      { id: c!.id, title: 'c' },
      { title: 'new', pages: 5, read: false },
      { id: a!.id, title: 'A' },
    ]);
    expect((await load(made.id)).parts.oldBooks).toEqual(after);
    expect(after.map((row) => row.id)).not.toContain(b!.id);
  });

  test('a row of another record is not taken for one of its own', async () => {
    const mine = await make({ fullName: '我' }, [{ title: 'mine' }]);
    const other = await make({ fullName: '他' }, [{ title: 'other' }]);
    const stolen = {
      id: mine.id,
      part: 'oldBooks',
      before: mine.parts.oldBooks!,
      after: [{ id: other.parts.oldBooks![0]!.id, title: 'stolen' }],
    };
    await expect(store.write((tx) => replaceParts(tx, shelf, stolen))).rejects.toMatchObject({
      code: 'record.unknownRow',
      facts: { row: 0 },
    });
    expect(await load(other.id)).toEqual(other);
  });

  test('thousands of records and rows go in with few statements and come out in order', async () => {
    const inputs = Array.from({ length: 2500 }, (_, index) => ({
      values: { fullName: `many ${index}` },
      parts: { oldBooks: [{ title: `${index} first` }, { title: `${index} second` }] },
      stamps: morning,
    }));
    const made = await store.write((tx) => insertRecords(tx, shelf, inputs));
    const ids = made.map((record) => record.id).toReversed();
    const found = await store.read((tx) => loadRecords(tx, shelf, [...ids, 999_999], { parts: true }));
    expect(found).toEqual(made.toReversed());
    expect(found[0]?.parts.oldBooks?.map((row) => row.title)).toEqual(['2499 first', '2499 second']);
  });
});
