import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forgetActors } from '../../server/access/rights.ts';
import type { Route } from '../../server/http/route.ts';
import { routes } from '../../server/http/routes/index.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { Catalogue } from '../../shared/kernel/catalogue.ts';
import type { Definition } from '../../shared/kernel/definition.ts';
import { type Office, openOffice, stores } from '../scenarios/office.ts';
import { type Doors, openDoors } from '../support/server.ts';

const secret = 'password=hunter2 at SELECT * FROM users';

describe.each(stores)('when the program itself fails, on $name', (kind) => {
  let office: Office;
  let doors: Doors;
  let token: string;
  const broken: Route[] = routes.map(({ body: _body, query: _query, rawLimitBytes: _raw, ...door }) => ({
    ...door,
    handle: () => Promise.reject(new Error(secret)),
  }));

  beforeAll(async () => {
    office = await openOffice(kind);
    doors = await openDoors(office, broken);
    token = await doors.enter('admin');
  });
  afterAll(async () => {
    await doors.close();
    await office.close();
  });

  test('every door answers with an incident and nothing else, the log knows more, and the server lives', async () => {
    for (const door of broken) {
      const path = door.path.replace(':type', 'customer').replaceAll(/:\w+/g, '1');
      const { status, body, text } = await doors.call(door.method, path, { token });
      expect([door.path, status, Object.keys(body).sort().join()]).toEqual([door.path, 500, 'code,incident,status,title,type']);
      expect(text).not.toContain('hunter2');
      const line = doors.logged.find((entry) => entry.incident === body.incident) as
        | { err?: { message?: string; stack?: string }; path?: string }
        | undefined;
      expect(line?.err?.message).toBe(secret);
      expect(line?.path).toBe(path);
    }
    expect((await doors.call('GET', '/healthz')).status).toBe(200);
  });

  test('when rights cannot be read, nobody is let in, and everybody again afterwards', async () => {
    const { store } = office.company;
    const working = store.read;
    forgetActors(office.company);
    let reads = 0;
    // The session is still found; what the person may do is not.
    Object.assign(store, {
      read: (work: Parameters<typeof working>[0]) => (++reads > 1 ? Promise.reject(new Error('disk gone')) : working(work)),
    });
    const denied = await doors.call('GET', '/api/session', { token });
    Object.assign(store, { read: working });
    expect(denied.status).toBe(500);
    expect(Object.keys(denied.body)).not.toContain('user');
    expect((await doors.call('GET', '/healthz')).status).toBe(200);
    expect((await doors.call('GET', '/api/session', { token })).body.incident).toBeDefined();
  });
});

test('a fault in the middle of a document leaves nothing of it behind', async () => {
  const broken: Definition = {
    ...catalogue.get('quotation'),
    calculation: {
      name: 'quotation',
      run: () => {
        throw new TypeError('cannot read properties of undefined');
      },
    },
  };
  const office = await openOffice(
    stores[0]!,
    new Catalogue(
      catalogue.definitions.map((one) => (one.type === 'quotation' ? broken : one)),
      catalogue.ledgers,
    ),
  );
  const doors = await openDoors(office);
  const token = await doors.enter('wang');
  const customer = await office.create('wang', 'customer', { name: '甲' });
  const item = await office.create('admin', 'item', { name: '笔', unit: '支', grossPrice: 11_300_000 });
  const body = { values: { customer: customer.id }, parts: { lines: [{ item: item.id, quantity: 1, grossPrice: 1 }] } };
  const counted = () =>
    office.company.store.read(async (tx) => [
      await tx('quotations').select('id'),
      await tx('idempotency_keys').select('key'),
      await tx('number_series').where({ series: 'quotation' }).select(),
    ]);
  const before = await counted();
  expect(await doors.call('POST', '/api/records/quotation', { token, body, key: 'key-of-a-fault' })).toMatchObject({
    status: 500,
    body: { code: 'fault' },
  });
  expect(await counted()).toEqual(before);
  await doors.close();
  await office.close();
});
