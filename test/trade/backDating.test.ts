import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import type { StoredRecord } from '../../server/database/rows.ts';
import { storeSettings } from '../../server/engine/settings.ts';
import { previewCosts } from '../../server/features/costing/preview.ts';
import { proveCosts } from '../../server/features/costing/recost.ts';
import { changeSettings, readSettings } from '../../server/features/settings/companySettings.ts';
import { costCard } from '../../server/features/trade/costCard.ts';
import { msOf } from '../../shared/kernel/days.ts';
import { expectProven, type Office, openOffice, stores } from '../scenarios/office.ts';
import { type Doors, openDoors } from '../support/server.ts';

const piece = 1_000_000;
const yuan = 1_000_000;
const confirm = ['cost.backDated'];

describe.each(stores)('Goods entered for earlier days, on $name', (kind) => {
  let office: Office;
  let warehouse: number;
  let pen: number;
  let ink: number;
  let stockReason: number;
  const realNow = clock.now;

  beforeEach(async () => {
    let ticks = msOf('2026-04-20T02:00:00.000Z');
    clock.now = () => ++ticks;
    office = await openOffice(kind);
    warehouse = await office.id('warehouses', { main: 1 });
    pen = (await office.create('admin', 'item', { name: '钢笔', unit: '支', grossPrice: 10 * yuan })).id;
    ink = (await office.create('admin', 'item', { name: '墨水', unit: '瓶', grossPrice: 10 * yuan })).id;
    stockReason = await office.id('dictionary_entries', { dictionary: 'stockReason' });
  });
  afterEach(async () => {
    await expectProven(office);
    expect(await office.look('admin', proveCosts)).toEqual([]);
    await office.close();
    clock.now = realNow;
  });

  const document = (type: string, day: string, quantity: number, more: Record<string, number> = {}) =>
    office.create('admin', type, { warehouse, stockReason, day }, { lines: [{ item: pen, quantity: quantity * piece, ...more }] });
  const post = (draft: StoredRecord, confirmed: readonly string[] = []) => office.step('admin', draft, 'post', undefined, confirmed);
  const bought = async (day: string, quantity: number, price: number, confirmed: readonly string[] = []) =>
    post(await document('otherIn', day, quantity, { unitCost: price * yuan }), confirmed);
  const taken = async (day: string, quantity: number, confirmed: readonly string[] = []) =>
    post(await document('otherOut', day, quantity), confirmed);
  const fresh = (record: StoredRecord) => office.read('admin', record.type, record.id);
  const costOf = async (record: StoredRecord) => (await fresh(record)).values.costTotal;
  const takeBack = async (record: StoredRecord) =>
    office.step('admin', { ...record, version: (await fresh(record)).version }, 'takeBack', '录错');
  const preview = async (draft: StoredRecord, who = 'admin') =>
    previewCosts(office.company, await office.actor(who), office.company.catalogue.get(draft.type), {
      id: draft.id,
      input: { version: draft.version, step: { name: 'post' } },
    });

  test('a late purchase shows every document whose cost it changes, and corrects them once that was read', async () => {
    await bought('2026-04-01', 10, 10);
    const first = await taken('2026-04-10', 5);
    const second = await taken('2026-04-12', 2);
    const late = await document('otherIn', '2026-04-05', 10, { unitCost: 40 * yuan });
    await expect(post(late)).rejects.toMatchObject({ code: 'cost.backDated', facts: { level: 'warn', day: '2026-04-05', count: 2 } });
    const shown = await preview(late);
    expect(shown).toMatchObject({ documents: 2, left: 0, before: 70_00, after: 175_00 });
    expect(shown.rows.map(({ document, quantity, before, after }) => [document, quantity / piece, before, after])).toEqual([
      [first.id, 5, 50_00, 125_00],
      [second.id, 2, 20_00, 50_00],
    ]);
    const values = { warehouse, stockReason, day: '2026-04-05' };
    const unsaved = { values, parts: { lines: [{ item: pen, quantity: 10 * piece, unitCost: 40 * yuan }] }, step: { name: 'post' } };
    const definition = office.company.catalogue.get('otherIn');
    expect(await previewCosts(office.company, await office.actor('admin'), definition, { input: unsaved })).toEqual(shown);
    const dearer = {
      ...unsaved,
      parts: { lines: [{ ...unsaved.parts.lines[0], id: late.parts.lines?.[0]?.id ?? 0, unitCost: 70 * yuan }] },
    };
    const changed = { id: late.id, input: { ...dearer, version: late.version } };
    expect(await previewCosts(office.company, await office.actor('admin'), definition, changed)).toMatchObject({ after: 280_00 });
    expect(await costOf(first)).toBe(50_00);
    await post(late, confirm);
    expect([await costOf(first), await costOf(second)]).toEqual([125_00, 50_00]);
    const third = await taken('2026-04-20', 1);
    expect(await costOf(third)).toBe(25_00);
  });

  test('taking the late document back restores every cost, also when another one was taken back between', async () => {
    await bought('2026-04-01', 10, 10);
    const first = await taken('2026-04-10', 5);
    const second = await taken('2026-04-12', 3);
    const late = await bought('2026-04-05', 10, 40, confirm);
    await takeBack(first);
    expect(await costOf(second)).toBe(75_00);
    await takeBack(late);
    expect(await costOf(second)).toBe(30_00);
    const again = await post(await fresh(first).then((record) => ({ ...first, version: record.version })), confirm);
    expect([await costOf(again), await costOf(second)]).toEqual([50_00, 30_00]);
  });

  test('the cost card goes by days and tells which document corrected which', async () => {
    await bought('2026-04-01', 10, 10);
    const gone = await taken('2026-04-10', 5);
    const late = await bought('2026-04-05', 10, 40, confirm);
    const card = () => office.look('admin', (work) => costCard(work, { item: pen }));
    const { rows } = await card();
    expect(rows.map((row) => [row.day, row.quantity / piece, row.value, row.valueAfter, row.cause?.document ?? null])).toEqual([
      ['2026-04-01', 10, 100_00, 100_00, null],
      ['2026-04-05', 10, 400_00, 500_00, null],
      ['2026-04-10', -5, -50_00, 450_00, null],
      ['2026-04-10', 0, -75_00, 375_00, late.id],
    ]);
    expect(rows.at(-1)).toMatchObject({
      averageAfter: 25 * yuan,
      document: gone.id,
      cause: { type: 'otherIn', number: late.values.number },
    });
    await takeBack(late);
    const after = await card();
    expect(after.rows.map((row) => [row.quantity / piece, row.value, row.isMirror])).toEqual([
      [10, 100_00, false],
      [10, 400_00, false],
      [-10, -400_00, true],
      [-5, -50_00, false],
      [0, -75_00, false],
      [0, 75_00, false],
    ]);
    const first = await office.look('admin', (work) => costCard(work, { item: pen, limit: 3 }));
    const rest = await office.look('admin', (work) => costCard(work, { item: pen, after: first.next ?? '' }));
    expect([...first.rows, ...rest.rows]).toEqual(after.rows);
  });

  test('nobody is asked when nothing else changes', async () => {
    await bought('2026-04-10', 10, 10);
    const early = await taken('2026-04-02', 4);
    expect(await costOf(early)).toBe(40_00);
    await bought('2026-04-03', 10, 10);
    expect(await costOf(await taken('2026-04-20', 16))).toBe(160_00);
  });

  test('what left before it came costs what the first that came cost', async () => {
    await office.change('admin', { type: 'warehouse', id: warehouse, version: 1 }, { values: { negativeStock: 'allow' } });
    const early = await taken('2026-04-02', 4);
    expect(await costOf(early)).toBe(0);
    await bought('2026-04-20', 10, 10);
    expect(await costOf(early)).toBe(40_00);
  });

  test('what came back, and what was made of the goods, follows', async () => {
    await bought('2026-04-01', 10, 10);
    const department = await office.id('departments', {});
    const lines = [{ item: pen, quantity: 4 * piece }];
    const used = await post(
      await office.create('admin', 'requisition', { warehouse, day: '2026-04-10', forDepartment: department }, { lines }),
    );
    const source = { type: 'requisition', id: used.id };
    const back = await office.become('admin', 'requisitionReturn', [source], { values: { day: '2026-04-11' }, rows: { quantity: piece } });
    await post(back);
    const set = await office.create(
      'admin',
      'assembly',
      { warehouse, day: '2026-04-12', setItem: ink, quantity: piece },
      { lines: [{ item: pen, quantity: 2 * piece }] },
    );
    const made = await post(set);
    const sold = await post(
      await office.create('admin', 'otherOut', { warehouse, stockReason, day: '2026-04-15' }, { lines: [{ item: ink, quantity: piece }] }),
    );
    await bought('2026-04-05', 10, 40, confirm);
    expect([await costOf(used), await costOf(back), await costOf(made), await costOf(sold)]).toEqual([100_00, 25_00, 50_00, 50_00]);
  });

  test('what is made of goods is worth what they cost, also when what is made is asked for first', async () => {
    await post(
      await office.create(
        'admin',
        'otherIn',
        { warehouse, stockReason },
        { lines: [{ item: ink, quantity: 9 * piece, unitCost: 3 * yuan }] },
      ),
    );
    const lines = [{ item: ink, quantity: 4 * piece }];
    const made = await post(await office.create('admin', 'assembly', { warehouse, setItem: pen, quantity: 2 * piece }, { lines }));
    await taken('2026-04-20', 1);
    await bought('2026-04-05', 2, 6, confirm);
    expect(await costOf(made)).toBe(12_00);
  });

  test('what is brought back, dated before it was taken, still brings what it was taken at', async () => {
    await bought('2026-04-01', 10, 10);
    const department = await office.id('departments', {});
    const lines = [{ item: pen, quantity: 3 * piece }];
    const used = await post(
      await office.create('admin', 'requisition', { warehouse, day: '2026-04-15', forDepartment: department }, { lines }),
    );
    const source = { type: 'requisition', id: used.id };
    const broughtBack = async (day: string) =>
      post(await office.become('admin', 'requisitionReturn', [source], { values: { day }, rows: { quantity: piece } }), confirm);
    const early = await broughtBack('2026-04-02');
    expect(await costOf(early)).toBe(10_00);
    // A fen more for all ten of them: thirds of what the three cost add up, in whatever order they come.
    await post(await office.create('admin', 'costAdjustment', { day: '2026-04-03' }, { lines: [{ item: pen, amount: 15 }] }), confirm);
    const late = await broughtBack('2026-04-16');
    const last = await broughtBack('2026-04-16');
    expect(await costOf(used)).toBe(30_05);
    expect([await costOf(early), await costOf(late), await costOf(last)]).toEqual([10_02, 10_01, 10_02]);
  });

  test('a reversal takes back what the document had become', async () => {
    await bought('2026-04-01', 10, 10);
    const gone = await taken('2026-04-10', 5);
    await bought('2026-04-05', 10, 40, confirm);
    await office.step('admin', { ...gone, version: (await fresh(gone)).version }, 'reverse', '退回');
    await bought('2026-04-06', 20, 70, confirm);
    expect(await costOf(await taken('2026-04-20', 40))).toBe(1900_00);
  });

  test('an adjustment of value says what there was before it', async () => {
    await bought('2026-04-01', 10, 10);
    const adjustment = await office.create('admin', 'costAdjustment', { day: '2026-04-10' }, { lines: [{ item: pen, amount: 20_00 }] });
    await post(adjustment);
    await bought('2026-04-05', 10, 40);
    expect((await fresh(adjustment)).parts.lines?.[0]).toMatchObject({ valueBefore: 500_00, valueAfter: 520_00 });
  });

  test('a company that wants no earlier days refuses them, and no closed month is ever touched', async () => {
    await bought('2026-04-01', 10, 10);
    await taken('2026-04-10', 5);
    const { version } = await office.look('admin', readSettings);
    await office.work('admin', (work) => changeSettings(work, version, { 'parameter.backDating': 'refuse' }));
    const late = await document('otherIn', '2026-04-05', 10, { unitCost: 40 * yuan });
    await expect(post(late, confirm)).rejects.toMatchObject({ code: 'cost.backDatingRefused', facts: { day: '2026-04-05' } });
    expect(await costOf(await bought('2026-04-10', 1, 10))).toBe(10_00);
  });

  test('costs of a closed month stay as they are', async () => {
    await bought('2026-03-01', 10, 10);
    const march = await taken('2026-03-10', 5);
    await office.work('admin', (work) => storeSettings(work, { 'parameter.closedThrough': '2026-03-31' }));
    await taken('2026-04-10', 1);
    await expect(bought('2026-03-05', 10, 40, confirm)).rejects.toMatchObject({ code: 'period.closed' });
    await bought('2026-04-01', 5, 30, confirm);
    expect(await costOf(march)).toBe(50_00);
    expect(await costOf(await taken('2026-04-20', 9))).toBe(180_00);
  });

  describe('at the door', () => {
    let doors: Doors;
    beforeEach(async () => {
      doors = await openDoors(office);
    });
    afterEach(() => doors.close());

    test('who may not see cost hears how many documents change, and sees neither amounts nor which', async () => {
      await bought('2026-04-01', 10, 10);
      await taken('2026-04-10', 5);
      const late = await document('otherIn', '2026-04-05', 10, { unitCost: 40 * yuan });
      const [clerk, owner] = [await doors.enter('chen'), await doors.enter('sun')];
      const path = `/api/records/otherIn/${late.id}/steps/post`;
      const body = { version: late.version };
      const asked = { id: late.id, input: { ...body, step: { name: 'post' } } };
      const costs = '/api/records/otherIn/costs';
      const told = await doors.call('POST', path, { token: owner, body });
      expect(told).toMatchObject({ status: 409, body: { code: 'cost.backDated', facts: { count: 1 } } });
      expect(JSON.stringify(told.body)).not.toContain('50');
      expect((await doors.call('POST', costs, { token: clerk, body: asked })).status).toBe(403);
      expect(await doors.call('POST', costs, { token: owner, body: asked })).toMatchObject({ status: 200, body: { documents: 1 } });
      expect((await fresh(late)).state).toBe('draft');
    });

    test('posted with many others it waits for who has read the warning', async () => {
      await bought('2026-04-01', 10, 10);
      const gone = await taken('2026-04-10', 5);
      const late = await document('otherIn', '2026-04-05', 10, { unitCost: 40 * yuan });
      const harmless = await document('otherIn', '2026-04-20', 1, { unitCost: 10 * yuan });
      const token = await doors.enter('sun');
      const post = async (ids: readonly number[], confirmed?: readonly string[]) =>
        (await doors.call('POST', '/api/records/otherIn/bulk', { token, body: { operation: 'step', step: 'post', ids, confirmed } })).body;
      expect(await post([late.id, harmless.id])).toMatchObject({
        results: [
          { id: late.id, ok: false, problem: { code: 'cost.backDated', facts: { level: 'warn' } } },
          { id: harmless.id, ok: true },
        ],
      });
      expect(await costOf(gone)).toBe(50_00);
      expect(await post([late.id], confirm)).toMatchObject({ results: [{ id: late.id, ok: true }] });
      expect(await costOf(gone)).toBe(125_00);
    });
  });
});
