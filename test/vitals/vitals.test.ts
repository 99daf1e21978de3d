import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../../server/start/log.ts';
import { answerHealth, Health, whileStarting } from '../../server/vitals/health.ts';
import { Metrics } from '../../server/vitals/metrics.ts';
import { openTrade } from '../faults/trade.ts';
import { openOffice } from '../scenarios/office.ts';
import { stores } from '../stores/stores.ts';
import { type DataFolder, makeDataFolder, type RunningServer, startServer } from '../support/childServer.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Something that answers, at an address. */
async function serve(answer: RequestListener): Promise<string> {
  const http = createServer(answer);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => http.close(resolve)));
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

describe.each(stores)('a server with a company on $name', { timeout: 120_000 }, (kind) => {
  let data: DataFolder<unknown>;
  let server: RunningServer;

  beforeAll(async () => {
    data = await makeDataFolder(kind, { people: ['wang'], fill: (office) => openTrade(office, 10) });
    server = await startServer(data, undefined, ['--metrics']);
  }, 120_000);
  afterAll(async () => {
    await server?.kill();
    data?.remove();
  });

  test('says that it is ready, and how many databases answer', async () => {
    expect(await server.call('GET', '/healthz')).toMatchObject({
      status: 200,
      body: { ok: true, state: 'ready', companies: { answering: 1, all: 1 } },
    });
  });

  test('gives figures of doors, company, disk and process, and no names', async () => {
    const token = data.tokens.wang ?? '';
    await server.call('GET', '/api/records/customer/1?secret=浙江', { token });
    await server.call('GET', '/api/records/customer/987654', { token });
    await server.call('GET', '/nowhere/浙江宏远');
    await expect
      .poll(async () => (await server.call('GET', '/metrics')).text, { timeout: 10_000, interval: 500 })
      .toMatch(/route="(none|screens)"/);
    const { status, text, headers } = await server.call('GET', '/metrics');
    expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain; version=0.0.4')]);
    const figure = (pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? Number.NaN);
    expect(figure(/^tradepost_http_requests_total\{method="GET",route="\/api\/records\/:type\/:id",status="200"\} (\S+)$/m)).toBe(1);
    expect(figure(/^tradepost_http_requests_total\{method="GET",route="\/api\/records\/:type\/:id",status="404"\} (\S+)$/m)).toBe(1);
    expect(figure(/^tradepost_http_request_duration_seconds_count\{method="GET",route="\/api\/records\/:type\/:id"\} (\S+)$/m)).toBe(2);
    expect(figure(/^tradepost_company_up\{company="test"\} (\S+)$/m)).toBe(1);
    expect(figure(/^tradepost_database_bytes\{company="test"\} (\S+)$/m)).toBeGreaterThan(100_000);
    expect(figure(/^tradepost_sessions_living\{company="test"\} (\S+)$/m)).toBe(1);
    expect(figure(/^tradepost_disk_free_bytes (\S+)$/m)).toBeGreaterThan(1_000_000);
    expect(figure(/^tradepost_sockets_open (\S+)$/m)).toBe(0);
    for (const name of [
      'tradepost_writes_under_way',
      'tradepost_backup_state',
      'nodejs_eventloop_lag_seconds',
      'process_resident_memory_bytes',
    ])
      expect(text).toContain(name);
    for (const word of ['wang', '浙江', '远航', '钢笔', '987654', 'nowhere', token]) expect(text).not.toContain(word);
  });

  test('gives figures to nobody who asks through a proxy', async () => {
    for (const headers of [{ 'x-forwarded-for': '192.168.1.20' }, { forwarded: 'for=192.168.1.20' }] as Record<string, string>[]) {
      expect((await server.call('GET', '/metrics', { headers })).status).toBe(404);
    }
  });
});

test('a server that was not told to gives no figures', { timeout: 60_000 }, async () => {
  const path = mkdtempSync(join(tmpdir(), 'tradepost-quiet-'));
  const server = await startServer({ path });
  const answer = await server.call('GET', '/metrics');
  expect(answer.text).not.toContain('tradepost_');
  await server.stop();
  rmSync(path, { recursive: true });
});

test('with a token figures are given to whoever has it, and to nobody else', async () => {
  const metrics = new Metrics({ token: 'a long random word', version: '0.0.0' });
  const url = await serve((request, response) => void metrics.answer(request, response));
  const asked = async (headers: Record<string, string>) => (await fetch(url, { headers })).status;
  expect(await asked({})).toBe(404);
  expect(await asked({ authorization: 'Bearer a long random' })).toBe(404);
  expect(await asked({ authorization: 'Bearer a long random worm' })).toBe(404);
  expect(await asked({ authorization: 'Bearer a long random word', 'x-forwarded-for': '192.168.1.20' })).toBe(200);
});

describe('a server is not ready', () => {
  const stateAt = async (url: string) => {
    const answer = await fetch(`${url}/healthz`);
    return [answer.status, ((await answer.json()) as { state: string }).state];
  };

  test('while its databases are being opened, and lets nobody in', async () => {
    const health = new Health();
    const url = await serve(whileStarting(health));
    expect(await stateAt(url)).toEqual([503, 'starting']);
    await expect(fetch(`${url}/api/server`)).rejects.toThrow();
    health.ready(() => []);
    expect(await stateAt(url)).toEqual([200, 'ready']);
  });

  test.each(stores)('when its database on $name does not answer, and once it was told to stop', async (kind) => {
    const office = await openOffice(kind);
    const health = new Health();
    health.ready(() => [office.company]);
    const url = await serve((_request, response) => void answerHealth(health, response));
    expect(await stateAt(url)).toEqual([200, 'ready']);
    await office.close();
    await expect.poll(() => stateAt(url), { timeout: 10_000 }).toEqual([503, 'noDatabase']);
    health.stopping();
    expect(await stateAt(url)).toEqual([503, 'stopping']);
  });
});

describe('the log', () => {
  test('keeps so many files, also of a server that is switched off every evening', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tradepost-log-'));
    for (let number = 1; number <= 40; number += 1) {
      const file = join(folder, `tradepost-here-7180.${number}.log`);
      writeFileSync(file, `${number}\n`);
      utimesSync(file, 1_700_000_000 + number, 1_700_000_000 + number);
    }
    writeFileSync(join(folder, 'tradepost-gone-7180.1.log'), 'long ago');
    utimesSync(join(folder, 'tradepost-gone-7180.1.log'), 1_700_000_000, 1_700_000_000);
    writeFileSync(join(folder, 'tradepost-there-7180.1.log'), 'runs beside');
    const log = await createLog(folder, 'here-7180');
    log.info('begun');
    const names = readdirSync(folder);
    expect(names.filter((name) => name.includes('here-7180.')).length).toBeLessThanOrEqual(15);
    expect(names.filter((name) => name.startsWith('tradepost-gone'))).toEqual([]);
    expect(names.filter((name) => name.startsWith('tradepost-there'))).toHaveLength(1);
    expect(names.map((name) => readFileSync(join(folder, name), 'utf8')).join('')).toContain('begun');
    rmSync(folder, { recursive: true });
  });

  test('repeats no secret, wherever it hangs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tradepost-log-'));
    mkdirSync(folder, { recursive: true });
    const log = await createLog(folder, 'here-7180');
    const secret = 's3cret-word';
    const fault = Object.assign(new Error('no way in'), { password: secret, connectionString: `postgres://u:${secret}@h/d` });
    log.error({ err: fault, token: secret, headers: { authorization: secret, cookie: secret }, body: { passphrase: secret } }, 'refused');
    const text = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('');
    expect(text).toContain('no way in');
    expect(text).not.toContain(secret);
    rmSync(folder, { recursive: true });
  });
});
