import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PracticeAnswer } from '../../shared/contracts/practice.ts';
import type { RecordAnswer } from '../../shared/contracts/wire.ts';
import { openTrade, piece, type Trade } from '../faults/trade.ts';
import { readPdf } from '../printing/readPdf.ts';
import { stores } from '../scenarios/office.ts';
import { beside, type DataFolder, findingsIn, makeDataFolder, type RunningServer, startServer } from '../support/childServer.ts';
import { tradepost } from '../support/console.ts';

const name = '远航商贸';
const password = 'correct horse battery';

describe.each(stores)('a practice company of one on $name', { timeout: 420_000 }, (kind) => {
  let data: DataFolder<Trade>;
  let server: RunningServer;
  let admin: string | undefined;
  beforeAll(async () => {
    data = await makeDataFolder(kind, { people: ['admin', 'wang'], fill: (office) => openTrade(office, 1_000_000) });
    admin = data.tokens.admin;
    server = await startServer(data);
  }, 120_000);
  afterAll(async () => {
    await server?.kill();
    data?.remove();
  });

  const state = async () => (await server.call('GET', '/api/practice', { token: admin })).body as unknown as PracticeAnswer;
  const ask = (path: string, body: object = {}, token = admin) => server.call('POST', path, { token, body });
  const order = async (token: string | undefined, key: string): Promise<RecordAnswer> => {
    const lines = [{ item: data.filled.pen, quantity: piece, grossPrice: 11_300_000, taxRate: 130_000, warehouse: data.filled.warehouse }];
    const body = { values: { customer: data.filled.customer }, parts: { lines } };
    const made = await server.call('POST', '/api/records/salesOrder', { token, key, body });
    expect([made.status, made.body.code]).toEqual([201, undefined]);
    return made.body as unknown as RecordAnswer;
  };
  const numberOf = (record: RecordAnswer): string => String(record.values.number);
  const folderOf = (code: string): string => join(data.path, 'companies', code);
  async function signIn(): Promise<string> {
    const body = { company: 'test-practice', login: 'admin', password };
    const entered = await server.call('POST', '/api/sign-in', { body });
    expect(entered).toMatchObject({ status: 200, body: { session: { company: { code: 'test-practice', practice: true } } } });
    return (entered.body as unknown as { token: string }).token;
  }

  test('is there nowhere before it is made, and cancelling leaves nothing of it', async () => {
    expect(await state()).toEqual({ practice: null, running: null, failed: null, isPractice: false });
    expect(await ask('/api/practice/remove', { name })).toMatchObject({ status: 409, body: { code: 'practice.none' } });
    expect(await ask('/api/practice/cancel')).toMatchObject({ body: { code: 'backup.notRunning' } });
    expect(await ask('/api/practice', {}, data.tokens.wang)).toMatchObject({ status: 403 });
    expect(await ask('/api/practice')).toMatchObject({ status: 200, body: { running: { kind: 'practice' } } });
    expect(await ask('/api/practice')).toMatchObject({ body: { code: 'backup.running' } });
    expect(await ask('/api/practice/cancel')).toMatchObject({ body: { practice: null, running: null, failed: null } });
    expect(existsSync(folderOf('test-practice'))).toBe(false);
    expect(readdirSync(data.path)).not.toContain('practice.json');
  });

  test('is copied while everybody works, and the same people come in with the same passwords', async () => {
    const before = await order(data.tokens.wang, 'order-before-0');
    await ask('/api/practice');
    for (let count = 1; (await state()).running; count += 1) await order(data.tokens.wang, `meanwhile-${count}-order`);
    expect(await state()).toMatchObject({ practice: { code: 'test-practice', name }, failed: null });
    const { companies } = (await server.call('GET', '/api/state')).body as unknown as { companies: object[] };
    expect(companies).toMatchObject([{ code: 'test' }, { code: 'test-practice', practice: true }]);
    const token = await signIn();
    const there = await server.call('GET', `/api/records/salesOrder/${before.id}`, { token });
    expect(there.body).toMatchObject({ values: { number: numberOf(before) } });
    expect(await server.call('GET', '/api/session', { token: data.tokens.wang?.replace('test.', 'test-practice.') })).toMatchObject({
      status: 401,
    });
  });

  test('what is done in it touches neither the numbers nor the records of the real one', async () => {
    const token = await signIn();
    const real = await order(data.tokens.wang, 'real-order-one');
    const tried = [await order(token, 'tried-order-1'), await order(token, 'tried-order-2')];
    const next = await order(data.tokens.wang, 'real-order-two');
    expect(Number(numberOf(next).slice(-4))).toBe(Number(numberOf(real).slice(-4)) + 1);
    expect(new Set(tried.map(numberOf)).size).toBe(2);
    expect(await findingsIn(data)).toEqual([]);
  });

  test('every paper of it is marked, and none of the real one', async () => {
    const token = await signIn();
    const textOf = async (of: string | undefined, id: number) => {
      const answer = await fetch(`${server.url}/api/print/salesOrder/${id}`, { headers: { authorization: `Bearer ${of}` } });
      expect(answer.status).toBe(200);
      return (await readPdf(new Uint8Array(await answer.arrayBuffer()))).map(({ text }) => text.replaceAll('\n', ''));
    };
    const tried = await textOf(token, (await order(token, 'paper-tried-1')).id);
    expect(tried.every((text) => text.includes('演练'))).toBe(true);
    expect((await textOf(data.tokens.wang, (await order(data.tokens.wang, 'paper-real-1')).id)).join('')).not.toContain('演练');
  });

  test('no backup is made of it, it has no second folder, and nobody copies it once more', async () => {
    const token = await signIn();
    expect(await ask('/api/backups', {}, token)).toMatchObject({ status: 409, body: { code: 'practice.noBackup' } });
    const second = { token, key: 'second-folder', body: { folder: data.path } };
    expect(await server.call('PUT', '/api/backups/second', second)).toMatchObject({ body: { code: 'practice.noBackup' } });
    expect((await server.call('GET', '/api/backups', { token })).body).toMatchObject({ standing: { warnings: [] }, newest: null });
    for (const path of ['/api/practice', '/api/practice/remove'])
      expect(await ask(path, path.endsWith('remove') ? { name } : {}, token)).toMatchObject({ body: { code: 'practice.ofPractice' } });
    expect(await ask('/api/practice')).toMatchObject({ body: { code: 'practice.exists' } });
  });

  test('is thrown away by whoever types its name, and the real one stays', async () => {
    const token = await signIn();
    expect(await ask('/api/practice/remove', { name: '远航' })).toMatchObject({ body: { code: 'practice.otherName' } });
    expect((await server.call('GET', '/api/session', { token })).status).toBe(200);
    expect(await ask('/api/practice/remove', { name })).toMatchObject({ status: 200, body: { practice: null } });
    expect((await server.call('GET', '/api/session', { token })).status).toBe(401);
    expect(existsSync(folderOf('test-practice'))).toBe(false);
    await order(data.tokens.wang, 'after-the-removal');
    const deeds = await beside(data, (store) => store.read((tx) => tx('audit').where({ type: 'company' }).orderBy('seq').pluck('action')));
    expect(deeds).toEqual(['practice', 'practice', 'removePractice']);
    await server.stop();
    expect((await tradepost(data.path, ['company', 'list'])).text).toBe(`test\t${name}\t${kind.name}\n`);
    server = await startServer(data);
  });

  test('killed at any point it is there whole or not at all', async () => {
    const endAt = async (failpoint: 'practice-loaded' | 'practice-named' | 'practice-unnamed', path: string) => {
      await server.stop();
      server = await startServer(data, failpoint);
      await ask(path, path.endsWith('remove') ? { name } : {}).catch(() => undefined);
      expect(await server.ended()).toBe('SIGKILL');
      server = await startServer(data);
      expect(readdirSync(data.path)).not.toContain('practice.json');
      return (await state()).practice !== null;
    };
    expect(await endAt('practice-loaded', '/api/practice')).toBe(false);
    expect(existsSync(folderOf('test-practice'))).toBe(false);
    expect(await endAt('practice-named', '/api/practice')).toBe(true);
    await signIn();
    expect(await endAt('practice-unnamed', '/api/practice/remove')).toBe(false);
    expect(existsSync(folderOf('test-practice'))).toBe(false);
  });

  test('is made and thrown away from the console too', async () => {
    await server.stop();
    expect(await tradepost(data.path, ['company', 'practice', 'other'])).toMatchObject({
      code: 1,
      text: expect.stringContaining('company.unknown'),
    });
    expect(await tradepost(data.path, ['company', 'practice', 'test'])).toMatchObject({ code: 0 });
    expect((await tradepost(data.path, ['company', 'list'])).text).toContain(`test-practice\t${name}\t${kind.name}\tpractice`);
    expect((await tradepost(data.path, ['backup'])).text).not.toContain('test-practice');
    for (const code of ['test-practice', 'test'])
      expect(await tradepost(data.path, ['company', 'remove-practice', code])).toMatchObject({
        code: 2,
        text: expect.stringContaining('[y/N]'),
      });
    expect(await tradepost(data.path, ['company', 'remove-practice', 'test', '--yes'])).toMatchObject({ code: 0 });
    expect((await tradepost(data.path, ['company', 'list'])).text).toBe(`test\t${name}\t${kind.name}\n`);
    server = await startServer(data);
    expect((await state()).practice).toBeNull();
    await server.stop();
    expect(await tradepost(data.path, ['company', 'remove-practice', 'test', '--yes'])).toMatchObject({
      code: 1,
      text: expect.stringContaining('practice.none'),
    });
  });
});
