import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Office, openOffice, stores } from '../scenarios/office.ts';
import { type Doors, openDoors } from '../support/server.ts';

const piece = 1_000_000;

describe.each(stores)('what no client of ours would send, on $name', (kind) => {
  let office: Office;
  let doors: Doors;
  let token: string;
  let admin: string;
  let customer: number;
  let item: number;

  beforeAll(async () => {
    office = await openOffice(kind);
    doors = await openDoors(office);
    [token, admin] = [await doors.enter('wang'), await doors.enter('admin')];
    customer = (await office.create('wang', 'customer', { name: '浙江宏远贸易有限公司' })).id;
    await office.create('wang', 'customer', { name: '100%_棉\\纺' });
    item = (await office.create('admin', 'item', { name: '钢笔', unit: '支', grossPrice: 11_300_000 })).id;
  });
  afterAll(async () => {
    await doors.close();
    await office.close();
  });

  const post = (path: string, body: unknown, who = token) => doors.call('POST', path, { token: who, body });
  const list = (query: unknown, type = 'customer') => post(`/api/records/${type}/list`, query);
  const newQuotation = (values: object, line: object = {}, more: object = {}) =>
    post('/api/records/quotation', {
      values: { customer, ...values },
      parts: { lines: [{ item, quantity: piece, grossPrice: piece, ...line }] },
      ...more,
    });

  describe('fields that are not theirs to send', () => {
    test.each([
      ['role', { role: 'admin' }],
      ['isAdmin', { isAdmin: true }],
      ['id', { id: 7 }],
      ['state', { state: 'approved' }],
      ['version', { version: 9 }],
      ['status', { status: 'approved' }],
      ['deletedAt', { deletedAt: null }],
      ['createdBy', { createdBy: 1 }],
      ['number', { number: 'QT-1' }],
      ['total', { total: 1 }],
      ['netTotal', { netTotal: 1 }],
      ['baseTotal', { baseTotal: 1 }],
      ['orderedState', { orderedState: 'all' }],
      ['wonBy', { wonBy: 'orders' }],
    ])('%s in the values is refused at its place', async (path, extra) => {
      const refused = await newQuotation(extra);
      expect(refused).toMatchObject({ status: 400, body: { code: 'record.invalid', fields: [{ path }] } });
      expect(['field.unknown', 'field.notAllowed']).toContain((refused.body.fields as { code: string }[] | undefined)?.[0]?.code);
    });

    test.each(['netAmount', 'taxAmount', 'grossAmount', 'ordered', 'parent', 'position', 'constructor', 'toString'])(
      '%s in a row is refused at its place',
      async (name) => {
        expect(await newQuotation({}, { [name]: 1 })).toMatchObject({
          status: 400,
          body: { code: 'record.invalid', fields: [{ path: `lines.0.${name}` }] },
        });
      },
    );

    test.each([{ id: 1 }, { state: 'approved' }, { owner: 1 }, { type: 'receipt' }, { confirm: true }])(
      '%j beside the values is refused',
      async (extra) => {
        expect(await newQuotation({}, {}, extra)).toMatchObject({
          status: 400,
          body: { code: 'record.invalid', fields: [{ code: 'field.unknown' }] },
        });
      },
    );

    test('nobody makes a record in somebody else’s name, and nobody who may not assign gives theirs away', async () => {
      const li = await office.id('users', { login: 'li' });
      expect(await post('/api/records/customer', { values: { name: '别人的', owner: li } })).toMatchObject({
        status: 400,
        body: { fields: [{ path: 'owner' }] },
      });
      const { version } = await office.read('wang', 'customer', customer);
      const away = await doors.call('PATCH', `/api/records/customer/${customer}`, { token, body: { version, values: { owner: li } } });
      expect(away).toMatchObject({ status: 400, body: { fields: [{ path: 'owner', code: 'field.notAllowed' }] } });
    });

    test('a hidden field cannot be written by who may not see it', async () => {
      const clerk = await doors.enter('chen');
      const stock = { values: {}, parts: { lines: [{ item, quantity: piece, unitCost: 5 }] } };
      expect(await post('/api/records/openingStock', stock, clerk)).toMatchObject({
        status: 400,
        body: { fields: [{ path: 'lines.0.unitCost', code: 'field.unknown' }] },
      });
    });

    test('a user’s form gives no password and no power', async () => {
      const zhou = await doors.enter('zhou');
      for (const path of ['/api/records/user', '/api/records/position'])
        expect((await post(path, { values: { name: 'x' } }, zhou)).status).toBeGreaterThanOrEqual(403);
      expect(
        await post('/api/records/user', { values: { login: 'x', name: 'x', password: 'secret-1', administrator: true } }, admin),
      ).toMatchObject({
        status: 400,
        body: {
          fields: expect.arrayContaining([
            expect.objectContaining({ path: 'password' }),
            expect.objectContaining({ path: 'administrator' }),
          ]),
        },
      });
    });
  });

  describe('names that reach into the program', () => {
    test.each([
      '{"values":{"name":"x","__proto__":{"polluted":1}}}',
      '{"__proto__":{"polluted":1},"values":{"name":"x"}}',
      '{"values":{"name":"x","constructor":{"prototype":{"polluted":1}}}}',
      '{"values":{"name":"x"},"parts":{"__proto__":[]}}',
      '{"values":{"name":"x"},"parts":{"addresses":[{"address":"x","__proto__":{"polluted":1}}]}}',
      '{"values":{"name":"x","\\u005f_proto__":1}}',
    ])('%s is refused', async (body) => {
      expect((await post('/api/records/customer', body)).status).toBe(400);
      expect(({} as { polluted?: number }).polluted).toBeUndefined();
    });

    test.each(['__proto__', 'constructor', 'toString', 'constructor.prototype', '__proto__.polluted', 'hasOwnProperty'])(
      '%s is no field of a list',
      async (field) => {
        for (const query of [
          { sort: [{ field, direction: 'ascending' }] },
          { filter: { field, is: 'equal', value: 1 } },
          { fields: [field] },
        ]) {
          expect(await list(query)).toMatchObject({ status: 400, body: { code: 'list.unknownField' } });
        }
        expect((await doors.call('GET', `/api/sessions?${field}=1`, { token })).status).toBeLessThan(500);
      },
    );

    test.each(['constructor', '__proto__', 'toString'])('%s is no step and no way of becoming something', async (name) => {
      const quotation = await newQuotation({});
      expect((await post(`/api/records/quotation/${quotation.body.id}/steps/${name}`, { version: 1 })).body.code).toBe('step.unknown');
      const become = await post('/api/records/salesOrder/become', { sources: [{ type: name, id: 1 }] });
      expect(become.body.code).toBe('flow.noWay');
    });
  });

  describe('bodies that are no JSON a person could mean', () => {
    const deep = (depth: number) => `{"values":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;
    test.each([
      ['ten thousand levels of objects', deep(10_000), 'depth'],
      ['ten thousand levels of lists', `{"values":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 'depth'],
      ['a number without end', '{"values":{"creditLimit":1e309}}', 'number'],
      ['not a number', '{"values":{"creditLimit":NaN}}', 'syntax'],
      ['one key twice', '{"values":{"name":"a","name":"b"}}', 'doubleKey'],
      ['one key twice in other letters', '{"values":{"name":"a","n\\u0061me":"b"}}', 'doubleKey'],
      ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), 'encoding'],
      ['half of it', '{"values":{"name":"a"', 'syntax'],
      ['two at once', '{}{}', 'syntax'],
    ])('%s', async (_what, body, problem) => {
      expect(await post('/api/records/customer', body)).toMatchObject({
        status: 400,
        body: { code: 'request.badJson', facts: { problem } },
      });
    });

    test('twenty megabytes are turned away before they are read', async () => {
      const huge = Buffer.alloc(20 * 1024 * 1024, 0x20);
      expect(await post('/api/records/customer', huge)).toMatchObject({ status: 413, body: { code: 'request.tooLarge' } });
    });

    test('a packed body is not unpacked', async () => {
      const packed = await doors.call('POST', '/api/records/customer', {
        token,
        body: Buffer.from([0x1f, 0x8b, 8, 0]),
        headers: { 'content-encoding': 'gzip' },
      });
      expect(packed).toMatchObject({ status: 400, body: { code: 'request.badJson', facts: { problem: 'encoding' } } });
    });

    test.each([
      ['"1e5"', 'field.wrongKind'],
      ['1e300', 'field.notExact'],
      ['0.5', 'field.notExact'],
      ['9007199254740993', 'field.notExact'],
      ['-1', 'field.tooSmall'],
      ['true', 'field.wrongKind'],
    ])('%s is no amount of money', async (amount, code) => {
      expect(await post('/api/records/customer', `{"values":{"name":"金额","creditLimit":${amount}}}`, admin)).toMatchObject({
        status: 400,
        body: { code: 'record.invalid', fields: [{ path: 'creditLimit', code }] },
      });
    });

    test.each(['[]', '"text"', '7', 'null', 'true', ''])('%s where an object is wanted', async (body) => {
      expect((await post('/api/records/customer/list', body)).status).toBe(400);
    });

    test('a bad idempotency key is refused', async () => {
      for (const key of ['short', 'x'.repeat(81), 'with space in it', 'ключ-ключ'.replace(/[^\x20-\x7e]/g, '?')]) {
        expect(await doors.call('POST', '/api/records/customer', { token, key, body: {} })).toMatchObject({
          status: 400,
          body: { code: 'request.badKey' },
        });
      }
    });
  });

  describe('lists and searches', () => {
    test.each([
      'name;--',
      '(select password from users)',
      'name desc',
      '"name"',
      "name'",
      'customers.name',
      'nowhere',
      '',
      'code;drop table users',
      'deleted_at',
      'fold_key',
    ])('%s is no column', async (field) => {
      for (const query of [
        { sort: [{ field, direction: 'ascending' }] },
        { filter: { field, is: 'equal', value: 'x' } },
        { fields: [field] },
      ]) {
        expect(await list(query)).toMatchObject({ status: 400, body: { code: 'list.unknownField' } });
      }
    });

    test.each([
      [{ filter: { field: 'name', is: 'like', value: '%' } }, 'record.invalid'],
      [{ filter: { field: 'name', is: 'under', value: 1 } }, 'list.unknownOperator'],
      [{ sort: [{ field: 'name', direction: 'asc; drop' }] }, 'record.invalid'],
      [{ limit: 1_000_000 }, 'record.invalid'],
      [{ limit: -1 }, 'record.invalid'],
      [{ after: 'nonsense' }, 'list.badCursor'],
      [{ after: Buffer.from('["+id",{"a":1}]').toString('base64url') }, 'list.badCursor'],
      [{ filter: { field: 'creditLimit', is: 'equal', value: 'x' } }, 'list.badValue'],
      [{ filter: { field: 'name', is: 'in', value: 'x' } }, 'list.badValue'],
      [
        {
          filter: {
            all: Array.from({ length: 50 }, () => ({
              all: [
                { field: 'id', is: 'filled' },
                { field: 'id', is: 'filled' },
              ],
            })),
          },
        },
        'list.tooComplex',
      ],
    ])('%j is refused', async (query, code) => {
      expect(await list(query)).toMatchObject({ status: 400, body: { code } });
    });

    test('signs of LIKE and of the search index are only signs', async () => {
      const found = async (query: object) =>
        ((await list(query)).body.rows as { values: { name: string } }[] | undefined)?.map((row) => row.values.name);
      for (const value of ['%', '_', '\\', '100%_'])
        expect(await found({ filter: { field: 'name', is: 'contains', value } })).toEqual(['100%_棉\\纺']);
      expect(await found({ filter: { field: 'name', is: 'contains', value: '%公司%' } })).toEqual([]);
      for (const search of ['%_', '\\', '"', '* OR *', "' or 1=1 --", ')', 'NEAR(a b)', '宏远 AND', '(', ':*', "\\'"])
        expect((await list({ search })).status).toBe(200);
    });

    test.each([
      ['ten thousand characters', '长'.repeat(10_000)],
      ['half a character', '\ud83d'],
      ['a NUL', 'a\0b'],
    ])('%s are no search', async (_what, text) => {
      for (const query of [{ search: text }, { filter: { field: 'name', is: 'contains', value: text } }]) {
        const { status, body } = await list(query);
        expect([status, ['list.badText', 'record.invalid'].includes(body.code)]).toEqual([400, true]);
      }
      expect((await post('/api/pick/customer', { text })).status).toBe(400);
    });

    test('long doubtful texts are looked at once and refused', async () => {
      for (const text of [`${'a'.repeat(50_000)}!`, `${'a@'.repeat(25_000)}`, `${'1'.repeat(49_999)}x`, `${' '.repeat(50_000)}x`]) {
        const fields = { name: text, mnemonic: text, email: text, taxNumber: text, phone: text, website: text };
        const refused = await post('/api/records/customer', { values: fields });
        expect(refused).toMatchObject({
          status: 400,
          body: {
            code: 'record.invalid',
            fields: expect.arrayContaining([expect.objectContaining({ path: 'name', code: 'field.tooLong' })]),
          },
        });
      }
    });

    test('control signs and turned-round writing do not get into a name', async () => {
      const made = await post('/api/records/customer', { values: { name: '甲\u202e乙\u0000丙\r\n丁' } });
      expect(made.body.values).toMatchObject({ name: '甲 乙 丙  丁' });
      expect((await post('/api/records/customer', '{"values":{"name":"\\ud83d"}}')).body).toMatchObject({
        fields: [{ path: 'name', code: 'field.badText' }],
      });
    });

    test('markup stays text', async () => {
      const name = '<img src=x onerror=alert(1)>"\'&';
      const made = await post('/api/records/customer', { values: { name, remark: name } });
      expect(made.body.values).toMatchObject({ name, remark: name });
      expect(made.headers.get('content-type')).toContain('application/json');
      expect(made.headers.get('x-content-type-options')).toBe('nosniff');
    });
  });
});
