import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { propose } from '../../server/engine/become.ts';
import { openSources } from '../../server/features/trade/openSources.ts';
import { lockLedger, unlockLedger } from '../../server/ledger/locks.ts';
import { catalogue as shipped } from '../../shared/catalogue.ts';
import { sourced } from '../../shared/documents/commercial.ts';
import { fact } from '../../shared/documents/facts.ts';
import { Catalogue } from '../../shared/kernel/catalogue.ts';
import { defineDocument } from '../../shared/kernel/defineDocument.ts';
import { defineRecord } from '../../shared/kernel/defineRecord.ts';
import type { AnyRecord, Becoming, Definition, FactBag, Guard, Part } from '../../shared/kernel/definition.ts';
import { choice, day, link, money, price, quantity, text } from '../../shared/kernel/fields.ts';
import { proveDefinitions } from '../../shared/kernel/proveDefinitions.ts';
import { expectProven, type Office, openOffice, stores } from './office.ts';

/** How a wish is served: over a slip that somebody releases, or straight. */
const route = defineRecord({
  type: 'hireRoute',
  area: 'sales',
  title: 'name',
  visibility: { by: 'company' },
  fields: { name: text({ max: 40, required: true }), over: choice(['slip', 'straight'], { required: true, default: 'straight' }) },
});

const states = {
  draft: { editable: 'all', look: 'draft', deletable: true },
  done: { editable: 'none', look: 'done' },
} as const;
const wishStates = { ...states, full: { editable: 'none', look: 'done' } } as const;

/** A wish is full when all of it is loaded, and open again when some of it is taken back. */
function dueOfWish({ state, parts }: AnyRecord): string | null {
  const isFull = (parts.rows ?? []).every((row) => Number(row.loaded ?? 0) >= Number(row.amount));
  if (state === 'done' && isFull) return 'fill';
  return state === 'full' && !isFull ? 'empty' : null;
}

const rows = (more: Part['fields']): Part => ({
  max: 50,
  key: ['machine'],
  fields: { ...sourced, machine: text({ max: 40 }), amount: quantity({ min: 1 }), rent: price({ min: 0, secret: 'salesPrice' }), ...more },
});

const way = (more: Partial<Becoming>): Becoming => ({
  from: ['done'],
  each: { part: 'rows' },
  into: { part: 'rows', field: 'amount' },
  feeds: 'loaded',
  limit: 'amount',
  head: {},
  same: [],
  row: { machine: 'machine', rent: 'rent' },
  ...more,
});

/** What somebody thinks of too much hire: worth a word, worth a right and a reason, out of the question. */
const notTooMuch: Guard = {
  name: 'notTooMuch',
  override: 'credit.exceed',
  asksReason: true,
  check: (document) => {
    const most = Math.max(0, ...(document.parts.rows ?? []).map((row) => Number(row.amount)));
    if (most < 100) return null;
    return { code: 'credit.exceeded', level: most < 200 ? 'warn' : most < 300 ? 'approve' : 'block' };
  },
};

const hireDocument = (type: string, more: Partial<Omit<Definition, 'numbering'>>): Definition =>
  defineDocument({
    type,
    area: 'sales',
    visibility: { by: 'company' },
    numbering: { series: `${type}{serial:4}`, drawnAt: 'create' },
    fields: {
      day: day({ required: true, default: 'today' }),
      customer: link('customer'),
      hireRoute: link('hireRoute'),
      over: choice(['slip', 'straight'], { derived: true }),
      rentSeen: money({ derived: true, in: 'base' }),
    },
    states,
    steps: {
      finish: { from: ['draft'], to: 'done', operation: 'approve', feeds: true },
      takeBack: { from: ['done'], to: 'draft', operation: 'void', undoes: ['finish'] },
    },
    ...more,
  });

const hireWish: Definition = hireDocument('hireWish', {
  copies: { over: { link: 'hireRoute', field: 'over' } },
  parts: {
    rows: rows({
      loaded: quantity({ fedBy: 'hireLoad' }),
      slipped: quantity({ fedBy: 'hireSlip' }),
      copied: quantity({ fedBy: 'hireCopy' }),
    }),
  },
  states: wishStates,
  calculation: { name: 'hireWish', run: (record) => record, reaction: dueOfWish },
  steps: {
    finish: { from: ['draft'], to: 'done', operation: 'approve', requires: [notTooMuch] },
    takeBack: { from: ['done'], to: 'draft', operation: 'void' },
    fill: { from: ['done'], to: 'full', operation: 'change', automatic: true },
    empty: { from: ['full'], to: 'done', operation: 'change', automatic: true },
  },
  becomes: {
    hireSlip: way({ feeds: 'slipped', when: { over: ['slip'] } }),
    hireLoad: way({ when: { over: ['straight', null] } }),
    hireCopy: way({ feeds: 'copied', unlimited: true }),
  },
});
const hireSlip = hireDocument('hireSlip', {
  parts: { rows: rows({ loaded: quantity({ fedBy: 'hireLoad' }) }) },
  becomes: { hireLoad: way({ passes: true }) },
});
const hireCopy = hireDocument('hireCopy', { parts: { rows: rows({}) } });
const hireLoad = hireDocument('hireLoad', {
  parts: { rows: rows({}) },
  steps: {
    finish: {
      from: ['draft'],
      to: 'done',
      operation: 'approve',
      feeds: true,
      posts: { name: 'hireLoad', facts: ['sources'], moves: loadMachines },
    },
    takeBack: { from: ['done'], to: 'draft', operation: 'void', undoes: ['finish'] },
  },
});

function loadMachines(document: AnyRecord, facts: FactBag) {
  const sources = fact(facts, 'sources');
  const rentSeen = (document.parts.rows ?? []).reduce((sum, row) => sum + Number(sources[`rows.${row.id}`]?.row?.rent ?? 0), 0);
  const from = { ledger: 'receivable', subject: Number(document.values.customer), from: 'sales:1', to: 'prepaid:1' };
  return { moves: document.values.customer ? [{ ...from, amount: 100 }] : [], values: { rentSeen } };
}

const catalogue = new Catalogue([...shipped.definitions, route, hireWish, hireSlip, hireCopy, hireLoad], shipped.ledgers);

describe.each(stores)('Documents on longer ways, on $name', (kind) => {
  let office: Office;
  let overSlip: number;

  beforeEach(async () => {
    office = await openOffice(kind, catalogue);
    overSlip = (await office.create('admin', 'hireRoute', { name: '凭单', over: 'slip' })).id;
  });
  afterEach(async () => {
    await expectProven(office);
    await office.close();
  });

  const wish = async (amount: number, values = {}) => {
    const made = await office.create('admin', 'hireWish', values, { rows: [{ machine: '吊车', amount, rent: 5_000_000 }] });
    return office.step('admin', made, 'finish');
  };
  const made = async (target: string, source: { type: string; id: number }, more = {}) => {
    const made = await office.become('admin', target, [{ type: source.type, id: source.id }], more);
    return office.step('admin', made, 'finish');
  };
  const fed = async (type: string, id: number, field: string) => (await office.read('admin', type, id)).parts.rows?.[0]?.[field];

  test('the definitions hold', () => {
    expect(proveDefinitions(catalogue)).toEqual([]);
    const lost = new Catalogue(
      [
        ...catalogue.definitions.filter(({ type }) => type !== 'hireWish'),
        { ...hireWish, becomes: { hireSlip: way({ feeds: 'slipped', when: { under: ['slip'] } }) } },
      ],
      shipped.ledgers,
    );
    expect(proveDefinitions(lost)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('there is no field under to tell the way'),
        expect.stringContaining('hireWish is passed what it does not become'),
      ]),
    );
  });

  test('what is loaded from a slip is known to the wish behind it, and taken back there too', async () => {
    const asked = await wish(10, { hireRoute: overSlip });
    expect(asked.values.over).toBe('slip');
    const slip = await made('hireSlip', asked);
    const load = await made('hireLoad', slip, { rows: { amount: 4 } });
    expect([await fed('hireSlip', slip.id, 'loaded'), await fed('hireWish', asked.id, 'loaded')]).toEqual([4, 4]);
    await office.step('admin', load, 'takeBack');
    expect([await fed('hireSlip', slip.id, 'loaded'), await fed('hireWish', asked.id, 'loaded')]).toEqual([0, 0]);
  });

  test('what comes over two papers at once completes the wish behind them, and opens it again, in one go', async () => {
    const asked = await wish(10, { hireRoute: overSlip });
    const slips = [await made('hireSlip', asked, { rows: { amount: 4 } }), await made('hireSlip', asked, { rows: { amount: 6 } })];
    const both = await office.become(
      'admin',
      'hireLoad',
      slips.map(({ type, id }) => ({ type, id })),
    );
    const load = await office.step('admin', both, 'finish');
    expect((await office.read('admin', 'hireWish', asked.id)).state).toBe('full');
    await office.step('admin', load, 'takeBack');
    expect((await office.read('admin', 'hireWish', asked.id)).state).toBe('done');
  });

  test('a wish goes one way: what its route does not lead to is refused, offered and listed nowhere', async () => {
    const asked = await wish(10, { hireRoute: overSlip });
    const straight = await wish(10);
    const proposing = office.look('admin', (work) => propose(work, hireLoad, [{ type: 'hireWish', id: asked.id }]));
    await expect(proposing).rejects.toMatchObject({ code: 'flow.otherWay', facts: { number: asked.values.number } });
    const open = await office.look('admin', (work) => openSources(work, hireLoad, {}));
    expect(open.rows.map(({ id }) => id)).toEqual([straight.id]);
    const row = { sourceType: 'hireWish', source: asked.id, sourceRow: asked.parts.rows?.[0]?.id ?? 0, machine: '吊车', amount: 1 };
    const forced = await office.create('admin', 'hireLoad', {}, { rows: [row] });
    await expect(office.step('admin', forced, 'finish')).rejects.toMatchObject({ code: 'flow.otherWay' });
  });

  test('an unlimited way counts and never ends', async () => {
    const asked = await wish(10);
    for (const count of [10, 20]) {
      await made('hireCopy', asked);
      expect(await fed('hireWish', asked.id, 'copied')).toBe(count);
    }
    const open = await office.look('admin', (work) => openSources(work, hireCopy, {}));
    expect(open.rows).toMatchObject([{ id: asked.id, open: 10 }]);
  });

  test('a posting knows where its rows came from, and a maker without the right carries prices unseen', async () => {
    const clerk = await office.create(
      'admin',
      'position',
      { name: '装车工' },
      {
        grants: ['hireWish', 'hireLoad', 'hireRoute'].flatMap((type) =>
          ['read', 'create', 'change', 'approve'].map((operation) => ({ type, operation, scope: 'all' })),
        ),
      },
    );
    const department = await office.id('departments', { name: '销售一部' });
    await office.create('admin', 'user', { login: 'loader', name: 'loader', department }, { positions: [{ held: clerk.id }] });
    const asked = await wish(10);
    const load = await office.become('loader', 'hireLoad', [{ type: 'hireWish', id: asked.id }]);
    expect((await office.read('loader', 'hireLoad', load.id)).parts.rows?.[0]).not.toHaveProperty('rent');
    expect(await fed('hireLoad', load.id, 'rent')).toBe(5_000_000);
    expect((await office.step('loader', load, 'finish')).values.rentSeen).toBe(5_000_000);
  });

  test('a guard warns, asks for a right and a reason, or blocks', async () => {
    const draft = (amount: number) => office.create('admin', 'hireWish', {}, { rows: [{ machine: '吊车', amount }] });
    const warned = await draft(150);
    await expect(office.step('admin', warned, 'finish')).rejects.toMatchObject({ code: 'credit.exceeded', facts: { level: 'warn' } });
    expect((await office.step('admin', warned, 'finish', undefined, ['credit.exceeded'])).state).toBe('done');
    const held = await draft(250);
    await expect(office.step('admin', held, 'finish', undefined, ['credit.exceeded'])).rejects.toMatchObject({
      code: 'step.overrideReasonMissing',
      facts: { why: 'credit.exceeded' },
    });
    expect((await office.step('admin', held, 'finish', '老客户')).state).toBe('done');
    const blocked = await draft(350);
    await expect(office.step('admin', blocked, 'finish', '老客户', ['credit.exceeded'])).rejects.toMatchObject({ code: 'credit.exceeded' });
  });

  test('a locked ledger takes nothing of those days for that subject, neither there nor back', async () => {
    const [one, other] = [
      await office.create('admin', 'customer', { name: '甲方' }),
      await office.create('admin', 'customer', { name: '乙方' }),
    ];
    const load = (customer: number, on: string) =>
      office.create('admin', 'hireLoad', { customer, day: on }, { rows: [{ machine: '吊车', amount: 1 }] });
    const before = await office.step('admin', await load(one.id, '2026-03-30'), 'finish');
    const lock = { ledger: 'receivable', subject: one.id };
    await office.work('admin', (work) => lockLedger(work, { ...lock, throughDay: '2026-03-31', reason: '客户已确认' }));
    const refused = { code: 'ledger.locked', facts: { through: '2026-03-31' } };
    await expect(office.step('admin', before, 'takeBack')).rejects.toMatchObject(refused);
    await expect(office.step('admin', await load(one.id, '2026-03-31'), 'finish')).rejects.toMatchObject(refused);
    expect((await office.step('admin', await load(one.id, '2026-04-01'), 'finish')).state).toBe('done');
    expect((await office.step('admin', await load(other.id, '2026-03-31'), 'finish')).state).toBe('done');
    await office.work('admin', (work) => unlockLedger(work, lock));
    expect((await office.step('admin', before, 'takeBack')).state).toBe('draft');
  });
});
