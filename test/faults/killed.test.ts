import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RecordAnswer } from '../../shared/contracts/wire.ts';
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

  beforeEach(async () => {
    data = await makeDataFolder(kind, {
      people: ['wang', 'chen', 'zhao'],
      fill: async (office) => {
        const { warehouse, pen, customer } = await openTrade(office, 1_000_000);
        return { warehouse, pen, customer };
      },
    });
  }, 120_000);
  afterEach(async () => {
    await server?.kill();
    data.remove();
  });

  test(`at any moment while ${writers} people work: what was confirmed is there, the rest is not there or whole (seed ${seed})`, async () => {
    console.log(`killed at random, ${kind.name}: TRADEPOST_SEED=${seed}`);
    const random = randomFrom(seed);
    const confirmed: Sent[] = [];
    for (let round = 0; round < (rounds[kind.name] ?? 1); round += 1) {
      server = await startServer(data);
      const sent: Sent[] = [];
      const stop = new AbortController();
      const work = Array.from({ length: writers }, (_, index) =>
        sellOn(server!, data, { sent, name: `${round}-${index}`, signal: stop.signal }),
      );
      await sleep(80 + random() * 700);
      await server.kill();
      stop.abort();
      await Promise.all(work);
      expect(await findingsIn(data)).toEqual([]);

      server = await startServer(data);
      confirmed.push(...sent.filter(({ answer }) => answer));
      for (const one of sent) await expectOneEffect(server, data, one);
      await server.stop();
    }
    expect(await findingsIn(data)).toEqual([]);
    expect(confirmed.filter(({ answer }) => (answer?.status ?? 500) < 300).length).toBeGreaterThan(rounds[kind.name] ?? 0);
    server = await startServer(data);
    for (const one of confirmed.slice(0, 40)) await expectOneEffect(server, data, one);
    await expectNumbersWithoutHoles(data);
  });

  test.each(['before-commit', 'between-number-and-commit', 'after-commit-before-answer'] as const)(
    'at the point %s: the client asks again and has one order',
    async (failpoint) => {
      server = await startServer(data, failpoint);
      const order = { who: 'wang', path: '/api/records/salesOrder', key: `at-${failpoint}`, body: draft(data) };
      await expect(send(server, data, order)).rejects.toThrow();
      expect(await server.ended()).toBe('SIGKILL');
      const wasKept = failpoint === 'after-commit-before-answer';
      expect(await findingsIn(data)).toEqual([]);
      expect(await countIn(data, 'sales_orders')).toBe(wasKept ? 1 : 0);
      expect(await countIn(data, 'sales_order_lines')).toBe(wasKept ? 1 : 0);

      server = await startServer(data);
      const made = await send(server, data, order);
      const again = await send(server, data, order);
      expect(made).toMatchObject({ status: 201, body: { values: { number: expect.stringMatching(/-0001$/) } } });
      expect(again.text).toBe(made.text);
      expect((await send(server, data, { ...order, body: draft(data, 2) })).body.code).toBe('idempotency.otherBody');
      expect(await countIn(data, 'sales_orders')).toBe(1);
      const next = await send(server, data, { ...order, key: 'the-next-order-1' });
      expect(next.body.values).toMatchObject({ number: expect.stringMatching(/-0002$/) });
    },
  );

  test('while a step posts: the step is there with all its moves or not at all', async () => {
    server = await startServer(data);
    const order = (await send(server, data, { who: 'wang', path: '/api/records/salesOrder', key: 'order-0001', body: draft(data) }))
      .body as unknown as RecordAnswer;
    await server.stop();
    for (const failpoint of ['before-commit', 'after-commit-before-answer'] as const) {
      server = await startServer(data, failpoint);
      const approve = { who: 'wang', path: `/api/records/salesOrder/${order.id}/steps/approve`, key: 'approve-0001', body: { version: 1 } };
      await expect(send(server, data, approve)).rejects.toThrow();
      await server.ended();
      const isPosted = failpoint === 'after-commit-before-answer';
      expect(await beside(data, (store) => store.read((tx) => tx('sales_orders').where({ id: order.id }).pluck('state')))).toEqual([
        isPosted ? 'approved' : 'draft',
      ]);
      expect(await countIn(data, 'moves', { document_type: 'salesOrder' })).toBe(isPosted ? 2 : 0);
      expect(await findingsIn(data)).toEqual([]);
    }
  });

  test('after the bytes of a file lie on the disk: no row speaks of it, and the upload works again', async () => {
    server = await startServer(data, 'after-file-before-row');
    const upload = (api: Api) =>
      api.call('POST', '/api/files', {
        token: data.tokens.wang,
        body: 'hello',
        key: 'upload-00001',
        headers: { 'x-file-name': 'a.txt', 'content-type': 'application/octet-stream' },
      });
    await expect(upload(server)).rejects.toThrow();
    expect(await server.ended()).toBe('SIGKILL');
    expect(await countIn(data, 'files')).toBe(0);
    server = await startServer(data);
    const { status, body } = await upload(server);
    expect(status).toBe(201);
    expect((await server.call('GET', `/api/files/${body.id}`, { token: data.tokens.wang })).text).toBe('hello');
  });

  test('a promise that nobody kept ends it with a word in the log, and nothing is lost', async () => {
    server = await startServer(data, 'after-commit-before-answer:reject');
    const order = { who: 'wang', path: '/api/records/salesOrder', key: 'before-the-fault', body: draft(data) };
    await send(server, data, order).catch(() => undefined);
    expect(await server.ended()).toBe(70);
    const last = logOf(data)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { level: number; msg: string; err?: { message: string } })
      .at(-1);
    expect(last).toMatchObject({ level: 60, msg: 'unhandledRejection', err: { message: 'failpoint after-commit-before-answer' } });
    expect(await findingsIn(data)).toEqual([]);
    server = await startServer(data);
    expect((await send(server, data, order)).status).toBe(201);
    expect(await countIn(data, 'sales_orders')).toBe(1);
    expect(logOf(data)).not.toContain(data.tokens.wang?.split('.')[1]);
  });
});

const draft = ({ filled: { customer, pen, warehouse } }: Data, pieces = 1) => ({
  values: { customer },
  parts: { lines: [{ item: pen, quantity: pieces * piece, grossPrice: 11_300_000, taxRate: 130_000, warehouse }] },
});

const send = (api: Api, data: Data, { who, path, key, body }: Sent): Promise<Reply> =>
  api.call('POST', path, { token: data.tokens[who], key, body });

const countIn = (data: Data, table: string, where: Record<string, string> = {}): Promise<number> =>
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
        promisedAt: data.filled.warehouse,
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
