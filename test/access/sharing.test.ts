import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { listShares, shareRecords, unshareRecords } from '../../server/access/sharing.ts';
import { canSee } from '../../server/access/visibility.ts';
import { loadRecords } from '../../server/database/rows.ts';
import { proveAudit, writeAudit } from '../../server/engine/audit.ts';
import { storeChange } from '../../server/engine/changeRecord.ts';
import { assignMany } from '../../server/features/assigning/assignMany.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { stores } from '../stores/stores.ts';
import { dayAfter, type Office, openOffice, refusalOf } from './office.ts';

const customer = catalogue.get('customer');
const pen = { storeChange, writeAudit };

describe.each(stores)('sharing and assigning on $name', (kind) => {
  let office: Office | undefined;
  let it: Awaited<ReturnType<typeof aSalesOffice>>;

  async function aSalesOffice() {
    const place = await openOffice(kind);
    const north = await place.add('department', { name: '北方', kindOfUnit: 'office' });
    const south = await place.add('department', { name: '南方', kindOfUnit: 'office' });
    const selling = await place.addPosition({
      grants: [
        ['customer', 'read', 'own'],
        ['customer', 'change', 'own'],
        ['customer', 'share', 'own'],
        ['salesOrder', 'read', 'own'],
        ['contact', 'read', 'own'],
      ],
    });
    const leading = await place.addPosition({
      grants: [
        ['customer', 'read', 'department'],
        ['customer', 'assign', 'department'],
        ['customer', 'share', 'department'],
      ],
    });
    const anne = await place.addUser('anne', north, [selling]);
    const ben = await place.addUser('ben', south, [selling]);
    const carla = await place.addUser('carla', south, [selling]);
    const chief = await place.addUser('chief', north, [leading]);
    const customers: number[] = [];
    for (const name of ['一', '二', '三', '四', '五'])
      customers.push(await place.add('customer', { name, owner: anne, department: north }));
    const foreign = await place.add('customer', { name: '外', owner: carla, department: south });
    return { office: place, north, south, anne, ben, carla, chief, customers, foreign, first: customers[0]! };
  }
  const ownerOf = async (type: string, id: number) => {
    const [record] = await it.office.company.store.read((tx) => loadRecords(tx, catalogue.get(type), [id], { parts: false }));
    return record?.values.owner;
  };
  const seesFirst = (who: number, operation: 'read' | 'change') =>
    it.office.lookAs(who, (work) => canSee(work, customer, it.first, operation));

  beforeEach(async () => {
    await office?.close();
    it = await aSalesOffice();
    office = it.office;
  });
  afterAll(() => office?.close());

  test('a colleague sees what is shared, changes it only when it was shared for writing, and no more when it is taken back', async () => {
    const share = (access: 'read' | 'write') =>
      it.office.as(it.anne, (work) => shareRecords(work, customer, { ids: [it.first], users: [it.ben], access, until: dayAfter(5) }, pen));
    expect(await share('read')).toEqual([{ id: it.first, ok: true }]);
    expect([await seesFirst(it.ben, 'read'), await seesFirst(it.ben, 'change')]).toEqual([true, false]);
    await share('write');
    expect(await seesFirst(it.ben, 'change')).toBe(true);
    expect(await it.office.lookAs(it.ben, (work) => listShares(work, customer, it.first))).toMatchObject([
      { user: it.ben, userName: 'ben', access: 'write', until: dayAfter(5), sharedBy: it.anne },
    ]);
    expect(it.office.announced.at(-1)).toMatchObject({
      type: 'customer',
      id: it.first,
      rooms: expect.arrayContaining([`customer:user:${it.ben}`]),
    });
    it.office.announced.length = 0;
    await it.office.as(it.anne, (work) => unshareRecords(work, customer, { ids: [it.first], users: [it.ben] }, pen));
    expect(await seesFirst(it.ben, 'read')).toBe(false);
    expect(it.office.announced.flatMap((one) => one.rooms)).toContain(`customer:user:${it.ben}`);
  });

  test('each record answers for itself, and only what is one’s own to share is shared', async () => {
    const share = (who: number, access: 'read' | 'write') =>
      it.office.as(who, (work) => shareRecords(work, customer, { ids: [it.first, it.foreign, 987_654], users: [it.ben], access }, pen));
    expect((await share(it.anne, 'read')).map((result) => (result.ok ? 'ok' : result.problem.code))).toEqual([
      'ok',
      'record.notFound',
      'record.notFound',
    ]);
    // The chief may share the department's customers, but not change them, and so cannot let others change them.
    expect((await share(it.chief, 'read')).map((result) => result.ok)).toEqual([true, false, false]);
    expect((await share(it.chief, 'write'))[0]).toEqual({
      id: it.first,
      ok: false,
      problem: { code: 'access.denied', facts: { operation: 'change', type: 'customer' } },
    });
    await it.office.as(it.anne, (work) => shareRecords(work, customer, { ids: [it.first], users: [it.ben], access: 'write' }, pen));
    const passingOn = await it.office.as(it.ben, (work) =>
      shareRecords(work, customer, { ids: [it.first], users: [it.carla], access: 'read' }, pen),
    );
    expect(passingOn[0]).toMatchObject({ ok: false, problem: { code: 'access.denied' } });
  });

  test('a share is refused with a day gone by, with somebody unknown, and where the type is not shared', async () => {
    const refused = async (input: Partial<Parameters<typeof shareRecords>[2]>, type = 'customer') =>
      (
        await refusalOf(
          it.office.as(it.anne, (work) =>
            shareRecords(work, catalogue.get(type), { ids: [it.first], users: [it.ben], access: 'read', ...input }, pen),
          ),
        )
      ).code;
    expect(await refused({ until: dayAfter(-1) })).toBe('share.untilPast');
    expect(await refused({ users: [987_654] })).toBe('access.unknownPerson');
    expect(await refused({}, 'salesOrder')).toBe('access.denied');
  });

  test('customers are dealt out evenly, each owner is told once, and the old owner no longer sees them', async () => {
    const { customers, ben, carla, chief, anne, south } = it;
    const before = await it.office.company.store.read((tx) => tx('audit').count({ count: '*' }));
    const results = await it.office.as(chief, (work) =>
      assignMany(work, customer, { ids: [...customers, it.foreign], owners: [ben, carla], how: 'evenly', withDocuments: false }, pen),
    );
    expect(results.map((result) => result.ok)).toEqual([true, true, true, true, true, false]);
    expect(await Promise.all(customers.map((id) => ownerOf('customer', id)))).toEqual([ben, carla, ben, carla, ben]);
    const [stored] = await it.office.company.store.read((tx) => loadRecords(tx, customer, [it.first], { parts: false }));
    expect(stored).toMatchObject({ version: 2, values: { department: south }, stamps: { changedBy: chief } });
    const notices = (await it.office.company.store.read((tx) =>
      tx('notices').orderBy('id').select('user', 'code', 'facts', 'record_id'),
    )) as { facts: string }[];
    expect(notices.map((row) => ({ ...row, facts: JSON.parse(row.facts) }))).toEqual([
      { user: ben, code: 'notice.assigned', facts: { type: 'customer', count: 3, by: 'chief' }, record_id: null },
      { user: carla, code: 'notice.assigned', facts: { type: 'customer', count: 2, by: 'chief' }, record_id: null },
    ]);
    expect(await seesFirst(anne, 'read')).toBe(false);
    expect(it.office.announced.filter((one) => one.id === it.first).flatMap((one) => one.rooms)).toEqual(
      expect.arrayContaining([`customer:user:${anne}`, `customer:user:${ben}`]),
    );
    const after = await it.office.company.store.read((tx) => tx('audit').count({ count: '*' }));
    expect(Number(after[0]?.count) - Number(before[0]?.count)).toBe(5);
    expect(await it.office.lookAs(chief, proveAudit)).toEqual([]);
  });

  test('a customer is handed over with open documents and contacts, while what is done keeps its name', async () => {
    const { anne, ben, carla, north, first } = it;
    const order = (owner: number, state: string) =>
      it.office.add(
        'salesOrder',
        { number: `SO${owner}${state}`, customer: first, day: '2026-11-20', owner, department: north },
        {},
        state,
      );
    const [open, done, void_, others] = [
      await order(anne, 'approved'),
      await order(anne, 'completed'),
      await order(anne, 'void'),
      await order(carla, 'draft'),
    ];
    const contact = await it.office.add('contact', { customer: first, name: '丁', responsible: anne });
    await it.office.as(it.chief, (work) =>
      assignMany(work, customer, { ids: [first], owners: [ben], how: 'one', withDocuments: true }, pen),
    );
    expect(await Promise.all([open, done, void_, others].map((id) => ownerOf('salesOrder', id)))).toEqual([ben, anne, anne, carla]);
    const [person] = await it.office.company.store.read((tx) => loadRecords(tx, catalogue.get('contact'), [contact], { parts: false }));
    expect(person?.values.responsible).toBe(ben);
    const [second] = it.customers.slice(1);
    const stays = await it.office.add('salesOrder', {
      number: 'SO9',
      customer: second!,
      day: '2026-11-20',
      owner: anne,
      department: north,
    });
    await it.office.as(it.chief, (work) =>
      assignMany(work, customer, { ids: [second!], owners: [ben], how: 'one', withDocuments: false }, pen),
    );
    expect(await ownerOf('salesOrder', stays)).toBe(anne);
  });

  test('assigning is refused to who may not, to nobody, and to two at once', async () => {
    const refused = async (who: number, owners: number[], how: 'one' | 'evenly') =>
      (
        await refusalOf(
          it.office.as(who, (work) => assignMany(work, customer, { ids: [it.first], owners, how, withDocuments: false }, pen)),
        )
      ).code;
    expect(await refused(it.anne, [it.ben], 'one')).toBe('access.denied');
    expect(await refused(it.chief, [it.ben, it.carla], 'one')).toBe('assign.oneOwner');
    expect(await refused(it.chief, [], 'evenly')).toBe('assign.oneOwner');
    expect(await refused(it.chief, [987_654], 'one')).toBe('access.unknownPerson');
  });
});
