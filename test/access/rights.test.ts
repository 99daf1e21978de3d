import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actorOf, forgetActors, loadActor, refuseUnlessRight, systemActor } from '../../server/access/rights.ts';
import { refuseUnwritable, trimDefinitions, trimRecord, unwritableIn } from '../../server/access/trim.ts';
import { readyPositions } from '../../shared/access/readyPositions.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { specialRights } from '../../shared/kernel/specialRights.ts';
import { stores } from '../stores/stores.ts';
import { type Office, openOffice, refusalOf } from './office.ts';

const customer = catalogue.get('customer');

describe.each(stores)('rights on $name', (kind) => {
  let office: Office;
  let department = 0;
  let seller = 0;
  const hire = async (...positions: Parameters<Office['addPosition']>[0][]) => {
    const held: number[] = [];
    for (const position of positions) held.push(await office.addPosition(position));
    return office.addUser(`user${Math.random().toString(36).slice(2, 10)}`, department, held);
  };

  beforeAll(async () => {
    office = await openOffice(kind);
    department = await office.add('department', { name: '总公司', kindOfUnit: 'company' });
    seller = await hire({
      grants: [
        ['customer', 'read', 'own'],
        ['customer', 'change', 'own'],
        ['customer', 'create', 'own'],
      ],
      special: ['see.contact'],
    });
  });
  afterAll(() => office.close());

  test('of several positions the widest scope counts', async () => {
    const person = await hire(
      { grants: [['customer', 'read', 'department']], special: ['import'] },
      {
        grants: [
          ['customer', 'read', 'own'],
          ['customer', 'change', 'own'],
        ],
      },
    );
    const actor = await actorOf(office.company, person);
    expect([actor.reach('customer', 'read'), actor.reach('customer', 'change'), actor.reach('customer', 'delete')]).toEqual([
      'department',
      'own',
      'none',
    ]);
    expect([...actor.special]).toEqual(['import']);
    expect((await refusalOf(Promise.resolve().then(() => refuseUnlessRight(actor, 'audit.read')))).code).toBe('access.denied');
  });

  test('an administrator may everything that exists, and nothing that does not', async () => {
    const actor = await actorOf(office.company, await hire({ administrator: true }));
    expect([actor.reach('customer', 'assign'), actor.reach('quotation', 'share'), actor.reach('nonsense', 'read')]).toEqual([
      'all',
      'none',
      'none',
    ]);
    expect([...actor.special]).toEqual([...specialRights]);
    expect(actor.fieldAccess('customer', 'creditLimit')).toBe('write');
    expect(systemActor(office.company).administrator).toBe(true);
  });

  test('a secret field needs its right; what the program writes is never typed', async () => {
    const actor = await actorOf(office.company, seller);
    expect(
      ['phone', 'creditLimit', 'addresses.phone', 'billingTitles.bank', 'name'].map((path) => actor.fieldAccess('customer', path)),
    ).toEqual(['write', 'hidden', 'write', 'hidden', 'write']);
    const boss = await actorOf(office.company, await hire({ administrator: true }));
    expect(
      ['number', 'total', 'lines.grossAmount', 'lines.shipped', 'lines.price'].map((path) => boss.fieldAccess('salesOrder', path)),
    ).toEqual(['readOnly', 'readOnly', 'readOnly', 'readOnly', 'write']);
  });

  test('names that only the language knows are no fields', async () => {
    const boss = await actorOf(office.company, await hire({ administrator: true }));
    for (const path of ['constructor', '__proto__', 'addresses.constructor', 'toString.name', 'id', '', 'name.name.name']) {
      expect(boss.fieldAccess('customer', path)).toBe('hidden');
    }
  });

  test('a restricted field opens when another position reads the type freely', async () => {
    const restricted = {
      grants: [['customer', 'read', 'own']],
      fieldRights: [
        ['customer', 'city', 'hidden'],
        ['customer', 'region', 'readOnly'],
        ['customer', 'addresses', 'hidden'],
      ],
    } as const;
    const once = await actorOf(office.company, await hire(restricted));
    const twice = await actorOf(office.company, await hire(restricted, { grants: [['customer', 'read', 'own']] }));
    const elsewhere = await actorOf(office.company, await hire(restricted, { grants: [['item', 'read', 'all']] }));
    const paths = ['city', 'region', 'addresses', 'addresses.address'];
    expect(paths.map((path) => once.fieldAccess('customer', path))).toEqual(['hidden', 'readOnly', 'hidden', 'hidden']);
    expect(paths.map((path) => twice.fieldAccess('customer', path))).toEqual(['write', 'write', 'write', 'write']);
    expect(paths.map((path) => elsewhere.fieldAccess('customer', path))).toEqual(['hidden', 'readOnly', 'hidden', 'hidden']);
  });

  test('hidden fields are absent from what goes out, not blank', async () => {
    const actor = await actorOf(office.company, seller);
    const record = {
      values: { name: '安记', phone: '1380', creditLimit: 500, bankAccount: '622' },
      parts: { billingTitles: [{ id: 3, title: '安记', bank: '工行', phone: '021' }] },
    };
    expect(trimRecord(actor, customer, record)).toEqual({
      values: { name: '安记', phone: '1380' },
      parts: { billingTitles: [{ id: 3, title: '安记', phone: '021' }] },
    });
    expect(record.values.creditLimit).toBe(500);
    const answer = trimDefinitions(actor, catalogue).find((definition) => definition.type === 'customer');
    expect(Object.keys(answer?.fields ?? {})).not.toContain('creditLimit');
    expect(answer?.operations).toEqual(['read', 'create', 'change']);
    expect(trimDefinitions(actor, catalogue).map((definition) => definition.type)).toEqual(['customer']);
  });

  test('extra, hidden and unknown fields are refused, the last two alike', async () => {
    const actor = await actorOf(office.company, seller);
    const input = {
      version: 2,
      values: {
        name: '新',
        creditLimit: 1,
        role: 'admin',
        isAdmin: true,
        ownerId: 3,
        status: 'x',
        version: 9,
        owner: 77,
        ...JSON.parse('{"__proto__": 1}'),
      },
      parts: { addresses: [{ id: 4, address: 'x', price: 1 }], nonsense: [] },
    };
    expect(unwritableIn(actor, customer, input)).toEqual([
      ...['creditLimit', 'role', 'isAdmin', 'ownerId'].map((path) => ({ path, code: 'field.unknown' })),
      { path: 'version', code: 'field.unknown' },
      { path: 'owner', code: 'field.notAllowed' },
      { path: '__proto__', code: 'field.unknown' },
      { path: 'addresses.0.price', code: 'field.unknown' },
      { path: 'nonsense', code: 'field.unknown' },
    ]);
    expect((await refusalOf(Promise.resolve().then(() => refuseUnwritable(actor, customer, input)))).code).toBe('record.invalid');
    expect(unwritableIn(actor, customer, { values: { name: '新', owner: seller } })).toEqual([]);
    expect(unwritableIn(actor, customer, { version: 1, values: { owner: seller } })).toHaveLength(1);
  });

  test('rights are kept until somebody says that they changed', async () => {
    const person = await hire({ grants: [['item', 'read', 'all']] });
    expect((await actorOf(office.company, person)).reach('item', 'read')).toBe('all');
    await office.company.store.write((tx) => tx('user_positions').where({ parent: person }).delete());
    expect((await actorOf(office.company, person)).reach('item', 'read')).toBe('all');
    expect((await office.company.store.read((tx) => loadActor(tx, catalogue, person))).reach('item', 'read')).toBe('none');
    forgetActors(office.company);
    expect((await actorOf(office.company, person)).reach('item', 'read')).toBe('none');
  });

  test('a deleted position gives nothing, and who has left or was deleted cannot act', async () => {
    const person = await hire({ grants: [['item', 'read', 'all']] });
    await office.company.store.write((tx) =>
      tx('positions')
        .whereIn('id', tx('user_positions').where({ parent: person }).select('held'))
        .update({ deleted_at: 'x' }),
    );
    expect((await actorOf(office.company, person)).reach('item', 'read')).toBe('none');
    await office.company.store.write((tx) => tx('users').where({ id: person }).update({ employment: 'left' }));
    forgetActors(office.company);
    expect((await refusalOf(actorOf(office.company, person))).code).toBe('access.signedOut');
    await office.company.store.write((tx) => tx('users').where({ id: person }).update({ employment: 'employed', deleted_at: 'x' }));
    expect((await refusalOf(actorOf(office.company, person))).code).toBe('access.signedOut');
  });
});

describe('the positions a company starts with', () => {
  const byCode = Object.fromEntries(readyPositions.map((position) => [position.code, position]));
  const may = (code: string) => new Set(byCode[code]?.grants.map(({ type, operation, scope }) => `${type}:${operation}:${scope}`));

  test('say only what the catalogue knows', () => {
    for (const { grants, special, names } of readyPositions) {
      for (const { type, operation } of grants) expect(catalogue.get(type).operations).toContain(operation);
      for (const right of special) expect(specialRights).toContain(right);
      expect(Object.values(names).every((name) => name.length > 0)).toBe(true);
    }
  });

  test('a salesperson works on the own customers and documents, and exports, shares and assigns nothing', () => {
    expect(may('salesperson')).toContain('customer:read:own');
    expect([...may('salesperson')].filter((grant) => /:(export|assign|share):|:(department|departmentTree)$/.test(grant))).toEqual([]);
    expect(byCode.salesperson?.special).not.toContain('see.cost');
  });

  test('a warehouse clerk sees orders without prices, a buyer no sales prices, an accountant everything', () => {
    expect(may('warehouseClerk')).toContain('salesOrder:read:all');
    expect(byCode.warehouseClerk?.special).toEqual([]);
    expect(byCode.buyer?.special).not.toContain('see.salesPrice');
    for (const definition of catalogue.definitions) expect(may('accountant')).toContain(`${definition.type}:read:all`);
  });
});
