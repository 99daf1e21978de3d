import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadPerson } from '../../server/access/people.ts';
import { canSee, visibleIds } from '../../server/access/visibility.ts';
import { personRights } from '../../server/features/explaining/personRights.ts';
import { whoSees } from '../../server/features/explaining/whoSees.ts';
import { asPerson, pathsOf, whyFields, whyOperation, whyRecord } from '../../server/features/explaining/whyRecord.ts';
import { readyPositions } from '../../shared/access/readyPositions.ts';
import { catalogue } from '../../shared/catalogue.ts';
import type { Definition, Operation, Value } from '../../shared/kernel/definition.ts';
import { stores } from '../stores/stores.ts';
import { dayAfter, type Office, openOffice, refusalOf } from './office.ts';

const customer = catalogue.get('customer');

describe.each(stores)('why somebody may or may not, on $name', (kind) => {
  let office: Office;
  const place: Record<string, number> = {};
  const person: Record<string, number> = {};
  const samples = new Map<string, number[]>();

  /** One record of the type for each way it can belong to somebody, seen from the people of the north. */
  async function addSamples(definition: Definition, parents: readonly number[]): Promise<number[]> {
    const owners = [person.mate, person.south, person.below, null];
    const homes = [place.north, place.south, place.team, null];
    const ids: number[] = [];
    for (const [index, owner] of owners.entries()) {
      const hangsOn = definition.visibility.by === 'company' ? undefined : definition.visibility.through;
      const link: Record<string, Value> = hangsOn ? { [hangsOn]: parents[(index + 1) % parents.length] ?? null } : {};
      const owned: Record<string, Value> =
        definition.visibility.by === 'owner' ? { owner: owner ?? null, department: homes[index] ?? null } : {};
      const named = `${definition.type} ${index}`;
      const title: Record<string, Value> = definition.fields[definition.title]?.kind === 'text' ? { [definition.title]: named } : {};
      const states = Object.keys(definition.states ?? {});
      ids.push(await office.add(definition.type, { ...title, ...owned, ...link }, undefined, states[index % Math.max(1, states.length)]));
    }
    return ids;
  }

  beforeAll(async () => {
    office = await openOffice(kind);
    place.head = await office.add('department', { name: '总公司', kindOfUnit: 'company' });
    place.north = await office.add('department', { name: '北方', kindOfUnit: 'office', parent: place.head });
    place.team = await office.add('department', { name: '北一组', kindOfUnit: 'team', parent: place.north });
    place.south = await office.add('department', { name: '南方', kindOfUnit: 'office', parent: place.head });
    const held: Record<string, number> = {};
    for (const { code, names, grants, ...rest } of readyPositions) {
      const sketch = grants.map(({ type, operation, scope }) => [type, operation, scope] as const);
      const fieldRights = rest.fieldRights?.map(({ type, field, access }) => [type, field, access] as const);
      held[code] = await office.addPosition({ name: names.en, ...rest, grants: sketch, fieldRights: fieldRights ?? [] });
    }
    person.mate = await office.addUser('mate', place.north, [held.salesperson!]);
    person.south = await office.addUser('south', place.south, [held.salesperson!]);
    person.below = await office.addUser('below', place.team, [held.salesperson!]);
    for (const [code, id] of Object.entries(held)) person[code] = await office.addUser(code, place.north, [id]);
    person.both = await office.addUser('both', place.north, [held.salesManager!, held.warehouseClerk!]);
    person.none = await office.addUser('none', place.north, []);
    const customers = await addSamples(customer, []);
    samples.set('customer', customers);
    for (const definition of catalogue.definitions) {
      if (['customer', 'user', 'position', 'department'].includes(definition.type)) continue;
      samples.set(definition.type, await addSamples(definition, customers));
    }
    const rows = ['customer', 'salesOrder', 'quotation'].map((type) => ({
      type,
      record_id: samples.get(type)?.[1],
      user: person.salesperson,
      access: type === 'customer' ? 'write' : 'read',
      until: dayAfter(3),
      shared_by: person.owner,
      at: '2026-11-23T02:00:00.000Z',
    }));
    await office.company.store.write((tx) => tx('shares').insert(rows));
  }, 120_000);
  afterAll(() => office.close());

  // The second engine is asked less: what it adds is its own SQL for the same grounds.
  const operationsOf = (definition: Definition): readonly Operation[] =>
    kind.name === 'sqlite' ? definition.operations : definition.operations.filter((one) => one === 'read' || one === 'change');

  test.each([...readyPositions.map(({ code }) => code), 'both', 'none'])(
    'what is explained to %s of every kind of record is what the filter decides',
    { timeout: 240_000 },
    async (who) => {
      await office.lookAs(person[who]!, async (work) => {
        const whom = await loadPerson(work.tx, person[who]!);
        for (const [type, ids] of samples) {
          const definition = catalogue.get(type);
          for (const operation of operationsOf(definition)) {
            const decided = await visibleIds(work, definition, ids, operation);
            for (const id of ids) {
              const why = await whyOperation(work, whom, { definition, id, operation });
              const about = `${type} ${id} ${operation}`;
              expect([about, why.isAllowed]).toEqual([about, decided.has(id)]);
              expect([about, why.grounds.length > 0, why.lacking === null]).toEqual([about, decided.has(id), decided.has(id)]);
              expect([about, why.positions.some(({ isEnough }) => isEnough)]).toEqual([about, decided.has(id)]);
              for (const { above } of why.grounds) if (above) expect([about, above.grounds.length]).not.toEqual([about, 0]);
            }
          }
          const hidden = whyFields(work, whom, definition).filter(({ access }) => access === 'hidden');
          const kept = pathsOf(definition).filter((path) => work.actor.fieldAccess(type, path) === 'hidden');
          expect(hidden.map(({ path }) => path)).toEqual(kept);
        }
      });
    },
  );

  test('the people told to see a record are those who see it, page by page', async () => {
    for (const id of samples.get('salesOrder') ?? []) {
      await office.lookAs(person.administrator!, async (work) => {
        const told: number[] = [];
        for (let after: number | null = 0; after !== null; ) {
          const page = await whoSees(work, catalogue.get('salesOrder'), id, after);
          told.push(...page.rows.map((row) => row.id));
          after = page.next;
        }
        const seeing: number[] = [];
        for (const userId of Object.values(person)) {
          if (await canSee(asPerson(work, await loadPerson(work.tx, userId)), catalogue.get('salesOrder'), id)) seeing.push(userId);
        }
        expect(told.sort((a, b) => a - b)).toEqual(seeing.sort((a, b) => a - b));
      });
    }
  });

  test('a share says who gave it and until when, a customer’s paper that it follows its customer', async () => {
    const shared = samples.get('customer')![1]!;
    const why = await office.lookAs(person.administrator!, (work) => whyRecord(work, customer, shared, person.salesperson!));
    expect(why).toMatchObject({ person: { name: 'salesperson', department: '北方' }, owner: 'south', department: '南方' });
    expect(why.operations[0]).toMatchObject({
      operation: 'read',
      isAllowed: true,
      positions: [{ name: 'Salesperson', scope: 'own', isEnough: true }],
      grounds: [{ kind: 'share', name: 'owner', until: dayAfter(3) }],
    });
    const order = await office.add('salesOrder', { customer: shared, owner: person.south!, department: place.south! });
    const through = await office.lookAs(person.administrator!, (work) =>
      whyRecord(work, catalogue.get('salesOrder'), order, person.salesperson!),
    );
    expect(through.operations[0]?.grounds).toEqual([
      {
        kind: 'through',
        above: { type: 'customer', id: shared, title: 'customer 1', grounds: [expect.objectContaining({ kind: 'share' })] },
      },
    ]);
    expect(through.operations.find(({ operation }) => operation === 'change')).toMatchObject({ isAllowed: false, lacking: 'reach' });
    expect(through.steps.find(({ step }) => step === 'approve')).toMatchObject({ isAllowed: false, lacking: 'operation' });
  });

  test('what a person may do names the positions that let them', async () => {
    const rights = await office.lookAs(person.administrator!, (work) => personRights(work, person.both!));
    const [manager, clerk] = rights.positions.map(({ id }) => id);
    const orders = rights.types.find(({ type }) => type === 'salesOrder')?.operations ?? [];
    expect(orders.find(({ operation }) => operation === 'read')).toEqual({ operation: 'read', scope: 'all', positions: [clerk] });
    expect(orders.find(({ operation }) => operation === 'approve')).toMatchObject({ scope: 'departmentTree', positions: [manager] });
    expect(rights.special).toContainEqual({ right: 'see.salesPrice', positions: [manager] });
    expect(rights.fields).toContainEqual(expect.objectContaining({ path: 'lines.unitCost', because: 'secret', right: 'see.cost' }));
  });

  test('only whoever keeps people is told, and a delegate about their own people alone', async () => {
    const id = samples.get('customer')![0]!;
    const asked = (who: number, whom: number) => office.lookAs(who, (work) => whyRecord(work, customer, id, whom));
    expect((await refusalOf(asked(person.mate!, person.south!))).code).toBe('access.denied');
    const delegate = await office.addPosition({ special: ['people.delegate'], grants: [['customer', 'read', 'all']] });
    person.delegate = await office.addUser('delegate', place.north!, [delegate]);
    expect((await asked(person.delegate, person.below!)).person.name).toBe('below');
    expect((await refusalOf(asked(person.delegate, person.south!))).code).toBe('record.notFound');
    const told = await office.lookAs(person.delegate, (work) => whoSees(work, customer, id));
    expect(told.rows.map(({ department }) => department)).not.toContain('南方');
    // A record they do not see themselves is not explained to them either.
    const orders = samples.get('salesOrder')![0]!;
    const closed = office.lookAs(person.delegate, (work) => whyRecord(work, catalogue.get('salesOrder'), orders, person.below!));
    expect((await refusalOf(closed)).code).toBe('record.notFound');
  });
});
