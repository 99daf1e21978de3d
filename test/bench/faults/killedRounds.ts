import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordAnswer } from '../../../shared/contracts/wire.ts';
import { type Confirmed, filesGoneIn, missingFrom } from '../../faults/recorder/afterwards.ts';
import { randomFrom } from '../../faults/trade.ts';
import { beside, type DataFolder, findingsIn, type RunningServer, startServer } from '../../support/childServer.ts';
import type { Api, Reply } from '../../support/server.ts';
import { companyFolderIn, type Desk, openDesk } from './company.ts';
import { type Figure, figure, quantile, round, told } from './figures.ts';

export interface Rounds {
  readonly rounds: number;
  readonly writers: number;
  readonly seed: number;
}

interface Sent {
  readonly path: string;
  readonly key: string;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
  reply?: Reply;
}

/**
 * Kills the server at random moments while people write, again and again. What was confirmed to a client is kept by the client, and
 * looked for after each round and once more at the end; every request is sent again, and must have had one effect.
 */
export async function killInRounds(
  data: DataFolder<null>,
  { rounds, writers, seed }: Rounds,
): Promise<{ wrong: string[]; figures: Figure[] }> {
  const random = randomFrom(seed);
  const wrong: string[] = [];
  const readyMs: number[] = [];
  const confirmed: Confirmed[] = [];
  const start = async (): Promise<RunningServer> => {
    const began = performance.now();
    const server = await startServer(data);
    readyMs.push(performance.now() - began);
    return server;
  };
  let server = await start();
  const desk = await openDesk(server.url);
  for (let count = 0; count < rounds; count += 1) {
    const sent: Sent[] = [];
    const stop = new AbortController();
    const work = Array.from({ length: writers }, (_, index) => write(server, desk, { sent, name: `${seed}-${count}-${index}`, stop }));
    await firstAnswer(sent);
    await sleep(random() * 900);
    await server.kill();
    stop.abort();
    wrong.push(...(await Promise.all(work)).flat());
    wrong.push(...(await findingsIn(data)));
    for (const { reply } of sent) if (reply) confirmed.push(confirmedBy(reply));
    wrong.push(...(await beside(data, (store) => missingFrom(store, confirmed.slice(-2000)))));

    server = await start();
    for (const one of sent) wrong.push(...(await wrongWhenAskedAgain(server, desk, one)));
    if ((count + 1) % 10 === 0) console.log(`round ${count + 1}: ${confirmed.length} confirmed, ${wrong.length} wrong`);
  }
  await server.kill();
  const lost = await beside(data, (store) => missingFrom(store, confirmed));
  wrong.push(
    ...lost,
    ...(await findingsIn(data)),
    ...(await wrongNumbers(data)),
    ...(await filesGoneIn(readOnly(data), companyFolderIn(data.path))),
  );
  return {
    wrong,
    figures: [
      told('rounds, writers, writes confirmed', `${rounds}, ${writers}, ${confirmed.length}`),
      figure('confirmed writes lost', lost.length, 'exactly', 0),
      figure('anything wrong after a kill', wrong.length, 'exactly', 0),
      figure('ready again, slowest', Math.max(...readyMs) / 1000, 'below', 10, 's'),
      told('ready again, median', `${round(quantile(readyMs, 0.5) / 1000)} s`),
    ],
  };
}

const readOnly = ({ place }: DataFolder<null>) => (place.engine === 'sqlite' ? { ...place, readOnly: true } : place);

const send = (api: Api, { token }: Desk, { path, key, body, headers = {} }: Sent): Promise<Reply> =>
  api.call('POST', path, { token, key, body, headers });

/** One person: an order, its approval, a file, and again, until the line is cut. What is refused is a fault here. */
async function write(api: Api, desk: Desk, of: { sent: Sent[]; name: string; stop: AbortController }): Promise<string[]> {
  const ask = async (path: string, body: unknown, headers?: Record<string, string>): Promise<Reply> => {
    const one: Sent = { path, key: `${of.name}-${of.sent.length}`, body, ...(headers ? { headers } : {}) };
    of.sent.push(one);
    const reply = await send(api, desk, one);
    if (reply.status >= 300) throw new Error(reply.text);
    one.reply = reply;
    return reply;
  };
  try {
    for (let turn = of.sent.length; !of.stop.signal.aborted; turn += 1) {
      const order = (await ask('/api/records/salesOrder', desk.order(turn))).body as unknown as RecordAnswer;
      await ask(`/api/records/salesOrder/${order.id}/steps/approve`, { version: order.version });
      await ask('/api/files', `${of.name} ${turn}`, { 'x-file-name': 'note.txt', 'content-type': 'application/octet-stream' });
    }
    return [];
  } catch (cut) {
    return cut instanceof TypeError ? [] : [`refused: ${String(cut)}`];
  }
}

function confirmedBy({ body }: Reply): Confirmed {
  const { type, id, version } = body as unknown as Partial<RecordAnswer>;
  return type === 'salesOrder' ? { table: 'sales_orders', id: Number(id), version: Number(version) } : { table: 'files', id: Number(id) };
}

/** A slow machine is not killed before it has told anybody anything. */
async function firstAnswer(sent: readonly Sent[]): Promise<void> {
  for (let waits = 0; waits < 600 && !sent.some(({ reply }) => reply); waits += 1) await sleep(50);
}

async function wrongWhenAskedAgain(api: Api, desk: Desk, sent: Sent): Promise<string[]> {
  const again = await send(api, desk, sent);
  if (sent.reply && again.text !== sent.reply.text) return [`${sent.path} ${sent.key} answered otherwise: ${again.text}`];
  return again.status < 300 ? [] : [`${sent.path} ${sent.key} was refused when it was sent again: ${again.text}`];
}

/** Numbers are given once, and none is left out. */
async function wrongNumbers(data: DataFolder<null>): Promise<string[]> {
  const numbers = (await beside(data, (store) =>
    store.read((tx) => tx('sales_orders').whereNotNull('number').pluck('number')),
  )) as string[];
  const wrong: string[] = [];
  for (const [series, drawn] of Map.groupBy(numbers, (number) => number.slice(0, -4))) {
    const serials = drawn.map((number) => Number(number.slice(-4))).sort((a, b) => a - b);
    const first = serials[0] ?? 0;
    if (serials.some((serial, index) => serial !== first + index)) wrong.push(`the numbers ${series} have holes or come twice`);
  }
  return wrong;
}
