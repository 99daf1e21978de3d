import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../server/http/app.ts';
import { routes } from '../../server/http/routes/index.ts';
import { post as postMoves } from '../../server/ledger/post.ts';
import type { Server } from '../../server/server.ts';
import { Companies } from '../../server/start/companies.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { openTrade, piece, type Trade } from '../faults/trade.ts';
import { expectProven, movesOf, type Office, openOffice, stores } from '../scenarios/office.ts';
import { readyHealth } from '../support/health.ts';
import { closedDesk } from '../support/restoreDesk.ts';
import { apiAt, type Doors, openDoors } from '../support/server.ts';

describe.each(stores)('what the company says no to, on $name', (kind) => {
  let office: Office;
  let doors: Doors;
  let trade: Trade;
  const token: Record<string, string> = {};

  beforeAll(async () => {
    office = await openOffice(kind);
    doors = await openDoors(office);
    trade = await openTrade(office, 100);
    for (const who of ['wang', 'zhou', 'chen', 'zhao', 'sun', 'admin']) token[who] = await doors.enter(who);
  });
  afterEach(() => expectProven(office));
  afterAll(async () => {
    await doors.close();
    await office.close();
  });

  const post = (who: string, path: string, body: unknown) => doors.call('POST', `/api/records/${path}`, { token: token[who], body });
  const step = (who: string, record: { type: string; id: number; version: number }, name: string, reason?: string) =>
    post(who, `${record.type}/${record.id}/steps/${name}`, { version: record.version, ...(reason ? { reason } : {}) });
  const quotation = (more: object = {}) => office.create('wang', 'quotation', { ...trade.draft().values, ...more }, trade.draft().parts);

  describe('steps that cannot be skipped', () => {
    test('goods of an order that is not approved do not leave', async () => {
      const draft = await office.create('wang', 'salesOrder', trade.draft().values, trade.draft().parts);
      expect(await post('chen', 'stockOut/become', { sources: [{ type: 'salesOrder', id: draft.id }] })).toMatchObject({
        status: 409,
        body: { code: 'flow.sourceNotReady' },
      });
      const row = {
        item: trade.pen,
        quantity: piece,
        warehouse: trade.warehouse,
        sourceType: 'salesOrder',
        source: draft.id,
        sourceRow: draft.parts.lines?.[0]?.id,
      };
      const note = await office.create('chen', 'stockOut', { customer: trade.customer }, { lines: [row] });
      expect(await step('chen', note, 'post')).toMatchObject({
        status: 409,
        body: { code: 'flow.sourceNotReady', facts: { state: 'draft' } },
      });
      expect(await movesOf(office, note)).toBe('');
    });

    test('goods nobody ordered do not leave', async () => {
      const row = { item: trade.pen, quantity: piece, warehouse: trade.warehouse };
      const note = await office.create('chen', 'stockOut', { customer: trade.customer }, { lines: [row] });
      expect(await step('chen', note, 'post')).toMatchObject({
        status: 409,
        body: { code: 'delivery.withoutOrder', fields: [{ path: 'lines.0.item' }] },
      });
    });

    test('nobody approves what is below their floor, waits for or is not theirs to approve', async () => {
      const cheap = await office.create('admin', 'item', { name: '有底价', unit: '支', grossPrice: 11_300_000, floorPrice: 10_000_000 });
      const lines = [{ item: cheap.id, quantity: piece, grossPrice: 9_000_000 }];
      const offer = await office.create('wang', 'quotation', { customer: trade.customer }, { lines });
      expect(await step('wang', offer, 'approve')).toMatchObject({ status: 409, body: { code: 'price.belowFloor' } });
      const waiting = await office.step('wang', offer, 'submit');
      expect(await step('wang', waiting, 'approve')).toMatchObject({ status: 409, body: { code: 'price.belowFloor' } });
      expect(await step('chen', waiting, 'approve')).toMatchObject({ status: 404 });
      expect((await step('zhou', waiting, 'approve')).status).toBe(200);
    });

    test('a step of another state, of another version, of no name and of the program’s own is none', async () => {
      const order = await trade.order();
      expect(await step('wang', order, 'submit')).toMatchObject({
        status: 409,
        body: { code: 'step.notNow', facts: { state: 'approved', step: 'submit' } },
      });
      expect(await step('wang', { ...order, version: 1 }, 'void', '不要')).toMatchObject({
        status: 409,
        body: { code: 'record.stale', current: { version: order.version } },
      });
      for (const name of ['complete', 'resume', 'nonsense']) expect((await step('sun', order, name)).body.code).toBe('step.unknown');
      expect(await step('wang', order, 'void')).toMatchObject({
        status: 409,
        body: { code: 'step.reasonMissing', fields: [{ path: 'reason', code: 'field.required' }] },
      });
      expect(await step('wang', order, 'void', '   ')).toMatchObject({ body: { code: 'step.reasonMissing' } });
    });

    test('a state is not typed in, not over the form and not over an earlier version', async () => {
      const order = await trade.order();
      const change = (values: object) =>
        doors.call('PATCH', `/api/records/salesOrder/${order.id}`, { token: token.sun, body: { version: order.version, values } });
      expect((await change({ state: 'completed' })).status).toBe(400);
      expect(await change({ customer: trade.customer })).toMatchObject({
        status: 409,
        body: { code: 'record.locked', facts: { state: 'approved' } },
      });
      expect(
        await doors.call('DELETE', `/api/records/salesOrder/${order.id}?version=${order.version}`, { token: token.sun }),
      ).toMatchObject({ body: { code: 'record.locked' } });
    });

    test('an order is paid once: what is over the open amount is refused, also under another receipt', async () => {
      const order = await trade.order();
      const pay = () => office.become('zhao', 'receipt', [{ type: 'salesOrder', id: order.id }], { values: { amount: 1130 } });
      const [first, second] = [await pay(), await pay()];
      expect((await step('zhao', first, 'post')).status).toBe(200);
      expect(await step('zhao', second, 'post')).toMatchObject({
        status: 409,
        body: { code: 'flow.overQuantity', fields: [{ facts: { open: 0, wanted: 1130 } }] },
      });
      expect(await post('zhao', 'receipt/become', { sources: [{ type: 'salesOrder', id: order.id }] })).toMatchObject({
        body: { code: 'flow.nothingOpen' },
      });
      expect(await step('zhao', first, 'post')).toMatchObject({ body: { code: 'record.stale' } });
    });

    test('a person who may only read, offers and approves nothing', async () => {
      const order = await trade.order();
      for (const name of ['approve', 'takeBack', 'close', 'void'])
        expect((await step('zhao', order, name, '试')).body.code).toBe('access.denied');
      expect((await post('zhao', 'salesOrder', trade.draft())).body.code).toBe('access.denied');
      expect(
        (await doors.call('POST', `/api/users/1/password`, { token: token.zhou, body: { password: 'x'.repeat(12), mustChange: false } }))
          .body.code,
      ).toBe('access.denied');
    });
  });

  describe('documents that do not fit together', () => {
    test('nothing comes from nothing, from what does not lead there, or from what is used up', async () => {
      expect(await post('wang', 'salesOrder/become', { sources: [{ type: 'customer', id: trade.customer }] })).toMatchObject({
        body: { code: 'flow.noWay' },
      });
      expect((await post('wang', 'salesOrder/become', { sources: [] })).status).toBe(400);
      await expect(office.become('wang', 'salesOrder', [])).rejects.toMatchObject({ code: 'flow.noSources' });
      const frame = await office.create('wang', 'frameContract', trade.draft().values, trade.draft().parts);
      const offer = await office.step('wang', frame, 'approve');
      await office.step('wang', await office.become('wang', 'salesOrder', [{ type: 'frameContract', id: offer.id }]), 'approve');
      expect(await post('wang', 'salesOrder/become', { sources: [{ type: 'frameContract', id: offer.id }] })).toMatchObject({
        body: { code: 'flow.nothingOpen' },
      });
      const { version } = await office.read('wang', 'frameContract', offer.id);
      expect(await step('wang', { ...offer, version }, 'withdraw')).toMatchObject({ status: 409, body: { code: 'document.hasFollowers' } });
    });

    test('documents of two customers, and money for another’s order, do not mix', async () => {
      const other = await office.create('wang', 'customer', { name: '另一位客户' });
      const [mine, theirs] = [
        await office.step('wang', await quotation(), 'approve'),
        await office.step('wang', await quotation({ customer: other.id }), 'approve'),
      ];
      const sources = [mine, theirs].map(({ id }) => ({ type: 'quotation', id }));
      expect(await post('wang', 'salesOrder/become', { sources })).toMatchObject({
        status: 409,
        body: { code: 'flow.different', fields: [{ path: 'customer' }] },
      });
      const order = await trade.order();
      const receipt = await office.create(
        'zhao',
        'receipt',
        { customer: other.id, amount: 100 },
        { allocations: [{ sourceType: 'salesOrder', source: order.id, amount: 100 }] },
      );
      expect(await step('zhao', receipt, 'post')).toMatchObject({ body: { code: 'flow.different', facts: { field: 'customer' } } });
    });

    test('no promise is kept that was never given', async () => {
      const order = await trade.order();
      const cause = { type: 'salesOrder', id: order.id, step: 'approve', day: '2026-01-01' };
      const kept = { ledger: 'promise', subject: trade.pen, from: 'promised:0', to: 'free', amount: 1 };
      await expect(office.work('admin', (work) => postMoves(work, cause, [kept]))).rejects.toMatchObject({ code: 'stock.promiseMissing' });
    });

    test('money is not given out twice, and a fee is no more than what came', async () => {
      const order = await trade.order();
      const receipt = (values: object, amount: number) =>
        office.create(
          'zhao',
          'receipt',
          { customer: trade.customer, ...values },
          { allocations: [{ sourceType: 'salesOrder', source: order.id, amount }] },
        );
      expect(await step('zhao', await receipt({ amount: 100 }, 101), 'post')).toMatchObject({ body: { code: 'money.overAllocated' } });
      expect(await step('zhao', await receipt({ amount: 100, fee: 101 }, 100), 'post')).toMatchObject({
        body: { code: 'money.feeTooHigh' },
      });
      const settlement = await office.create(
        'zhao',
        'settlement',
        { customer: trade.customer },
        { allocations: [{ sourceType: 'salesOrder', source: order.id, amount: 100 }] },
      );
      expect(await step('zhao', settlement, 'post')).toMatchObject({ body: { code: 'money.unbalanced' } });
    });

    test('an order that would give money away is not approved', async () => {
      const order = await office.create('wang', 'salesOrder', { ...trade.draft().values, discountAmount: 999_999 }, trade.draft().parts);
      expect(await step('wang', order, 'approve')).toMatchObject({ status: 409, body: { code: 'document.negativeTotal' } });
    });
  });

  describe('records', () => {
    test.each([
      ['email', 'nobody', 'field.badEmail'],
      ['taxNumber', '91310000MA1FL0XX00', 'field.badTaxNumber'],
      ['mnemonic', 'a b', 'field.badCode'],
      ['registeredOn', '2026-02-30', 'field.notADay'],
      ['grade', -1, 'field.notALink'],
      ['grade', 987_654, 'field.unknownLink'],
      ['language', 'fr', 'field.notAChoice'],
      ['monthEndTerms', 'yes', 'field.wrongKind'],
      ['termDays', 721, 'field.tooLarge'],
    ])('%s = %s is refused as %s', async (field, value, code) => {
      expect(await post('admin', 'customer', { values: { name: '格式', [field]: value } })).toMatchObject({
        status: 400,
        body: { code: 'record.invalid', fields: [{ path: field, code }] },
      });
    });

    test('a barcode, a mobile number and rows are looked at as well', async () => {
      expect(
        (await post('admin', 'item', { values: { name: '条码', unit: '支', grossPrice: 1_000_000, barcode: '6901234567890' } })).body,
      ).toMatchObject({
        fields: [{ path: 'barcode', code: 'field.badBarcode' }],
      });
      expect((await post('admin', 'user', { values: { login: 'new', name: '新人', mobile: '12345' } })).body).toMatchObject({
        fields: [{ path: 'mobile', code: 'field.badMobile' }],
      });
      const addresses = Array.from({ length: 51 }, (_, index) => ({ address: `地址 ${index}` }));
      expect((await post('wang', 'customer', { values: { name: '多址' }, parts: { addresses } })).body).toMatchObject({
        fields: [{ path: 'addresses', code: 'part.tooMany', facts: { max: 50 } }],
      });
      expect((await post('wang', 'quotation', { values: trade.draft().values, parts: { lines: [] } })).body).toMatchObject({
        fields: [{ path: 'lines', code: 'part.required' }],
      });
    });

    test('one code, one name; a name that is nearly the same needs a yes', async () => {
      await office.create('wang', 'customer', { code: 'K-1', name: '上海远航商贸有限公司' });
      expect(await post('wang', 'customer', { values: { code: 'K-1', name: '毫不相干' } })).toMatchObject({
        status: 409,
        body: { code: 'record.notUnique', fields: [{ path: 'code' }] },
      });
      expect(await post('wang', 'customer', { values: { name: '上海远航商贸有限公司' } })).toMatchObject({
        status: 409,
        body: { code: 'record.duplicate' },
      });
      const near = { name: '上海远航商贸有限责任公司' };
      expect(await post('wang', 'customer', { values: near })).toMatchObject({ status: 409, body: { code: 'record.nearDuplicate' } });
      expect((await post('wang', 'customer', { values: near, confirmed: ['record.nearDuplicate'] })).status).toBe(201);
    });

    test('what others point to is not thrown away', async () => {
      await quotation();
      const { version } = await office.read('admin', 'customer', trade.customer);
      expect(
        await doors.call('DELETE', `/api/records/customer/${trade.customer}?version=${version}`, { token: token.admin }),
      ).toMatchObject({ status: 409, body: { code: 'record.inUse' } });
    });

    test('what was chosen once for all stays, and what the program needs is not hidden', async () => {
      const entry = await office.create('admin', 'dictionaryEntry', { dictionary: 'region', name: '港澳' });
      const moved = await doors.call('PATCH', `/api/records/dictionaryEntry/${entry.id}`, {
        token: token.admin,
        body: { version: 1, values: { dictionary: 'trade' } },
      });
      expect(moved).toMatchObject({ status: 400, body: { fields: [{ path: 'dictionary', code: 'field.fixed' }] } });
      const hidden = await doors.call('PUT', '/api/form-rules/customer', { token: token.admin, body: { rules: { name: 'hidden' } } });
      expect(hidden).toMatchObject({ status: 400, body: { fields: [{ path: 'name', code: 'form.neededByProgram' }] } });
    });

    test('a series that has run out says so', async () => {
      const { values, parts } = trade.draft();
      await office.create('wang', 'quotation', { ...values, day: '2026-01-05' }, parts);
      await office.company.store.write((tx) =>
        tx('number_series').where({ series: 'quotation' }).where('period', 'like', '%20260105%').update({ last: 999_999_999 }),
      );
      // Nobody has written so many: all between are on record as left out.
      const skipped = {
        series: 'quotation',
        period: 'QT20260105-#',
        first: 2,
        last: 999_999_999,
        at: '2026-01-05T00:00:00.000Z',
        actor: 0,
      };
      await office.company.store.write((tx) => tx('skipped_numbers').insert(skipped));
      expect(await post('wang', 'quotation', { values: { ...values, day: '2026-01-05' }, parts })).toMatchObject({
        status: 409,
        body: { code: 'number.seriesFull' },
      });
    });

    test('amounts that cannot be exact are refused, not rounded', async () => {
      const { values } = trade.draft();
      const lines = [{ item: trade.pen, quantity: 9_000_000_000_000_000, grossPrice: 9_000_000_000_000_000 }];
      expect(await post('wang', 'quotation', { values, parts: { lines } })).toMatchObject({
        status: 409,
        body: { code: 'number.tooLarge' },
      });
    });
  });
});

describe('a server without a company', () => {
  const wanted = {
    company: { name: '远航', code: 'main' },
    administrator: { login: 'root', name: '管理员', password: '苹果tree-7441' },
    language: 'zh-CN',
    timeZone: 'Asia/Shanghai',
    currency: 'CNY',
    taxRate: 130_000,
    content: 'empty',
  };

  test('is set up from afar only with the code of its console, and takes each company once', async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'tradepost-setup-'));
    const log = pino({ level: 'silent' });
    const companies = await Companies.open({ dataFolder, catalogue, log, announce: () => undefined });
    const server: Server = {
      version: '0',
      dataFolder,
      catalogue,
      log,
      companies: () => companies.list(),
      company: (code) => companies.find(code),
      closed: () => companies.closed(),
      practices: companies,
      createCompany: (place, fill) => companies.create(place, fill),
      setupCode: 'ABCDEFGH23',
      health: readyHealth(),
      metrics: null,
      hostNames: [],
      disks: { root: '/', named: [] },
      restoreDesk: closedDesk(dataFolder),
      tls: null,
    };
    const http = createServer((request, response) => {
      // Whoever calls comes from another machine.
      Object.defineProperty(request.socket, 'remoteAddress', { value: '10.1.2.3', configurable: true });
      createApp(server, routes, null)(request, response);
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const address = http.address();
    const api = apiAt(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
    const setUp = (setupCode?: string) => api.call('POST', '/api/setup', { body: { ...wanted, ...(setupCode ? { setupCode } : {}) } });

    expect((await api.call('GET', '/api/state')).body).toMatchObject({ setUp: false, needsCode: true });
    for (const wrong of [undefined, '', 'ABCDEFGH24', 'ABCDEFGH233', 'ABCDEFGH2'])
      expect(await setUp(wrong)).toMatchObject({ status: 403, body: { code: 'setup.needsCode' } });
    const doors = ['', '/archives', '/look'].map((door) => `/api/setup/restore${door}`);
    const paths = { path: join(dataFolder, 'x.zip') };
    for (const door of doors)
      expect(await api.call('POST', door, { body: door.endsWith('archives') ? {} : paths })).toMatchObject({
        body: { code: 'setup.needsCode' },
      });
    expect(await api.call('POST', '/api/setup/restore/upload', { body: 'x', headers: { 'x-setup-code': 'ABCDEFGH24' } })).toMatchObject({
      status: 403,
      body: { code: 'setup.needsCode' },
    });
    // Whoever is impatient presses the button twice.
    const twice = await Promise.all([setUp('abcdefgh23'), setUp('ABCDEFGH23')]);
    expect(twice.map(({ status }) => status).sort()).toEqual([201, expect.toSatisfy((status) => status === 404 || status === 409)]);
    expect(companies.list()).toHaveLength(1);
    expect(await setUp('ABCDEFGH23')).toMatchObject({ status: 404, body: { code: 'setup.done' } });
    const another = (code: string) =>
      companies.create({ code, name: '又一家', timeZone: 'Asia/Shanghai', engine: { kind: 'sqlite' } }, async () => undefined);
    await expect(another('main')).rejects.toMatchObject({ code: 'company.exists' });
    const made = await Promise.allSettled([another('branch'), another('branch')]);
    expect(made.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);

    http.closeAllConnections();
    http.close();
    await companies.close();
    rmSync(dataFolder, { recursive: true, force: true });
  });
});
