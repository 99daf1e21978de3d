import type { QueryKey } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { io, type Socket } from 'socket.io-client';
import type { ChangeEvent } from '../../../shared/contracts/wire.ts';
import { serverAddress } from './bridge.ts';
import { proofForSession } from './device.ts';
import { giveUpCalls } from './http.ts';
import { listPace, paced, recordPace, returnPace } from './pace.ts';
import { keys, queryClient } from './queries.ts';
import { readToken } from './token.ts';

/** A link that does not answer for so long counts as down; the person is told within 25 seconds. */
const answerTimeoutMs = 10_000;
const returnMs = 5000;

const waiting = new Map<string, ChangeEvent>();
const changedTypes = new Set<string>();
const listeners = new Set<() => void>();
let isUp = true;

/** Keeps the window in step with the server while somebody is signed in. `onSignedOut` is told when the session was ended elsewhere. */
export function useLiveChanges(onSignedOut: () => void): void {
  useEffect(() => {
    const socket = openSocket();
    let wasDown = false;
    socket.on('connect', () => {
      setLink(true);
      if (wasDown) resynchronize();
      wasDown = false;
    });
    socket.on('disconnect', (reason) => {
      wasDown = true;
      setLink(false);
      if (reason === 'ping timeout') leaveDeadLine();
    });
    socket.on('connect_error', ({ message }) => {
      wasDown = true;
      if (!keyCodes.includes(message)) setLink(false);
    });
    socket.on('changed', remember);
    socket.on('signedOut', onSignedOut);
    const watch = watchSilence(socket);
    return () => {
      clearInterval(watch);
      socket.removeAllListeners();
      socket.disconnect();
      setLink(true);
    };
  }, [onSignedOut]);
}

/** The device has to show its key; or it was too slow in doing so. */
const keyCodes: readonly string[] = ['access.proveAgain', 'access.deviceUnproven'];

/**
 * A socket that comes back by itself, also where the device has to show its key first. It brings the proof along, since it may take
 * another way to the server than requests do.
 */
export function openSocket(): Socket {
  let isKeyAsked = false;
  let refusals = 0;
  const socket = io(serverAddress() || undefined, {
    auth: (give) => {
      const token = readToken();
      if (!isKeyAsked || token === null) return give({ token });
      isKeyAsked = false;
      proofForSession(token).then(
        (proof) => give({ token, proof }),
        () => give({ token }),
      );
    },
    timeout: answerTimeoutMs,
    // One connection from the first word on, so that a balancer before several servers need not remember anybody; where a proxy lets
    // none through, the window asks again and again instead.
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelayMax: returnMs,
  });
  socket.on('connect', () => {
    refusals = 0;
  });
  socket.on('connect_error', ({ message }) => {
    if (socket.active) return;
    isKeyAsked = keyCodes.includes(message);
    refusals += 1;
    // Whoever is refused at the door is not tried again by itself. Nobody listens any more when the window has been left meanwhile.
    const comeBack = () => {
      if (socket.hasListeners('changed')) socket.connect();
    };
    setTimeout(comeBack, isKeyAsked && refusals === 1 ? 0 : returnMs);
  });
  return socket;
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
  for (const { type } of events) changedTypes.add(type);
  askForRecords();
  askForLists();
}

/** Lists and what is reckoned over many records. Nobody knows which of them a change concerns. */
const wide = [keys.home, keys.stock, keys.money, keys.notices];
const isWide = ({ queryKey }: { queryKey: QueryKey }): boolean => [...wide, keys.list('')].some(([name]) => name === queryKey[0]);

const askForRecords = paced(() => {
  const events = [...waiting.values()];
  waiting.clear();
  for (const event of events) void queryClient.invalidateQueries({ queryKey: keys.record(event.type, event.id) });
}, recordPace);

const askForLists = paced(() => {
  const types = [...changedTypes];
  changedTypes.clear();
  for (const queryKey of [...types.map((type) => keys.list(type)), ...wide]) void queryClient.invalidateQueries({ queryKey });
}, listPace);

/** After a broken link nobody knows what was missed: everything is old at once, and what stands on the screen is asked for again. */
const askForEverything = paced(() => void queryClient.invalidateQueries({ predicate: (query) => !isWide(query) }), recordPace);
const askForAllLists = paced(() => void queryClient.invalidateQueries({ predicate: isWide }), returnPace);

function resynchronize(): void {
  void queryClient.invalidateQueries({ refetchType: 'none' });
  askForEverything();
  askForAllLists();
}
