import { describe, expect, test } from 'vitest';
import { proveCosts } from '../../server/features/costing/recost.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { expectProven, openOffice, stores } from '../scenarios/office.ts';
import { everybody, openMarket, rootsOf } from './market.ts';
import { allPapers, differences, oddValues, PlainBooks, papers } from './plainBooks.ts';
import { costDifferences } from './plainCosts.ts';
import { type World, walk } from './walk.ts';

/** The same walk every time; `TRADEPOST_SEED` begins another one. */
const seed = Number(process.env.TRADEPOST_SEED ?? 20_261_122);
const tries: Record<string, number> = { sqlite: 2000, postgres: 700 };

test('the plain reckoning knows every document that moves anything', () => {
  const moving = catalogue.definitions.filter(({ steps }) => Object.values(steps ?? {}).some((step) => step.posts));
  expect(moving.map(({ type }) => type).filter((type) => !papers[type])).toEqual([]);
});

describe.each(stores)('Random business from several desks, on $name', { timeout: 600_000 }, (kind) => {
  test(`leaves books that agree with a plain reckoning (seed ${seed})`, async () => {
    console.log(`random business, ${kind.name}: TRADEPOST_SEED=${seed}`);
    const office = await openOffice(kind);
    const world: World = { documents: new Map(), done: new Map(), refused: new Map() };
    const pool = await openMarket(office);
    await walk(office, world, { seed, tries: tries[kind.name] ?? 0, clients: 4, pool, roots: rootsOf(catalogue), people: everybody });
    if (process.env.TRADEPOST_SEED) console.log([...world.done].sort().join(' · '), '\n', [...world.refused].sort().join(' · '));

    const found = await office.look('admin', async (work) => {
      const all = await allPapers(work);
      const stored = new Map(all.map((document) => [`${document.type}:${document.id}`, document]));
      const services = new Set((await work.tx('items').where({ item_type: 'service' }).pluck('id')) as number[]);
      return {
        lost: [...world.documents].filter(([key, confirmed]) => (stored.get(key)?.version ?? 0) < confirmed.version).map(([key]) => key),
        differences: await differences(work, new PlainBooks(all, services)),
        values: await oddValues(work),
        costs: await costDifferences(work, all, services),
        corrections: await proveCosts(work),
      };
    });
    expect(found).toEqual({ lost: [], differences: [], values: [], costs: [], corrections: [] });
    await expectProven(office);
    // A walk that is refused everywhere proves nothing, neither does one that moves no lots.
    const lots = (await office.company.store.read((tx) => tx('moves').where({ ledger: 'lots' }).pluck('id'))) as number[];
    expect(lots.length).toBeGreaterThan(0);
    const steps = [...world.done].filter(([deed]) => / (post|approve|pay)$/.test(deed));
    expect(steps.length).toBeGreaterThan(15);
    await office.close();
  });
});
