import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { listPace, paced } from '../../../app/renderer/api/pace.ts';
import { type DataFolder, startServer } from '../../support/childServer.ts';
import { ask } from '../workloads.ts';
import { openDesk } from './company.ts';
import { type Figure, figure, quantile, told } from './figures.ts';
import { refreshListScreen } from './listScreen.ts';

/**
 * Every client hears of every change and fetches its list screen anew, as the real one does: after a while that differs from client to
 * client, and once for all it heard meanwhile. How busy is the server, and how long do the lists take?
 */
export async function refetchStorm(data: DataFolder<null>, { clients, seconds }: { clients: number; seconds: number }): Promise<Figure[]> {
  const server = await startServer(data);
  const desk = await openDesk(server.url);
  const times: number[] = [];
  const sockets: Socket[] = [];
  const listen = async (): Promise<void> => {
    const socket = io(server.url, { auth: { token: desk.token }, transports: ['websocket'], forceNew: true });
    sockets.push(socket);
    const fetchList = async (): Promise<void> => {
      const began = performance.now();
      await refreshListScreen(server.url, desk.token);
      times.push(performance.now() - began);
    };
    const refresh = paced(() => void fetchList().catch(() => undefined), listPace);
    socket.on('changed', () => refresh());
    await new Promise((resolve) => socket.once('connect', () => resolve(undefined)));
  };
  await Promise.all(Array.from({ length: clients }, listen));
  const stop = new AbortController();
  const writing = writeNowAndThen(server.url, desk, stop.signal);
  await sleep(10_000);
  const [busyMs, began] = [cpuMs(server.process.pid), performance.now()];
  await sleep(seconds * 1000);
  const share = (100 * (cpuMs(server.process.pid) - busyMs)) / (performance.now() - began);
  stop.abort();
  await writing;
  for (const socket of sockets) socket.disconnect();
  await server.stop();
  return [
    told('storm: clients, lists fetched', `${clients}, ${times.length}`),
    figure('storm: one core busy after 10 s', share, 'below', 80, '%'),
    figure('storm: list, p95', quantile(times, 0.95), 'below', 500, 'ms'),
  ];
}

async function writeNowAndThen(url: string, desk: Awaited<ReturnType<typeof openDesk>>, signal: AbortSignal): Promise<void> {
  for (let turn = 0; !signal.aborted; turn += 1) {
    // A server closes connections that were idle for a while, perhaps in the moment one is used again.
    await ask(url, 'POST', '/api/records/salesOrder', desk.order(turn), desk.token).catch(() => undefined);
    await sleep(500);
  }
}

/** The time that a program has kept a processor busy, in ms: Linux counts it in hundredths of a second. */
function cpuMs(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return 10 * (Number(fields[11]) + Number(fields[12]));
}
