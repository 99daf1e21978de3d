import pg from 'pg';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openStore, openWire } from '../../server/database/openStore.ts';
import type { StorePlace } from '../../server/database/store.ts';
import { wordBytesMax } from '../../server/database/wire.ts';
import { type Heard, LivingNeighbours } from '../../server/neighbours/neighbours.ts';
import { textsOfChanges, wordIn } from '../../server/neighbours/words.ts';
import type { Announcement } from '../../server/work.ts';
import { stores } from '../stores/stores.ts';

const [, postgres] = stores;
const soon = { timeout: 20_000, interval: 20 };

describe('processes that keep one schema', { timeout: 60_000 }, () => {
  let place: StorePlace & { engine: 'postgres' };
  const open: LivingNeighbours[] = [];

  beforeAll(async () => {
    const found = await postgres?.newPlace();
    if (found?.place.engine !== 'postgres') throw new Error('There is no second engine');
    place = found.place;
    await (await openStore(place)).close();
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  /** One process, with everything it has heard. */
  async function begin(leads = false) {
    const said: string[] = [];
    const changes: Announcement[] = [];
    const heard: Heard = {
      changed: (some) => changes.push(...some),
      ended: (sessions) => said.push(`ended ${sessions.join()}`),
      rights: () => said.push('rights'),
      settings: () => said.push('settings'),
      missed: () => said.push('missed'),
      ...(leads ? { leads: () => said.push('leads') } : {}),
    };
    const neighbours = await LivingNeighbours.open(place, heard);
    open.push(neighbours);
    return { neighbours, said, changes };
  }

  /** What an administrator of the database, a restart of it or a bad network does to the connections. */
  async function cutEveryWire(): Promise<void> {
    const client = new pg.Client({ connectionString: place.url });
    await client.connect();
    await client.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tradepost wire'");
    await client.end();
  }

  test('hear each other and not themselves, and other companies of the database not at all', async () => {
    const [one, other] = [await begin(), await begin()];
    const elsewhere: string[] = [];
    const strange = await openWire(
      { ...place, schema: 'company_elsewhere' },
      { hear: (word) => elsewhere.push(word), deaf: () => 0, again: () => 0 },
    );
    one.neighbours.ended([1, 2]);
    await expect.poll(() => other.said, soon).toEqual(['ended 1,2']);
    other.neighbours.missed();
    await expect.poll(() => one.said, soon).toEqual(['missed']);
    expect(elsewhere).toEqual([]);
    await strange.close();
  });

  test('are told inside a transaction when it commits, and not when it is rolled back', async () => {
    const one = await begin();
    const store = await openStore(place);
    const word = JSON.stringify({ word: 'rights' });
    await store.write((tx) => store.dialect.tell(tx, word).then(() => Promise.reject(new Error('no')))).catch(() => undefined);
    await store.write((tx) => store.dialect.tell(tx, JSON.stringify({ word: 'settings' })));
    await expect.poll(() => one.said, soon).toEqual(['settings']);
    await store.close();
  });

  test('take things from each other only when they are given back, or their holder has gone', async () => {
    const [one, other] = [await begin(), await begin()];
    const hold = await one.neighbours.hold('backups');
    expect(hold).not.toBe(null);
    expect(await one.neighbours.hold('backups')).toBe(null);
    expect(await other.neighbours.hold('backups')).toBe(null);
    await hold?.release();
    const taken = await other.neighbours.hold('backups');
    expect(taken).not.toBe(null);
    await other.neighbours.close();
    await expect.poll(async () => (await one.neighbours.hold('backups')) !== null, soon).toBe(true);
  });

  test('forget everything and look anew when the wire was cut, and only one leads at any time', async () => {
    const [one, other] = [await begin(true), await begin(true)];
    const both = [one, other];
    const leaders = () => both.filter(({ neighbours }) => neighbours.lead !== null);
    await expect.poll(() => leaders().length, soon).toBe(1);
    const lead = leaders()[0]?.neighbours.lead;
    let most = 1;
    const watching = setInterval(() => {
      most = Math.max(most, leaders().length);
    }, 1);
    await cutEveryWire();
    await expect.poll(() => lead?.aborted, soon).toBe(true);
    one.neighbours.ended([7]);
    await expect
      .poll(() => both.map(({ said }) => ['rights', 'settings', 'missed'].every((word) => said.includes(word))), soon)
      .toEqual([true, true]);
    await expect.poll(() => leaders().length, soon).toBe(1);
    clearInterval(watching);
    expect(most).toBe(1);
    one.said.length = 0;
    other.neighbours.ended([8]);
    await expect.poll(() => one.said, soon).toContain('ended 8');
  });

  test('show what runs until it ends or they are gone, and stop it for each other', async () => {
    const [one, other] = [await begin(), await begin()];
    let stops = 0;
    const hide = one.neighbours.show(
      'backups',
      () => ({ done: 3 }),
      () => {
        stops += 1;
      },
    );
    await expect.poll(() => other.neighbours.shown('backups'), soon).toEqual({ done: 3 });
    other.neighbours.askToStop('backups');
    await expect.poll(() => stops, soon).toBe(1);
    hide();
    await expect.poll(() => other.neighbours.shown('backups'), soon).toBe(null);
    one.neighbours.show(
      'imports',
      () => 1,
      () => undefined,
    );
    await expect.poll(() => other.neighbours.shown('imports'), soon).toBe(1);
    await one.neighbours.close();
    await expect.poll(() => other.neighbours.shown('imports'), soon).toBe(null);
  });
});

test('changes are cut into words that fit, whatever is told and to however many', () => {
  const rooms = Array.from({ length: 3_000 }, (_, index) => `customer:user:${index}`);
  const changes = [
    { type: 'customer', id: 1, version: 1, rooms },
    ...Array.from({ length: 700 }, (_, index) => ({ type: 'salesOrder', id: index, version: 2, rooms: ['salesOrder:all'] })),
  ];
  const texts = textsOfChanges(changes);
  expect(texts.filter((text) => Buffer.byteLength(text) > wordBytesMax)).toEqual([]);
  const heard = texts.flatMap((text) => {
    const word = wordIn(text);
    return word?.word === 'changed' ? word.changes : [];
  });
  expect(heard.filter(([type]) => type === 'customer').flatMap(([, , , some]) => some)).toEqual(rooms);
  expect(heard.filter(([type]) => type === 'salesOrder').map(([, id]) => id)).toEqual(changes.slice(1).map(({ id }) => id));
  expect(wordIn('{"word":"of another release"}')).toBe(null);
  expect(wordIn('nonsense')).toBe(null);
});
