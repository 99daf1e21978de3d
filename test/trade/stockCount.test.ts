import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import type { StoredRecord } from '../../server/database/rows.ts';
import { printDataFor } from '../../server/features/printing/data/printDataFor.ts';
import { stockList } from '../../server/features/trade/stockList.ts';
import { instantOf } from '../../shared/kernel/days.ts';
import { expectProven, movesOf, stores } from '../scenarios/office.ts';
import { keysIn, openShop, piece, type Shop, yuan } from './shop.ts';

describe.each(stores)('Counting while trade goes on, on $name', (kind) => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await openShop(kind);
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const counting = async (values: Record<string, string | number> = {}) =>
    shop.office.step('chen', await shop.office.create('chen', 'stockCount', { warehouse: shop.warehouse, ...values }), 'start');
  const sheet = (who: string, count: { id: number }, lines: Record<string, string | number>[], zone = '') =>
    shop.office.create(who, 'countSheet', { count: count.id, zone }, { lines });
  const handedIn = async (count: { id: number }, lines: Record<string, string | number>[]) =>
    shop.office.step('chen', await sheet('chen', count, lines), 'post');
  const now = async (count: { id: number }) => (await shop.office.read('admin', 'stockCount', count.id)) as unknown as StoredRecord;
  const step = async (who: string, count: { id: number }, name: string, reason?: string) =>
    shop.office.step(who, await now(count), name, reason);
  const lineOf = (count: StoredRecord, item: number) => count.parts.lines?.find((line) => line.item === item);
  const onHand = async () =>
    Object.fromEntries(
      (await shop.office.look('zhao', (work) => stockList(work, {}))).rows.map((row) => [row.item, [row.onHand, row.value]]),
    );

  test('each line is held against what the books held when it was counted, whatever was sold before and after', async () => {
    const order = await shop.order([
      { item: shop.pen.id, quantity: 30 * piece },
      { item: shop.book.id, quantity: 10 * piece },
    ]);
    const count = await counting();
    expect(lineOf(count, shop.pen.id)).toMatchObject({ snapshot: 100 * piece, counted: null });
    // Twenty pens leave before the pens are counted: 80 should be there, and 79 are.
    const ship = async (item: number, quantity: number) => {
      const rows = [{ id: order.parts.lines?.find((line) => line.item === item)?.id ?? 0, amount: quantity }];
      return shop.office.step('chen', await shop.office.become('chen', 'stockOut', [{ type: 'salesOrder', id: order.id, rows }]), 'post');
    };
    await ship(shop.pen.id, 20 * piece);
    await handedIn(count, [{ item: shop.pen.id, quantity: 79 * piece }]);
    // Ten more leave after they were counted: that changes nothing of the difference.
    await ship(shop.pen.id, 10 * piece);
    await handedIn(count, [{ item: shop.book.id, quantity: 43 * piece }]);
    const review = await step('chen', count, 'finish');
    expect(lineOf(review, shop.pen.id)).toMatchObject({
      moved: -20 * piece,
      counted: 79 * piece,
      difference: -piece,
      differenceCost: -6 * yuan,
    });
    expect(lineOf(review, shop.book.id)).toMatchObject({ moved: 0, counted: 43 * piece, difference: 3 * piece, differenceCost: 30 * yuan });
    expect(review.values).toMatchObject({ differences: 2, missing: 0 });
    const posted = await step('zhao', count, 'post');
    const [gain, loss] = [posted.values.gainNote, posted.values.lossNote].map(Number);
    expect(await movesOf(shop.office, { type: 'stockGain', id: gain ?? 0 })).toBe(
      `stock | count -> warehouse:${shop.warehouse} | ${3 * piece}\ncost | count -> stock | ${30 * yuan}`,
    );
    expect(await movesOf(shop.office, { type: 'stockLoss', id: loss ?? 0 })).toBe(
      `stock | warehouse:${shop.warehouse} -> count | ${piece}\ncost | stock -> count | ${6 * yuan}`,
    );
    expect((await shop.office.read('zhao', 'stockLoss', loss ?? 0)).values.count).toBe(count.id);
    expect(await onHand()).toEqual({ [shop.pen.id]: [69 * piece, 414 * yuan], [shop.book.id]: [43 * piece, 430 * yuan] });
  });

  test('several people count one thing in several places and units, and their sheets add up', async () => {
    const count = await counting();
    await handedIn(count, [{ item: shop.pen.id, quantity: 5 * piece, unit: '盒', unitRatio: 12 * piece }]);
    const second = await sheet('admin', count, [{ item: shop.pen.id, quantity: 41 * piece }], '二楼');
    await shop.office.step('admin', second, 'post');
    expect(lineOf(await now(count), shop.pen.id)).toMatchObject({ counted: 101 * piece, difference: piece });
    const open = await shop.office.read('admin', 'countSheet', second.id);
    await shop.office.step('admin', { ...second, version: open.version }, 'takeBack', '数错');
    expect(lineOf(await now(count), shop.pen.id)).toMatchObject({ counted: 60 * piece, difference: -40 * piece });
  });

  test('what differs is counted again, and the second count replaces the first', async () => {
    const count = await counting();
    await handedIn(count, [
      { item: shop.pen.id, quantity: 90 * piece },
      { item: shop.book.id, quantity: 40 * piece },
    ]);
    await step('chen', count, 'finish');
    await expect(step('chen', count, 'post')).rejects.toMatchObject({ code: 'access.denied' });
    await step('zhao', count, 'recount');
    await handedIn(count, [{ item: shop.pen.id, quantity: 99 * piece }]);
    const review = await step('chen', count, 'finish');
    expect(lineOf(review, shop.pen.id)).toMatchObject({ counted: 99 * piece, countRound: 2, difference: -piece });
    expect(lineOf(review, shop.book.id)).toMatchObject({ counted: 40 * piece, countRound: 1, difference: 0 });
    const posted = await step('zhao', count, 'post');
    expect(posted.values.gainNote).toBeNull();
  });

  test('what nobody counted stays as it is, or is gone when the stock-take says so; what was found and not expected comes in', async () => {
    const found = await shop.office.create('admin', 'item', { name: '尺子', unit: '把', itemType: 'gift' });
    const keep = await counting();
    await handedIn(keep, [{ item: found.id, quantity: 4 * piece }]);
    const review = await step('chen', keep, 'finish');
    expect(review.values).toMatchObject({ differences: 1, missing: 2 });
    expect(lineOf(review, found.id)).toMatchObject({ snapshot: 0, difference: 4 * piece });
    await step('zhao', keep, 'post');
    const zero = await counting({ uncounted: 'zero' });
    await handedIn(zero, [
      { item: shop.pen.id, quantity: 100 * piece },
      { item: found.id, quantity: 0 },
    ]);
    await step('chen', zero, 'finish');
    await step('zhao', zero, 'post');
    expect(await onHand()).toMatchObject({ [shop.pen.id]: [100 * piece, 600 * yuan], [shop.book.id]: [0, 0], [found.id]: [0, 0] });
  });

  test('a posted stock-take is taken back with both of its notes', async () => {
    const count = await counting();
    await handedIn(count, [
      { item: shop.pen.id, quantity: 101 * piece },
      { item: shop.book.id, quantity: 39 * piece },
    ]);
    await step('chen', count, 'finish');
    const posted = await step('zhao', count, 'post');
    const back = await step('zhao', count, 'takeBack', '重盘');
    expect([back.state, back.values.gainNote, back.values.lossNote]).toEqual(['review', null, null]);
    expect((await shop.office.read('zhao', 'stockGain', Number(posted.values.gainNote))).state).toBe('void');
    expect(await onHand()).toMatchObject({ [shop.pen.id]: [100 * piece, 600 * yuan], [shop.book.id]: [40 * piece, 400 * yuan] });
    await step('zhao', count, 'post');
    expect(await onHand()).toMatchObject({ [shop.pen.id]: [101 * piece, 606 * yuan] });
  });

  test('who counts does not see what the books say', async () => {
    const count = await counting();
    await handedIn(count, [{ item: shop.pen.id, quantity: 90 * piece }]);
    const seen = keysIn(await shop.office.read('chen', 'stockCount', count.id));
    expect(['snapshot', 'moved', 'difference', 'differences', 'differenceCost'].filter((key) => seen.has(key))).toEqual([]);
    expect([...keysIn(await shop.office.read('zhao', 'stockCount', count.id))]).toEqual(expect.arrayContaining(['snapshot', 'difference']));
    await expect(shop.office.read('wang', 'stockCount', count.id)).rejects.toMatchObject({ code: 'record.notFound' });
  });

  test('a line keeps the moment at which it was counted, whatever is changed beside it later', async () => {
    const count = await counting();
    const draft = await sheet('chen', count, [
      { item: shop.pen.id, quantity: 100 * piece },
      { item: shop.book.id, quantity: 30 * piece },
    ]);
    const order = await shop.order([
      { item: shop.pen.id, quantity: 10 * piece },
      { item: shop.book.id, quantity: 10 * piece },
    ]);
    await shop.ship(order);
    const [pens, books] = draft.parts.lines ?? [];
    // The pens were counted before ten of them left, the books once more after ten of them had left.
    const lines = [{ id: pens?.id ?? 0 }, { id: books?.id ?? 0, quantity: 29 * piece }];
    const changed = await shop.office.change('chen', draft, { parts: { lines } });
    expect(changed.parts.lines?.[0]?.countedAt).toBe(pens?.countedAt);
    await shop.office.step('chen', changed, 'post');
    const after = await now(count);
    expect(lineOf(after, shop.pen.id)).toMatchObject({ moved: 0, difference: 0 });
    expect(lineOf(after, shop.book.id)).toMatchObject({ moved: -10 * piece, difference: -piece });
  });

  test('a line is counted when it was typed, however late the sheet is saved; a wrong clock counts as now', async () => {
    const count = await counting();
    const typedAt = clock.now();
    // Ten pens leave between the counting and the saving: a hundred were there, and ninety are.
    await new Promise((resolve) => setTimeout(resolve, 5));
    await shop.ship(await shop.order([{ item: shop.pen.id, quantity: 10 * piece }]));
    const at = instantOf(typedAt);
    const draft = await sheet('chen', count, [
      { item: shop.pen.id, quantity: 100 * piece, countedAt: at },
      { item: shop.book.id, quantity: 40 * piece, countedAt: '2099-01-01T00:00:00.000Z' },
      { item: shop.book.id, quantity: 0, countedAt: '2026-99-99T00:00:00.000Z' },
    ]);
    const [pens, books] = draft.parts.lines ?? [];
    expect(pens?.countedAt).toBe(at);
    expect(String(books?.countedAt) <= instantOf(clock.now())).toBe(true);
    const moved = await shop.office.change('chen', draft, {
      parts: { lines: [{ id: pens?.id ?? 0, countedAt: '2026-01-01T00:00:00.000Z' }, { id: books?.id ?? 0 }] },
    });
    expect(moved.parts.lines?.[0]?.countedAt).toBe(at);
    await shop.office.step('chen', moved, 'post');
    expect(lineOf(await now(count), shop.pen.id)).toMatchObject({ counted: 100 * piece, moved: 0, difference: 0 });
  });

  test('the list that is taken along to the shelves shows the books only to whoever may see them', async () => {
    const count = await counting();
    const columns = async (who: string) => {
      const of = { language: 'zh-CN' as const, shown: new Set<string>() };
      const data = await shop.office.look(who, (work) => printDataFor(work, shop.office.company.catalogue.get('stockCount'), count.id, of));
      return data.lineFields;
    };
    expect(await columns('chen')).not.toContain('snapshot');
    expect(await columns('chen')).toContain('counted');
    expect(await columns('zhao')).toContain('snapshot');
  });

  test('one thing is counted by one stock-take at a time, and only while it is being counted', async () => {
    const count = await counting();
    const other = await shop.office.create('chen', 'stockCount', { warehouse: shop.warehouse }, { lines: [{ item: shop.pen.id }] });
    await expect(shop.office.step('chen', other, 'start')).rejects.toMatchObject({
      code: 'count.overlaps',
      facts: { number: count.values.number },
    });
    const late = await sheet('chen', count, [{ item: shop.pen.id, quantity: piece }]);
    await step('chen', count, 'finish');
    await expect(shop.office.step('chen', late, 'post')).rejects.toMatchObject({ code: 'count.notCounting' });
    const empty = await shop.office.create('admin', 'warehouse', { name: '空库', code: 'E' });
    const nothing = await shop.office.create('chen', 'stockCount', { warehouse: empty.id });
    await expect(shop.office.step('chen', nothing, 'start')).rejects.toMatchObject({ code: 'count.nothing' });
  });

  test('a category is counted with all below it, and what is chosen by hand alone', async () => {
    const category = await shop.office.id('item_categories', { name: '文具' });
    const count = await counting({ category });
    expect(count.parts.lines?.map((line) => line.item)).toEqual([shop.pen.id]);
    const chosen = await shop.office.create('chen', 'stockCount', { warehouse: shop.warehouse }, { lines: [{ item: shop.book.id }] });
    const started = await shop.office.step('chen', chosen, 'start');
    expect(started.parts.lines?.map((line) => [line.item, line.snapshot])).toEqual([[shop.book.id, 40 * piece]]);
  });
});
