import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audienceOf, roomsOf } from '../../server/access/audience.ts';
import { canSee, operationsOn, refuseUnlessMay, refuseUnlessSeen, restrict, visibleIds } from '../../server/access/visibility.ts';
import { loadRecords } from '../../server/database/rows.ts';
import { tableOf } from '../../server/database/tables.ts';
import { catalogue } from '../../shared/catalogue.ts';
import type { Operation, Scope } from '../../shared/kernel/definition.ts';
import { stores } from '../stores/stores.ts';
import { dayAfter, type Office, openOffice, refusalOf } from './office.ts';

const customer = catalogue.get('customer');
const contact = catalogue.get('contact');
const salesOrder = catalogue.get('salesOrder');
const receipt = catalogue.get('receipt');

describe.each(stores)('who sees what on $name', (kind) => {
  let office: Office;
  const department: Record<string, number> = {};
  const person: Record<string, number> = {};
  const id: Record<string, number> = {};

  const position = (scope: Scope, more: Partial<Record<string, Scope>> = {}) =>
    office.addPosition({
      grants: (['read', 'change', 'share', 'delete'] as Operation[]).flatMap((operation) => [
        ['customer', operation, scope] as const,
        ['contact', operation, more.contact ?? scope] as const,
        ['salesOrder', operation, more.salesOrder ?? 'own'] as const,
      ]),
    });
  const names = (found: Set<number>, of: string[]) => of.filter((name) => found.has(id[name] ?? 0));
  const customersOf = (who: string, operation: Operation = 'read') =>
    office.lookAs(person[who] ?? 0, async (work) =>
      names(await visibleIds(work, customer, [id.annes!, id.bens!, id.carlas!, id.daves!, id.pool!], operation), [
        'annes',
        'bens',
        'carlas',
        'daves',
        'pool',
      ]),
    );
  const share = (record: number, user: string, access: 'read' | 'write', until: string | null, type = 'customer') =>
    office.company.store.write((tx) =>
      tx('shares').insert({
        type,
        record_id: record,
        user: person[user],
        access,
        until,
        shared_by: person.boss,
        at: '2026-11-23T02:00:00.000Z',
      }),
    );

  beforeAll(async () => {
    office = await openOffice(kind);
    department.head = await office.add('department', { name: '总公司', kindOfUnit: 'company' });
    department.north = await office.add('department', { name: '北方', kindOfUnit: 'office', parent: department.head });
    department.team = await office.add('department', { name: '北一组', kindOfUnit: 'team', parent: department.north });
    department.south = await office.add('department', { name: '南方', kindOfUnit: 'office', parent: department.head });
    const [own, mates, tree, all, none] = [
      await position('own'),
      await position('department'),
      await position('departmentTree'),
      await position('all', { salesOrder: 'none' }),
      await position('none', { salesOrder: 'none' }),
    ];
    person.anne = await office.addUser('anne', department.north, [own]);
    person.ben = await office.addUser('ben', department.north, [mates]);
    person.carla = await office.addUser('carla', department.team, [own]);
    person.dave = await office.addUser('dave', department.south, [own]);
    person.chief = await office.addUser('chief', department.north, [tree]);
    person.boss = await office.addUser('boss', department.head, [all]);
    person.guest = await office.addUser('guest', department.head, [none]);
    id.annes = await office.add('customer', { name: '安记', owner: person.anne, department: department.north });
    id.bens = await office.add('customer', { name: '本记', owner: person.ben, department: department.north });
    id.carlas = await office.add('customer', { name: '卡记', owner: person.carla, department: department.team });
    id.daves = await office.add('customer', { name: '大记', owner: person.dave, department: department.south });
    id.pool = await office.add('customer', { name: '公海', owner: null, department: null });
    id.contact = await office.add('contact', { customer: id.daves, name: '丁' });
    id.order = await office.add('salesOrder', { customer: id.daves, day: '2026-11-20', owner: person.ben, department: department.north });
  });
  afterAll(() => office.close());

  test.each([
    ['anne', ['annes']],
    ['ben', ['annes', 'bens']],
    ['chief', ['annes', 'bens', 'carlas']],
    ['boss', ['annes', 'bens', 'carlas', 'daves', 'pool']],
    ['guest', []],
  ])('%s sees by scope: %j', async (who, expected) => {
    expect(await customersOf(who)).toEqual(expected);
    expect(await customersOf(who, 'change')).toEqual(expected);
  });

  test('an operation that nobody was granted reaches no record', async () => {
    expect(await customersOf('boss', 'export')).toEqual([]);
  });

  test('what may be changed everywhere is still changed only where it is seen', async () => {
    const careless = await office.addPosition({
      grants: [
        ['customer', 'read', 'own'],
        ['customer', 'change', 'all'],
      ],
    });
    person.eve = await office.addUser('eve', department.north!, [careless]);
    expect(await customersOf('eve', 'change')).toEqual([]);
  });

  test('a share is seen until its last day, and changed only when it was given for writing', async () => {
    await share(id.annes!, 'dave', 'read', dayAfter(0));
    await share(id.bens!, 'dave', 'write', dayAfter(2));
    await share(id.carlas!, 'dave', 'write', dayAfter(-1));
    expect(await customersOf('dave')).toEqual(['annes', 'bens', 'daves']);
    expect(await customersOf('dave', 'change')).toEqual(['bens', 'daves']);
    expect(await customersOf('dave', 'delete')).toEqual(['daves']);
    office.passMs(86_400_000);
    expect(await customersOf('dave')).toEqual(['bens', 'daves']);
    office.passMs(-86_400_000);
    await office.company.store.write((tx) => tx('shares').delete());
  });

  test('a share gives nothing to somebody who may not read the type at all', async () => {
    await share(id.annes!, 'guest', 'write', null);
    expect(await customersOf('guest')).toEqual([]);
    await office.company.store.write((tx) => tx('shares').delete());
  });

  test('whoever sees the customer sees its documents, but does nothing else with them', async () => {
    const orders = (who: string, operation: Operation) =>
      office.lookAs(person[who]!, (work) => canSee(work, salesOrder, id.order!, operation));
    expect(await orders('dave', 'read')).toBe(true);
    expect(await orders('dave', 'change')).toBe(false);
    expect(await orders('ben', 'change')).toBe(true);
    expect(await orders('carla', 'read')).toBe(false);
    await share(id.daves!, 'carla', 'read', null);
    expect(await orders('carla', 'read')).toBe(true);
    await office.company.store.write((tx) => tx('shares').delete());
  });

  test('nobody sees documents through the customer whose type they may not read', async () => {
    expect(await office.lookAs(person.boss!, (work) => canSee(work, salesOrder, id.order!))).toBe(false);
  });

  test('a contact is seen and changed by who sees and changes its customer', async () => {
    const may = (who: string, operation: Operation) => office.lookAs(person[who]!, (work) => canSee(work, contact, id.contact!, operation));
    expect([await may('dave', 'read'), await may('dave', 'change'), await may('boss', 'change')]).toEqual([true, true, true]);
    expect([await may('anne', 'read'), await may('chief', 'change'), await may('guest', 'read')]).toEqual([false, false, false]);
    await share(id.daves!, 'anne', 'read', null);
    expect([await may('anne', 'read'), await may('anne', 'change')]).toEqual([true, false]);
    await office.company.store.write((tx) => tx('shares').update({ access: 'write' }));
    expect([await may('anne', 'change'), await may('anne', 'delete')]).toEqual([true, true]);
    await office.company.store.write((tx) => tx('shares').delete());
  });

  test('somebody else’s record and one that does not exist answer alike', async () => {
    const seen = (record: number) => refusalOf(office.lookAs(person.anne!, (work) => refuseUnlessSeen(work, customer, record)));
    expect(await seen(id.daves!)).toEqual({ code: 'record.notFound', facts: { type: 'customer', id: id.daves } });
    expect(await seen(987_654)).toEqual({ code: 'record.notFound', facts: { type: 'customer', id: 987_654 } });
  });

  test('what is seen but not one’s own to change says so', async () => {
    await share(id.daves!, 'anne', 'read', null);
    expect(await refusalOf(office.lookAs(person.anne!, (work) => refuseUnlessSeen(work, customer, id.daves!, 'change')))).toEqual({
      code: 'access.denied',
      facts: { operation: 'change', type: 'customer' },
    });
    await office.company.store.write((tx) => tx('shares').delete());
    const printing = office.lookAs(person.anne!, async (work) => refuseUnlessMay(work, customer, 'print'));
    expect((await refusalOf(printing)).code).toBe('access.denied');
  });

  test('the operations shown on a record are those that work on it', async () => {
    for (const who of ['anne', 'ben', 'chief', 'dave', 'boss']) {
      await office.lookAs(person[who]!, async (work) => {
        for (const record of await loadRecords(work.tx, customer, [id.annes!, id.carlas!, id.daves!], { parts: false })) {
          if (!(await canSee(work, customer, record.id))) continue;
          const works: Operation[] = [];
          for (const operation of customer.operations) if (await canSee(work, customer, record.id, operation)) works.push(operation);
          expect(await operationsOn(work, customer, record)).toEqual(works);
        }
      });
    }
  });

  test('news of a change reaches exactly those who see the record', async () => {
    await share(id.daves!, 'carla', 'read', null);
    const records = [
      ...[id.annes!, id.bens!, id.carlas!, id.daves!, id.pool!].map((record) => [customer, record] as const),
      [contact, id.contact!] as const,
      [salesOrder, id.order!] as const,
    ];
    for (const userId of Object.values(person)) {
      await office.lookAs(userId, async (work) => {
        const rooms = new Set(roomsOf(work.actor, catalogue));
        for (const [definition, recordId] of records) {
          const [record] = await loadRecords(work.tx, definition, [recordId], { parts: false });
          const hears = (await audienceOf(work, definition, record!)).some((room) => rooms.has(room));
          expect([userId, definition.type, recordId, hears]).toEqual([
            userId,
            definition.type,
            recordId,
            await canSee(work, definition, recordId),
          ]);
        }
      });
    }
    await office.company.store.write((tx) => tx('shares').delete());
  });

  test('a narrowed list counts only what is seen, under another table name too', async () => {
    await office.lookAs(person.chief!, async (work) => {
      const query = work.tx(`${tableOf(customer)} as c`).count({ count: '*' });
      restrict(work, customer, query, 'read', 'c');
      expect(Number(((await query) as { count: number }[])[0]?.count)).toBe(3);
    });
  });

  test('the filter on documents of a customer finds its way through indexes', async () => {
    if (kind.name !== 'sqlite') return;
    await office.lookAs(person.dave!, async (work) => {
      const query = work.tx(tableOf(salesOrder)).select('id');
      restrict(work, salesOrder, query, 'read');
      const { sql, bindings } = query.toSQL().toNative();
      const plan = (await work.tx.raw(`explain query plan ${sql}`, bindings as never)) as { detail: string }[];
      expect(plan.map((step) => step.detail).join('\n')).not.toMatch(/SCAN (sales_orders|customers|shares)/);
    });
  });

  test('a type nobody granted anything on stays closed', async () => {
    expect(await office.lookAs(person.anne!, async (work) => work.actor.reach(receipt.type, 'read'))).toBe('none');
  });
});
