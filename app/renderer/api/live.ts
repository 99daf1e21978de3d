import { useEffect, useSyncExternalStore } from 'react';
import { io, type Socket } from 'socket.io-client';
import type { ChangeEvent } from '../../../shared/contracts/wire.ts';
import { serverAddress } from './bridge.ts';
import { giveUpCalls } from './http.ts';
import { keys, queryClient } from './queries.ts';
import { readToken } from './token.ts';

/** Changes wait this long at most, so that a hundred windows do not ask in the same moment. */
const jitterMs = 3000;
/** A link that does not answer for so long counts as down; the person is told within 25 seconds. */
const answerTimeoutMs = 10_000;

const waiting = new Map<string, ChangeEvent>();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let isUp = true;

/** Keeps the window in step with the server while somebody is signed in. `onSignedOut` is told when the session was ended elsewhere. */
export function useLiveChanges(onSignedOut: () => void): void {
  useEffect(() => {
    const socket = io(serverAddress() || undefined, {
      auth: (give) => give({ token: readToken() }),
      timeout: answerTimeoutMs,
      // One connection from the first word on, so that a balancer before several servers need not remember anybody; where a proxy lets
      // none through, the window asks again and again instead.
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelayMax: 5000,
    });
    let wasDown = false;
    socket.on('connect', () => {
      setLink(true);
      if (wasDown) void resynchronize();
      wasDown = false;
    });
    socket.on('disconnect', (reason) => {
      wasDown = true;
      setLink(false);
      if (reason === 'ping timeout') leaveDeadLine();
    });
    socket.on('connect_error', () => {
      wasDown = true;
      setLink(false);
    });
    socket.on('changed', remember);
    socket.on('signedOut', onSignedOut);
    const watch = watchSilence(socket);
    return () => {
      clearInterval(watch);
      socket.disconnect();
      setLink(true);
    };
  }, [onSignedOut]);
}

/** Whether the server can be reached; false within 25 seconds after it cannot. */
export function useLinkUp(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isUp,
  );
}

function setLink(up: boolean): void {
  if (isUp === up) return;
  isUp = up;
  for (const listener of listeners) listener();
}

/** A browser keeps so many connections to one server. */
const connectionsMax = 6;

/**
 * Nothing was heard for twenty seconds: what was asked meanwhile will not be answered, and what is asked next would be sent into
 * connections that are dead as well. Each of them is taken by a question that gives up soon, and the browser throws it away.
 */
function leaveDeadLine(): void {
  giveUpCalls();
  for (let asked = 0; asked < connectionsMax; asked += 1) askHealth(5000).catch(() => undefined);
}

/** A cable that was pulled closes no socket: we ask the server ourselves and believe the silence. */
function watchSilence(socket: Socket): ReturnType<typeof setInterval> {
  return setInterval(() => {
    if (!socket.connected) return;
    askHealth(answerTimeoutMs).then(
      () => setLink(true),
      () => setLink(false),
    );
  }, 12_000);
}

/** Fails when the server says nothing for so long. */
async function askHealth(patienceMs: number): Promise<void> {
  const answer = await fetch(`${serverAddress()}/healthz`, { signal: AbortSignal.timeout(patienceMs), cache: 'no-store' });
  // An answer that nobody reads keeps its connection.
  await answer.arrayBuffer();
}

function remember(events: ChangeEvent[]): void {
  for (const event of events) waiting.set(`${event.type}:${event.id}`, event);
  if (timer === undefined) timer = setTimeout(applyChanges, Math.random() * jitterMs);
}

function applyChanges(): void {
  timer = undefined;
  const events = [...waiting.values()];
  waiting.clear();
  for (const event of events) void queryClient.invalidateQueries({ queryKey: keys.record(event.type, event.id) });
  for (const type of new Set(events.map((event) => event.type))) void queryClient.invalidateQueries({ queryKey: keys.list(type) });
  for (const queryKey of [keys.home, keys.stock, keys.money, keys.notices]) void queryClient.invalidateQueries({ queryKey });
}

/** After a broken link nobody knows what was missed: everything on the screen is asked for again, spread over the jitter. */
async function resynchronize(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.random() * jitterMs));
  await queryClient.invalidateQueries();
}
