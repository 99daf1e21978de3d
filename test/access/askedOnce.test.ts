import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadPeople, loadPerson } from '../../server/access/people.ts';
import { actorOf } from '../../server/access/rights.ts';
import { look } from '../../server/engine/transact.ts';
import { whatIf } from '../../server/features/explaining/whatIf.ts';
import { whoSees } from '../../server/features/explaining/whoSees.ts';
import type { Work } from '../../server/work.ts';
import { catalogue } from '../../shared/catalogue.ts';
import type { RightsChange } from '../../shared/contracts/whatIf.ts';
import { stores } from '../stores/stores.ts';
import { countingQueries } from '../support/queries.ts';
import { type Office, openOffice } from './office.ts';

describe.each(stores)('people are read together, on $name', (kind) => {
  let office: Office;
  const place: Record<string, number> = {};
  const held: Record<string, number> = {};
  let admin = 0;
  const hire = async (count: number, positions: readonly number[], department = place.north!) => {
    const ids: number[] = [];
    for (let n = 0; n < count; n += 1) ids.push(await office.addUser(`p${Math.random()}`, department, [...positions]));
    return ids;
  };
  const asking = async <T>(run: (work: Work) => Promise<T>): Promise<{ queries: number; answer: T }> => {
    const actor = await actorOf(office.company, admin);
    const { company, count } = countingQueries(office.company);
    const answer = await look(company, actor, run);
    return { queries: count(), answer };
  };

  beforeAll(async () => {
    office = await openOffice(kind);
    place.head = await office.add('department', { name: '总公司', kindOfUnit: 'company' });
    place.north = await office.add('department', { name: '北方', kindOfUnit: 'office', parent: place.head });
    place.team = await office.add('department', { name: '北一组', kindOfUnit: 'team', parent: place.north });
    held.seller = await office.addPosition({ grants: [['customer', 'read', 'own']] });
    held.chief = await office.addPosition({ grants: [['customer', 'read', 'departmentTree']], special: ['see.contact'] });
    held.clerk = await office.addPosition({ grants: [['item', 'read', 'all']] });
    held.admin = await office.addPosition({ administrator: true });
    admin = await office.addUser('admin', place.head, [held.admin]);
    await hire(12, [held.seller]);
    await hire(3, [held.chief, held.seller], place.team);
  });
  afterAll(() => office.close());

  test('each just as by themselves, and whoever has left, was deleted or never was is left out', async () => {
    const [gone, deleted] = await hire(2, [held.seller!]);
    await office.company.store.write(async (tx) => {
      await tx('users').where({ id: gone }).update({ employment: 'left' });
      await tx('users').where({ id: deleted }).update({ deleted_at: '2026-11-22T00:00:00.000Z' });
    });
    await office.lookAs(admin, async ({ tx }) => {
      const ids = (await tx('users').orderBy('id').pluck('id')) as number[];
      const people = await loadPeople(tx, [...ids, 987_654]);
      expect([...people.keys()].sort((a, b) => a - b)).toEqual(ids.filter((id) => id !== gone && id !== deleted));
      for (const [id, person] of people) expect(person).toEqual(await loadPerson(tx, id));
    });
  });

  test('what a change would change asks no more for a hundred people than for a few', async () => {
    const wider = { administrator: false, special: [], fieldRights: [], grants: [{ type: 'customer', operation: 'read', scope: 'all' }] };
    const changes: RightsChange[] = [
      { kind: 'position', id: held.seller!, position: wider as Extract<RightsChange, { kind: 'position' }>['position'] },
      { kind: 'department', id: place.north!, parent: null },
    ];
    const before = [];
    for (const change of changes) before.push(await asking((work) => whatIf(work, change)));
    await hire(85, [held.seller!]);
    for (const [at, change] of changes.entries()) {
      const { queries, answer } = await asking((work) => whatIf(work, change));
      expect(queries).toBe(before[at]?.queries);
      expect(answer.count).toBeGreaterThanOrEqual(before[at]?.answer.count ?? 0);
    }
  });

  test('who sees a record asks nothing more for people who read nothing of its kind', async () => {
    const customer = await office.add('customer', { name: '甲', owner: admin, department: place.team! });
    const seeing = () => asking((work) => whoSees(work, catalogue.get('customer'), customer));
    // The first time something may be looked up that is kept in memory afterwards.
    await seeing();
    const before = await seeing();
    expect(before.answer.rows.map(({ mayChange }) => mayChange)).toEqual([true, false, false, false]);
    await hire(60, [held.clerk!]);
    expect(await seeing()).toEqual(before);
  });
});
