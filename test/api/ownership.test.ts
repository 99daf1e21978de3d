import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endSession } from '../../server/access/signIn.ts';
import { createToken } from '../../server/access/tokens.ts';
import { routes } from '../../server/http/routes/index.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { operations } from '../../shared/kernel/definition.ts';
import { specialRights } from '../../shared/kernel/specialRights.ts';
import { type Office, openOffice, stores } from '../scenarios/office.ts';
import { type Doors, openDoors, type Reply } from '../support/server.ts';
import { type Ids, ownedTypes, samplesFor, secretWord } from './samples.ts';

const piece = 1_000_000;

// These change the session or the company as a whole, or type the own password, which is counted; each has its own test.
const apart = [
  '/api/setup',
  '/api/sign-in',
  '/api/devices/challenge',
  '/api/devices/prove',
  '/api/devices/waiting',
  '/api/sign-out',
  '/api/session/password',
  '/api/second-step/code',
  '/api/second-step/recovery',
  '/api/second-step/keys',
  '/api/second-step/keys/:id',
  '/api/users/:id/password',
  '/api/go-live',
  '/api/backups',
  '/api/practice',
  // Every call moves the series of the whole company on, so that no two answers are alike.
  '/api/numbering/advance',
];

describe.each(stores)('what belongs to somebody else, on $name', (kind) => {
  let office: Office;
  let doors: Doors;
  let theirs: Ids;
  let missing: Ids;
  const attackers: Record<string, string> = {};

  beforeAll(async () => {
    office = await openOffice(kind);
    await startIdsAt(office, 710_000);
    doors = await openDoors(office);
    theirs = await secretsOfWang(office, doors);
    await office.create(
      'admin',
      'position',
      { name: '什么都能做，只限自己的' },
      {
        grants: catalogue.definitions.flatMap(({ type, operations: known }) =>
          operations.filter((one) => known.includes(one)).map((operation) => ({ type, operation, scope: 'own' })),
        ),
        specialRights: specialRights.filter((right) => right !== 'sessions.manage').map((right) => ({ right })),
      },
    );
    await office.create('admin', 'position', { name: '无' });
    const root = await office.id('departments', { kind_of_unit: 'company' });
    for (const [login, position] of [
      ['eve', '什么都能做，只限自己的'],
      ['guest', '无'],
    ] as const) {
      await office.create(
        'admin',
        'user',
        { login, name: login, department: root },
        { positions: [{ held: await office.id('positions', { name: position }) }] },
      );
    }
    const own = await office.create('eve', 'customer', { name: '自家客户' });
    const attacker = await office.id('users', { login: 'eve' });
    theirs = { ...theirs, ownCustomer: own.id, attacker };
    // The same digits as real ids, so that not even a length differs.
    missing = {
      ...Object.fromEntries(Object.keys(theirs).map((name, index) => [name, 990_001 + index])),
      item: theirs.item!,
      account: theirs.account!,
      ownCustomer: own.id,
      attacker,
    };
    for (const who of ['eve', 'guest', 'li']) attackers[who] = await doors.enter(who);
    attackers.program = (await office.work('eve', (work) => createToken(work, { name: 'p', scopes: ['see.cost'] }))).token;
  });
  afterAll(async () => {
    await doors.close();
    await office.close();
  });

  // The most powerful of them finds what an engine does differently; the others meet the same code before it comes to that.
  test.each(kind.name === 'sqlite' ? ['eve', 'li', 'guest', 'program'] : ['eve'])(
    '%s gets the same answer for it as for what does not exist',
    { timeout: 120_000 },
    async (who) => {
      const differing: string[] = [];
      const token = attackers[who];
      for (const door of routes.filter(({ path }) => !apart.includes(path))) {
        for (const type of door.path.includes(':type') ? ownedTypes : ['customer']) {
          const vain = samplesFor(door, type, missing);
          for (const [index, one] of samplesFor(door, type, theirs).entries()) {
            const [found, nothing] = await Promise.all([
              doors.call(one.method, one.path, { token, body: one.body }),
              doors.call(one.method, vain[index]?.path ?? '', { token, body: vain[index]?.body }),
            ]);
            const what = `${one.method} ${one.path} ${JSON.stringify(one.body ?? null)}`;
            if (found.status >= 500) differing.push(`${what}: ${found.text}`);
            if (isTelling(found, one.body)) differing.push(`${what} tells: ${found.text.slice(0, 300)}`);
            if (plain(found) !== plain(nothing)) differing.push(`${what}: ${plain(found)}\n  but ${plain(nothing)}`);
          }
        }
      }
      expect(differing).toEqual([]);
    },
  );

  test('nothing of it has changed by all that', async () => {
    for (const type of ['customer', 'contact', 'quotation', 'salesOrder', 'stockOut', 'receipt']) {
      const record = await office.read('sun', type, theirs[type]!);
      expect([type, record.version]).toEqual([type, theirs[`${type}Version`]]);
    }
    expect(await office.company.store.read((tx) => tx('shares').select())).toEqual([]);
  });

  test('money cannot be allocated to an order that may not be seen, and the try tells nothing of it', async () => {
    const allocations = [{ amount: 100, sourceType: 'salesOrder', source: theirs.salesOrder, sourceRow: null }];
    const receipt = await doors.call('POST', '/api/records/receipt', {
      token: attackers.eve,
      body: { values: { customer: theirs.ownCustomer, amount: 100 }, parts: { allocations } },
    });
    expect(receipt.body.parts).toMatchObject({ allocations: [{ amount: 100, sourceNumber: null, sourceTotal: null, sourceOpen: null }] });
    const posted = await doors.call('POST', `/api/records/receipt/${receipt.body.id}/steps/post`, {
      token: attackers.eve,
      body: { version: 1 },
    });
    expect(posted.body).toMatchObject({ code: 'record.notFound', facts: { type: 'salesOrder' } });
  });

  test('whose session ended meanwhile is told so before anything else', async () => {
    const token = await doors.enter('li');
    const { id } = (await office.company.store.read((tx) => tx('sessions').orderBy('id', 'desc').first('id'))) as { id: number };
    await endSession(office.company, id, 'revoked');
    expect(await doors.call('GET', `/api/records/customer/${theirs.customer}`, { token })).toMatchObject({
      status: 401,
      body: { code: 'access.signedOut' },
    });
  });
});

/** Wang's customer with everything that hangs on it, each bearing the secret word where it can. */
async function secretsOfWang(office: Office, doors: Doors): Promise<Ids> {
  const warehouse = await office.id('warehouses', { main: 1 });
  const item = await office.create('admin', 'item', { name: '钢笔', unit: '支', grossPrice: 11_300_000 });
  const stock = await office.create(
    'admin',
    'openingStock',
    { warehouse },
    { lines: [{ item: item.id, quantity: 100 * piece, unitCost: 6_000_000 }] },
  );
  await office.step('admin', stock, 'post');
  const customer = await office.create('wang', 'customer', { name: `${secretWord}公司`, remark: secretWord });
  const contact = await office.create('wang', 'contact', { name: secretWord, customer: customer.id });
  const line = { item: item.id, name: secretWord, quantity: 9 * piece, grossPrice: 7_777_000, warehouse };
  const quotation = await office.step(
    'wang',
    await office.create('wang', 'quotation', { customer: customer.id, remark: secretWord }, { lines: [line] }),
    'approve',
  );
  const order = await office.step('wang', await office.become('wang', 'salesOrder', [{ type: 'quotation', id: quotation.id }]), 'approve');
  const note = await office.step(
    'chen',
    await office.become('chen', 'stockOut', [{ type: 'salesOrder', id: order.id }], { part: 'lines', rows: { quantity: 4 * piece } }),
    'post',
  );
  const receipt = await office.step(
    'zhao',
    await office.become('zhao', 'receipt', [{ type: 'salesOrder', id: order.id, rows: [{ id: 1, amount: 1000 }] }], {
      values: { amount: 1000 },
    }),
    'post',
  );
  const openingBalance = await office.step(
    'zhao',
    await office.create('zhao', 'openingBalance', { customer: customer.id, total: 100, reference: secretWord }),
    'post',
  );
  const token = await doors.enter('wang');
  const uploaded = await doors.call('POST', '/api/files', {
    token,
    body: secretWord,
    headers: { 'x-file-name': 'a.txt', 'content-type': 'application/octet-stream' },
  });
  const file = uploaded.status === 201 ? Number(uploaded.body.id) : 1;
  const attached = await doors.call('POST', `/api/records/customer/${customer.id}/attachments`, {
    token,
    body: { file, name: `${secretWord}.txt` },
  });
  const records = { customer, contact, quotation, salesOrder: order, stockOut: note, receipt, openingBalance };
  const read = await Promise.all(
    Object.entries(records).map(async ([type, { id }]) => [`${type}Version`, (await office.read('sun', type, id)).version] as const),
  );
  return {
    ...Object.fromEntries(Object.entries(records).map(([type, { id }]) => [type, id])),
    ...Object.fromEntries(read),
    quotationRow: quotation.parts.lines?.[0]?.id ?? 0,
    salesOrderRow: order.parts.lines?.[0]?.id ?? 0,
    item: item.id,
    file,
    attachment: attached.status === 201 ? Number(attached.body.id) : 1,
    session: await office.id('sessions', { user: await office.id('users', { login: 'wang' }) }),
    token: (await office.work('sun', (work) => createToken(work, { name: 'x', scopes: ['all'] }))).id,
    import: 1,
    account: await office.id('accounts', { main: 1 }),
  };
}

/** Ids that no count or version is mistaken for. */
async function startIdsAt(office: Office, first: number): Promise<void> {
  const tables = [
    'customers',
    'contacts',
    'quotations',
    'sales_orders',
    'stock_outs',
    'receipts',
    'opening_balances',
    'files',
    'attachments',
    'sessions',
    'api_tokens',
    'imports',
    'quotation_lines',
    'sales_order_lines',
    'stock_out_lines',
    'receipt_allocations',
    'saved_views',
  ];
  await office.company.store.write(async (tx) => {
    for (const [index, table] of tables.entries()) {
      const start = first + index * 1000;
      if (office.company.store.engine === 'postgres') await tx.raw(`alter table "${table}" alter column id restart with ${start}`);
      else {
        await tx('sqlite_sequence').where({ name: table }).delete();
        await tx('sqlite_sequence').insert({ name: table, seq: start });
      }
    }
  });
}

/** What the secret word answers to is the searcher's own echo only where it was sent. */
const isTelling = (reply: Reply, body: unknown): boolean =>
  reply.text.includes(secretWord) && !JSON.stringify(body ?? '').includes(secretWord);

/** The answer without ids, serial numbers and moments; a PDF or workbook bears the moment it was made all through, so its kind alone. */
const plain = ({ status, text, headers }: Reply): string => {
  const mediaType = headers.get('content-type') ?? '';
  if (/pdf|spreadsheetml|zip/.test(mediaType)) return `${status} ${mediaType}`;
  const told = text
    .replace(/\b(7\d|99)\d{4}\b/g, 'ID')
    .replace(/-\d{4}"/g, '-N"')
    .replace(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"AT"');
  return `${status} ${told}`;
};
