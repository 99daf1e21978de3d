import { useEffect, useSyncExternalStore } from 'react';
import { io, type Socket } from 'socket.io-client';
import type { ChangeEvent } from '../../../shared/contracts/wire.ts';
import { serverAddress } from './bridge.ts';
import { proofForSession } from './device.ts';
import { keys, queryClient } from './queries.ts';
import { readToken } from './token.ts';

/** Changes wait this long at most, so that a hundred windows do not ask in the same moment. */
const jitterMs = 3000;
/** A link that does not answer for so long counts as down; the person is told within 25 seconds. */
const answerTimeoutMs = 10_000;
const returnMs = 5000;

const waiting = new Map<string, ChangeEvent>();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let isUp = true;

/** Keeps the window in step with the server while somebody is signed in. `onSignedOut` is told when the session was ended elsewhere. */
export function useLiveChanges(onSignedOut: () => void): void {
  useEffect(() => {
    const socket = openSocket();
    let wasDown = false;
    socket.on('connect', () => {
      setLink(true);
      if (wasDown) void resynchronize();
      wasDown = false;
    });
    socket.on('disconnect', () => {
      wasDown = true;
      setLink(false);
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
    if (!keyCodes.includes(message)) return;
    isKeyAsked = true;
    refusals += 1;
    // Whoever is refused at the door is not tried again by itself. Nobody listens any more when the window has been left meanwhile.
    const comeBack = () => {
      if (socket.hasListeners('changed')) socket.connect();
    };
    setTimeout(comeBack, refusals === 1 ? 0 : returnMs);
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

/** A cable that was pulled closes no socket: we ask the server ourselves and believe the silence. */
function watchSilence(socket: Socket): ReturnType<typeof setInterval> {
  return setInterval(() => {
    if (!socket.connected) return;
    const silence = new AbortController();
    const deadline = setTimeout(() => silence.abort(), answerTimeoutMs);
    fetch(`${serverAddress()}/healthz`, { signal: silence.signal, cache: 'no-store' })
      // An answer that nobody reads keeps its connection, of which a browser has six.
      .then((answer) => answer.arrayBuffer())
      .then(() => setLink(true))
      .catch(() => setLink(false))
      .finally(() => clearTimeout(deadline));
  }, 12_000);
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
