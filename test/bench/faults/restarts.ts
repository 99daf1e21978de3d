import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { listPace, paced, recordPace, returnPace } from '../../../app/renderer/api/pace.ts';
import type { RecordAnswer } from '../../../shared/contracts/wire.ts';
import { type DataFolder, type RunningServer, startServer } from '../../support/childServer.ts';
import { type Line, layLine } from '../../support/line.ts';
import { ask } from '../workloads.ts';
import { type Desk, openDesk } from './company.ts';
import { type Figure, figure, quantile, told } from './figures.ts';
import { refreshListScreen } from './listScreen.ts';

/** A window with a list, as far as coming back goes. */
interface Window {
  readonly socket: Socket;
  /** The newest version of each order it has seen. */
  seen: ReadonlyMap<number, number>;
}

/**
 * Many windows listen, and the server is killed again and again. The moment it is back, before the windows are, an order is changed:
 * do all of them come back, how soon, do all of them end with the newest version, and how long are their questions answered meanwhile?
 */
export async function killUnderCrowd(
  data: DataFolder<null>,
  { clients, restarts }: { clients: number; restarts: number },
): Promise<Figure[]> {
  let server = await startServer(data);
  const line = await layLine(portOf(server));
  const desk = await openDesk(server.url);
  const times: number[] = [];
  const windows = Array.from({ length: clients }, () => openWindow(line, desk, times));
  await until(() => windows.every(({ socket }) => socket.connected));
  const found: { returns: number[]; missed: number } = { returns: [], missed: 0 };
  for (let round = 0; round < restarts; round += 1) {
    const killedAtMs = performance.now();
    await server.kill();
    server = await startServer(data);
    const { id, version } = await ask<RecordAnswer>(server.url, 'POST', '/api/records/salesOrder', desk.order(round), desk.token);
    line.leadTo(portOf(server));
    await until(() => windows.every(({ socket }) => socket.connected));
    found.returns.push((performance.now() - killedAtMs) / 1000);
    await until(() => windows.every(({ seen }) => (seen.get(id) ?? 0) >= version)).catch(() => undefined);
    found.missed += windows.filter(({ seen }) => (seen.get(id) ?? 0) < version).length;
  }
  for (const { socket } of windows) socket.disconnect();
  await line.close();
  await server.stop();
  return [
    told('restarts: sockets, restarts, questions', `${clients}, ${restarts}, ${times.length}`),
    figure('restarts: the slowest back after the kill', Math.max(...found.returns), 'below', 15, 's'),
    figure('restarts: windows without the newest version', found.missed, 'exactly', 0),
    figure('restarts: questions meanwhile, p95', quantile(times, 0.95), 'below', 500, 'ms'),
  ];
}

/** Comes back as the real one does, and asks for its list anew at a moment of its own. */
function openWindow(line: Line, desk: Desk, times: number[]): Window {
  const socket = io(line.url, {
    auth: { token: desk.token },
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    timeout: 10_000,
    reconnectionDelayMax: 5000,
    forceNew: true,
  });
  const window: Window = { socket, seen: new Map() };
  const refresh = async (): Promise<void> => {
    const began = performance.now();
    window.seen = await refreshListScreen(line.url, desk.token);
    times.push(performance.now() - began);
  };
  const again = () => void refresh().catch(() => askForList());
  const [askForList, askForAll] = [paced(again, listPace), paced(again, returnPace)];
  const askWhoIAm = paced(() => void ask(line.url, 'GET', '/api/session', undefined, desk.token).catch(() => undefined), recordPace);
  socket.on('connect', () => {
    askWhoIAm();
    askForAll();
  });
  socket.on('changed', () => askForList());
  return window;
}

const portOf = ({ url }: RunningServer): number => Number(new URL(url).port);

async function until(isSo: () => boolean): Promise<void> {
  for (const endMs = performance.now() + 60_000; !isSo(); ) {
    if (performance.now() > endMs) throw new Error('not so within a minute');
    await sleep(20);
  }
}
