import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forgetActors, loadActor } from '../../server/access/rights.ts';
import { forgetSafety } from '../../server/access/safety.ts';
import { restrict } from '../../server/access/visibility.ts';
import { tableOf } from '../../server/database/tables.ts';
import { changeRecord } from '../../server/engine/changeRecord.ts';
import { doorsWhatIf } from '../../server/features/explaining/doorsWhatIf.ts';
import { whatIf } from '../../server/features/explaining/whatIf.ts';
import { catalogue } from '../../shared/catalogue.ts';
import type { RightsChange } from '../../shared/contracts/whatIf.ts';
import { stores } from '../stores/stores.ts';
import { type Office, openOffice, refusalOf, start } from './office.ts';

const customer = catalogue.get('customer');

describe.each(stores)('what a change of rights would change, on $name', (kind) => {
  let office: Office;
  const place: Record<string, number> = {};
  const held: Record<string, number> = {};
  const person: Record<string, number> = {};
  const asked = (change: RightsChange, who = person.admin!) => office.lookAs(who, (work) => whatIf(work, change));
  const content = (scope: 'own' | 'departmentTree', special: readonly string[] = []) => ({
    administrator: false,
    grants: [
      { type: 'customer', operation: 'read', scope } as const,
      { type: 'contact', operation: 'read', scope: 'own' } as const,
      { type: 'salesOrder', operation: 'read', scope: 'own' } as const,
    ],
    special,
    fieldRights: [],
  });
  const seenBy = (userId: number) =>
    office.lookAs(person.admin!, async (work) => {
      const query = work.tx(tableOf(customer)).whereNull('deleted_at');
      restrict({ ...work, actor: await loadActor(work.tx, catalogue, userId) }, customer, query, 'read');
      return Number(((await query.count({ count: '*' }).first()) as { count: number }).count);
    });

  beforeAll(async () => {
    office = await openOffice(kind);
    place.head = await office.add('department', { name: '总公司', kindOfUnit: 'company' });
    place.north = await office.add('department', { name: '北方', kindOfUnit: 'office', parent: place.head });
    place.team = await office.add('department', { name: '北一组', kindOfUnit: 'team', parent: place.north });
    place.south = await office.add('department', { name: '南方', kindOfUnit: 'office', parent: place.head });
    const sketch = content('own').grants.map(({ type, operation, scope }) => [type, operation, scope] as const);
    held.seller = await office.addPosition({ grants: sketch });
    held.chief = await office.addPosition({ grants: [['customer', 'read', 'departmentTree']] });
    held.admin = await office.addPosition({ administrator: true });
    person.admin = await office.addUser('admin', place.head, [held.admin]);
    person.anne = await office.addUser('anne', place.north, [held.seller]);
    person.ben = await office.addUser('ben', place.south, [held.seller]);
    person.chief = await office.addUser('chief', place.north, [held.chief]);
    for (const [name, owner, department] of [
      ['甲', 'anne', 'north'],
      ['乙', 'chief', 'team'],
      ['丙', 'ben', 'south'],
      ['丁', 'ben', 'south'],
    ] as const) {
      const id = await office.add('customer', { name, owner: person[owner]!, department: place[department]! });
      await office.add('contact', { customer: id, name: '联系人' });
    }
  });
  afterAll(() => office.close());

  test('a position that reaches further shows to whom, and how many records more, as it then is', async () => {
    const { people, count } = await asked({ kind: 'position', id: held.seller!, position: content('departmentTree', ['see.contact']) });
    expect(count).toBe(2);
    const [anne, ben] = people;
    expect(anne).toMatchObject({
      person: { name: 'anne', department: '北方' },
      rights: [{ type: 'customer', operation: 'read', before: 'own', after: 'departmentTree' }],
      special: { gained: ['see.contact'], lost: [] },
    });
    expect(anne?.fields).toContainEqual({ type: 'contact', path: 'mobile', before: 'hidden', after: 'write' });
    expect(anne?.seen).toEqual(
      expect.arrayContaining([
        { type: 'customer', before: 1, after: 2 },
        { type: 'contact', before: 1, after: 2 },
      ]),
    );
    expect(ben?.seen).toEqual([]);
    // Made in earnest it is what was told, and before it was nothing of it there.
    expect(await seenBy(person.anne!)).toBe(1);
    const input = content('departmentTree', ['see.contact']);
    const parts = { grants: input.grants.map((row) => ({ ...row })), specialRights: [{ right: 'see.contact' }], fieldRights: [] };
    await office.as(person.admin!, (work) => changeRecord(work, catalogue.get('position'), held.seller!, { version: 1, parts }));
    expect(await seenBy(person.anne!)).toBe(2);
    expect((await asked({ kind: 'position', id: held.seller!, position: input })).count).toBe(0);
  });

  test('another department, other positions and another tree are told as well', async () => {
    const moved = await asked({ kind: 'user', id: person.chief!, department: place.south! });
    expect(moved.people[0]?.seen).toEqual([{ type: 'customer', before: 2, after: 3 }]);
    const bare = await asked({ kind: 'user', id: person.anne!, positions: [] });
    expect(bare.people[0]?.rights).toContainEqual({ type: 'contact', operation: 'read', before: 'own', after: 'none' });
    expect(bare.people[0]?.special.lost).toEqual(['see.contact']);
    const tree = await asked({ kind: 'department', id: place.south!, parent: place.north! });
    expect(tree.people.find(({ person: who }) => who.name === 'chief')?.seen).toEqual([{ type: 'customer', before: 2, after: 4 }]);
    expect(tree.people.map(({ person: who }) => who.name)).not.toContain('ben');
  });

  test('it is told to those who keep people, and to a delegate about their own alone', async () => {
    expect((await refusalOf(asked({ kind: 'user', id: person.ben!, positions: [] }, person.anne))).code).toBe('access.denied');
    const delegate = await office.addPosition({ special: ['people.delegate'] });
    person.delegate = await office.addUser('delegate', place.north!, [delegate]);
    forgetActors(office.company);
    expect((await asked({ kind: 'user', id: person.ben!, positions: [] }, person.delegate)).count).toBe(0);
    expect((await asked({ kind: 'user', id: person.anne!, positions: [] }, person.delegate)).count).toBe(1);
  });

  test('other address rules name who would be let in otherwise from where they came', async () => {
    const came = (user: number, address: string) => ({ at: start, user, login: 'x', address, result: 'signedIn' });
    await office.company.store.write((tx) =>
      tx('sign_ins').insert([came(person.anne!, '192.168.1.9'), came(person.anne!, '10.0.0.4'), came(person.ben!, '10.0.0.5')]),
    );
    forgetSafety(office.company);
    const rule = { addresses: ['192.168.1.0/24'], hours: null, effect: 'allow', lookOnly: false, areas: null, remark: '' } as const;
    const rules = { isOn: true, otherwise: 'refuse', rules: [{ who: { kind: 'everybody' }, ...rule }] } as const;
    const { rows } = await office.lookAs(person.admin!, (work) => doorsWhatIf(work, rules));
    expect(rows.map(({ person: who, address, before, after }) => [who.name, address, before, after])).toEqual([
      ['anne', '10.0.0.4', 'allow', 'refuse'],
      ['ben', '10.0.0.5', 'allow', 'refuse'],
    ]);
  });
});
