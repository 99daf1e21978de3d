import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import type { RecordAnswer } from '../../shared/contracts/wire.ts';
import { addDays, dayOf, instantOf, startOfMonth } from '../../shared/kernel/days.ts';
import { stores } from '../scenarios/office.ts';
import { beside, type DataFolder, findingsIn, logOf, makeDataFolder, type RunningServer, startServer } from '../support/childServer.ts';
import type { Api, Reply } from '../support/server.ts';
import { openTrade, piece, randomFrom } from './trade.ts';

const writers = 8;
/** The long form of this test turns these up. */
const rounds: Record<string, number> = { sqlite: 12, postgres: 4 };
const seed = Number(process.env.TRADEPOST_SEED ?? Math.floor(Math.random() * 2 ** 31));

interface Shop {
  readonly warehouse: number;
  readonly pen: number;
  readonly customer: number;
}
type Data = DataFolder<Shop>;

/** A request a client has sent, and the answer, if one came. */
interface Sent {
  readonly who: string;
  readonly path: string;
  readonly key: string;
  readonly body: unknown;
  readonly answer?: Reply;
}

describe.each(stores)('the server is killed, on $name', { timeout: 300_000 }, (kind) => {
  let data: Data;
  let server: RunningServer | undefined;

  beforeAll(async () => {
    data = await makeDataFolder(kind, {
      people: ['wang', 'chen', 'zhao'],
      fill: async (office) => {
        const { warehouse, pen, customer } = await openTrade(office, 1_000_000);
        return { warehouse, pen, customer };
      },
    });
  }, 120_000);
  afterAll(async () => {
    await server?.kill();
    data.remove();
  });

  async function start(failpoint?: Parameters<typeof startServer>[1]): Promise<RunningServer> {
    await server?.kill();
    server = await startServer(data, failpoint);
    return server;
  }
  const orders = () => countIn(data, 'sales_orders');

  test(`at any moment while ${writers} people work: what was confirmed is there, the rest is not there or whole (seed ${seed})`, async () => {
    console.log(`killed at random, ${kind.name}: TRADEPOST_SEED=${seed}`);
    const random = randomFrom(seed);
    const confirmed: Sent[] = [];
    let api = await start();
    for (let round = 0; round < (rounds[kind.name] ?? 1); round += 1) {
      const sent: Sent[] = [];
      const stop = new AbortController();
      const work = times(writers).map((index) => sellOn(api, data, { sent, name: `${round}-${index}`, signal: stop.signal }));
      await sleep(80 + random() * 700);
      await server?.kill();
      stop.abort();
      await Promise.all(work);
      expect(await findingsIn(data)).toEqual([]);

      api = await start();
      confirmed.push(...sent.filter(({ answer }) => answer));
      for (const one of sent) await expectOneEffect(api, data, one);
    }
    for (const one of confirmed.slice(0, 40)) await expectOneEffect(api, data, one);
    expect(confirmed.length).toBeGreaterThan(0);
    expect(await findingsIn(data)).toEqual([]);
    await expectNumbersWithoutHoles(data);
  });

  test.each(['before-commit', 'between-number-and-commit', 'after-commit-before-answer'] as const)(
    'at the point %s: the client asks again and has one order',
    async (failpoint) => {
      const before = await orders();
      let api = await start(failpoint);
      const order = { who: 'wang', path: '/api/records/salesOrder', key: `at-${failpoint}`, body: draft(data) };
      await expect(send(api, data, order)).rejects.toThrow();
      expect(await api.ended()).toBe('SIGKILL');
      const isKept = failpoint === 'after-commit-before-answer';
      expect(await findingsIn(data)).toEqual([]);
      expect([await orders(), await countIn(data, 'sales_order_lines')]).toEqual([before, before].map((count) => count + (isKept ? 1 : 0)));

      api = await start();
      const made = await send(api, data, order);
      expect(made.status).toBe(201);
      expect((await send(api, data, order)).text).toBe(made.text);
      expect((await send(api, data, { ...order, body: draft(data, 2) })).body.code).toBe('idempotency.otherBody');
      expect((await send(api, data, { ...order, key: `next-${failpoint}` })).status).toBe(201);
      expect(await orders()).toBe(before + 2);
      await expectNumbersWithoutHoles(data);
    },
  );

  test('while a step posts: the step is there with all its moves or not at all', async () => {
    const ordering = { who: 'wang', path: '/api/records/salesOrder', key: 'order-to-approve', body: draft(data) };
    const { id } = (await send(await start(), data, ordering)).body as unknown as RecordAnswer;
    const approve = { who: 'wang', path: `/api/records/salesOrder/${id}/steps/approve`, key: 'approve-0001', body: { version: 1 } };
    for (const failpoint of ['before-commit', 'after-commit-before-answer'] as const) {
      const api = await start(failpoint);
      await expect(send(api, data, approve)).rejects.toThrow();
      await api.ended();
      const states = await beside(data, (store) => store.read((tx) => tx('sales_orders').where({ id }).pluck('state')));
      const moves = await countIn(data, 'moves', { document_type: 'salesOrder', document_id: id });
      expect([states, moves]).toEqual(failpoint === 'before-commit' ? [['draft'], 0] : [['approved'], 2]);
      expect(await findingsIn(data)).toEqual([]);
    }
    expect((await send(await start(), data, approve)).body).toMatchObject({ state: 'approved', version: 2 });
  });

  test('after the bytes of a file lie on the disk: no row speaks of it, and the upload works again', async () => {
    const upload = (api: Api) =>
      api.call('POST', '/api/files', {
        token: data.tokens.wang,
        body: 'hello',
        key: 'upload-00001',
        headers: { 'x-file-name': 'a.txt', 'content-type': 'application/octet-stream' },
      });
    let api = await start('after-file-before-row');
    await expect(upload(api)).rejects.toThrow();
    expect(await api.ended()).toBe('SIGKILL');
    expect(await countIn(data, 'files')).toBe(0);
    api = await start();
    const { status, body } = await upload(api);
    expect(status).toBe(201);
    expect((await api.call('GET', `/api/files/${body.id}`, { token: data.tokens.wang })).text).toBe('hello');
  });

  test('in the middle of closing a month: the month is open, and is closed when it is asked for again', async () => {
    const today = dayOf(instantOf(clock.now()), 'Asia/Shanghai');
    const body = { through: addDays(startOfMonth(today), -1) };
    const close = (api: Api) => api.call('POST', '/api/closing', { token: data.tokens.zhao, key: 'the-month', body });
    const api = await start('before-commit');
    await expect(close(api)).rejects.toThrow();
    expect(await api.ended()).toBe('SIGKILL');
    expect([await countIn(data, 'closings'), await findingsIn(data)]).toEqual([0, []]);
    const again = await start();
    expect(await again.call('GET', '/api/closing', { token: data.tokens.zhao })).toMatchObject({ body: { closedThrough: null } });
    expect(await close(again)).toMatchObject({ status: 200, body: { closedThrough: body.through } });
    expect(await close(again)).toMatchObject({ status: 200 });
    expect(await countIn(data, 'closings')).toBe(1);
  });

  test('a promise that nobody kept ends it with a word in the log, and nothing is lost', async () => {
    const before = await orders();
    let api = await start('after-commit-before-answer:reject');
    const order = { who: 'wang', path: '/api/records/salesOrder', key: 'before-the-fault', body: draft(data) };
    await send(api, data, order).catch(() => undefined);
    expect(await api.ended()).toBe(70);
    // Every server writes a file of its own, so the newest line need not be the last one.
    const lines = logOf(data)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { level: number });
    expect(lines.filter(({ level }) => level === 60)).toMatchObject([
      { msg: 'unhandledRejection', err: { message: 'failpoint after-commit-before-answer' } },
    ]);
    expect(await findingsIn(data)).toEqual([]);
    api = await start();
    expect((await send(api, data, order)).status).toBe(201);
    expect(await orders()).toBe(before + 1);
    expect(logOf(data)).not.toContain(data.tokens.wang?.split('.')[1]);
  });
});

const times = (count: number) => Array.from({ length: count }, (_, index) => index);

const draft = ({ filled: { customer, pen, warehouse } }: Data, pieces = 1) => ({
  values: { customer },
  parts: { lines: [{ item: pen, quantity: pieces * piece, grossPrice: 11_300_000, taxRate: 130_000, warehouse }] },
});

const send = (api: Api, data: Data, { who, path, key, body }: Sent): Promise<Reply> =>
  api.call('POST', path, { token: data.tokens[who], key, body });

const countIn = (data: Data, table: string, where: Record<string, string | number> = {}): Promise<number> =>
  beside(data, async (store) =>
    Number(((await store.read((tx) => tx(table).where(where).count({ count: '*' }).first())) as { count: number }).count),
  );

/** One person's day: an order, its approval, the goods, the money, and again, until the line is cut. Everything sent is noted. */
async function sellOn(api: Api, data: Data, of: { sent: Sent[]; name: string; signal: AbortSignal }): Promise<void> {
  const ask = async (who: string, path: string, body: unknown): Promise<RecordAnswer> => {
    const sent: Sent = { who, path, key: `${of.name}-${of.sent.length}-request`, body };
    const place = of.sent.push(sent) - 1;
    const answer = await send(api, data, sent);
    of.sent[place] = { ...sent, answer };
    if (answer.status >= 300) throw new Error(answer.text);
    return answer.body as unknown as RecordAnswer;
  };
  try {
    for (let count = 1; !of.signal.aborted; count += 1) {
      const order = await ask('wang', '/api/records/salesOrder', draft(data, count));
      const approved = await ask('wang', `/api/records/salesOrder/${order.id}/steps/approve`, { version: order.version });
      const row = {
        sourceType: 'salesOrder',
        source: order.id,
        sourceRow: approved.parts.lines?.[0]?.id,
        item: data.filled.pen,
        quantity: piece,
        warehouse: data.filled.warehouse,
      };
      const note = await ask('chen', '/api/records/stockOut', { values: { customer: data.filled.customer }, parts: { lines: [row] } });
      await ask('chen', `/api/records/stockOut/${note.id}/steps/post`, { version: note.version });
      const allocations = [{ sourceType: 'salesOrder', source: order.id, amount: 100 }];
      const receipt = await ask('zhao', '/api/records/receipt', {
        values: { customer: data.filled.customer, amount: 100 },
        parts: { allocations },
      });
      await ask('zhao', `/api/records/receipt/${receipt.id}/steps/post`, { version: receipt.version });
    }
  } catch (cut) {
    // The line was cut; a refusal is none of what this story is about.
    if (!(cut instanceof TypeError)) throw cut;
  }
}

/** Asked again with its key, a request answers as it did the first time, or is done now; either way its effect is there once. */
async function expectOneEffect(api: Api, data: Data, sent: Sent): Promise<void> {
  const again = await send(api, data, sent);
  if (sent.answer) expect(again.text).toBe(sent.answer.text);
  expect(again.status).toBeLessThan(300);
  const { type, id, version } = again.body as unknown as RecordAnswer;
  const stored = await api.call('GET', `/api/records/${type}/${id}`, { token: data.tokens[sent.who] });
  expect(stored.status).toBe(200);
  expect(Number(stored.body.version)).toBeGreaterThanOrEqual(version);
}

async function expectNumbersWithoutHoles(data: Data): Promise<void> {
  for (const table of ['sales_orders', 'stock_outs', 'receipts']) {
    const numbers = await beside(data, (store) => store.read((tx) => tx(table).orderBy('number').pluck('number')));
    for (const [, drawn] of Map.groupBy(numbers as string[], (number) => number.slice(0, -5))) {
      expect(drawn.map((number) => Number(number.slice(-4)))).toEqual(drawn.map((_, index) => index + 1));
    }
  }
}
