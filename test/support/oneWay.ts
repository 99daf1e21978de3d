import { setTimeout as sleep } from 'node:timers/promises';

/** How fast a line is. Bytes per second are shared by all who use it; `delayMs` is how long the way takes, in one direction. */
export interface Speed {
  readonly bytesPerSecond: number;
  readonly delayMs: number;
}

/** Where pieces come from: asked to wait while too much of it is under way. */
interface Source {
  pause(): unknown;
  resume(): unknown;
}

/** What waits of one connection; a piece of no length is its end. */
interface Waiting {
  readonly pieces: Buffer[];
  readonly arrive: (piece: Buffer) => void;
  bytes: number;
}

/** One direction of a line: counts what it carries, and hands it on when it would have arrived. */
export interface OneWay {
  carry(from: Source, piece: Buffer, arrive: (piece: Buffer) => void): void;
  /** Bytes handed on so far. */
  carried(): number;
}

const packetBytes = 1460;
/** What is under way of one connection at most, as a router would keep it. */
const underWayMaxBytes = 8 * packetBytes;

/** A way of this speed, packet by packet, each connection in its turn; without a speed one that takes no time. */
export function layOneWay(speed: Speed | undefined): OneWay {
  let carried = 0;
  const count = (arrive: (piece: Buffer) => void) => (piece: Buffer) => {
    carried += piece.length;
    arrive(piece);
  };
  if (!speed) return { carry: (_from, piece, arrive) => count(arrive)(piece), carried: () => carried };
  const waiting = new Map<Source, Waiting>();
  let isRunning = false;
  let freeAtMs = 0;

  const send = async (): Promise<void> => {
    for (let next = turn(waiting); next; next = turn(waiting)) {
      const { from, packet, arrive, left } = next;
      const now = performance.now();
      freeAtMs = Math.max(now, freeAtMs) + (1000 * packet.length) / speed.bytesPerSecond;
      if (freeAtMs - now > 1) await sleep(freeAtMs - now);
      setTimeout(arrive, speed.delayMs, packet);
      if (left <= underWayMaxBytes) from.resume();
    }
    isRunning = false;
  };

  return {
    carried: () => carried,
    carry: (from, piece, arrive) => {
      const known = waiting.get(from) ?? { pieces: [], arrive: count(arrive), bytes: 0 };
      for (let start = 0; start === 0 || start < piece.length; start += packetBytes)
        known.pieces.push(piece.subarray(start, start + packetBytes));
      known.bytes += piece.length;
      waiting.set(from, known);
      if (known.bytes > underWayMaxBytes) from.pause();
      if (isRunning) return;
      isRunning = true;
      void send();
    },
  };
}

/** The next packet of the connection whose turn it is, which then stands at the end of the row. */
function turn(waiting: Map<Source, Waiting>): { from: Source; packet: Buffer; arrive: Waiting['arrive']; left: number } | null {
  for (const [from, one] of waiting) {
    waiting.delete(from);
    const packet = one.pieces.shift();
    if (!packet) continue;
    one.bytes -= packet.length;
    waiting.set(from, one);
    return { from, packet, arrive: one.arrive, left: one.bytes };
  }
  return null;
}
