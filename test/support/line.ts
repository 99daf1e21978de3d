import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { layOneWay, type OneWay, type Speed } from './oneWay.ts';

/** A line between clients and a server that can be bad. */
export interface Line {
  readonly url: string;
  /** Leads new connections to another port from now on. */
  leadTo(port: number): void;
  /** Takes nothing more from the server: what it sends piles up on its side. */
  hold(isHeld: boolean): void;
  /** Lets nothing through either way and closes nothing, as a cable that was pulled. */
  swallow(isSwallowing: boolean): void;
  /** Forgets every connection there is, as a gateway that was restarted: nothing of them gets through any more, and nobody is told. */
  forget(): void;
  /** Cuts every connection as soon as the server begins to answer, so that nothing of the answer arrives. */
  dropAnswers(isDropping: boolean): void;
  /** Forgets every connection as soon as the server begins to answer on it: what was asked arrives, the answer does not. */
  loseAnswers(isLosing: boolean): void;
  /** Bytes that have come to the clients and gone to the server, with all that surrounds them. */
  carried(): { readonly down: number; readonly up: number };
  close(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  isForgotten: boolean;
}

interface State {
  port: number;
  isHeld: boolean;
  isSwallowing: boolean;
  isDropping: boolean;
  isLosing: boolean;
}

/** Lays a line to a port of this machine, as fast as the machine unless a speed is given. */
export async function layLine(port: number, speed?: Speed): Promise<Line> {
  const of: State = { port, isHeld: false, isSwallowing: false, isDropping: false, isLosing: false };
  const ways = { down: layOneWay(speed), up: layOneWay(speed) };
  const open = new Set<Pair>();
  const line = createServer((client) => {
    const pair = { client, server: connect(of.port, '127.0.0.1'), isForgotten: false };
    open.add(pair);
    client.pause();
    // To greet each other takes them the way there and back before anything is said.
    setTimeout(() => client.resume(), 2 * (speed?.delayMs ?? 0));
    join(pair, { of, ways, leave: () => open.delete(pair) });
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  return { ...handles(of, open), carried: () => ({ down: ways.down.carried(), up: ways.up.carried() }), ...ends(line, open) };
}

/** Hands on what one end of a connection says to the other, as far as the line lets it. */
function join(pair: Pair, { of, ways, leave }: { of: State; ways: { down: OneWay; up: OneWay }; leave: () => void }): void {
  const { client, server } = pair;
  const isDead = () => of.isSwallowing || pair.isForgotten;
  const end = () => {
    // A pulled cable tells nobody that the other end has gone.
    if (isDead()) return;
    leave();
    client.destroy();
    server.destroy();
  };
  const arriveAt = (side: Socket) => (piece: Buffer) => {
    if (isDead()) return;
    if (piece.length === 0) end();
    else if (!side.destroyed) side.write(piece);
  };
  client.on('data', (piece) => isDead() || ways.up.carry(client, piece, arriveAt(server)));
  server.on('data', (piece) => {
    if (of.isDropping) end();
    pair.isForgotten ||= of.isLosing;
    if (!of.isDropping && !isDead()) ways.down.carry(server, piece, arriveAt(client));
  });
  client.on('close', () => ways.up.carry(client, Buffer.alloc(0), arriveAt(server)));
  server.on('close', () => ways.down.carry(server, Buffer.alloc(0), arriveAt(client)));
  for (const side of [client, server]) side.on('error', () => undefined);
  if (of.isHeld) server.pause();
}

const handles = (
  of: State,
  open: ReadonlySet<Pair>,
): Pick<Line, 'leadTo' | 'hold' | 'swallow' | 'forget' | 'dropAnswers' | 'loseAnswers'> => ({
  leadTo: (next) => {
    of.port = next;
  },
  hold: (isHeld) => {
    of.isHeld = isHeld;
    for (const { server } of open) {
      if (isHeld) server.pause();
      else server.resume();
    }
  },
  swallow: (isSwallowing) => {
    of.isSwallowing = isSwallowing;
  },
  forget: () => {
    for (const pair of open) pair.isForgotten = true;
  },
  dropAnswers: (isDropping) => {
    of.isDropping = isDropping;
  },
  loseAnswers: (isLosing) => {
    of.isLosing = isLosing;
  },
});

const ends = (line: Server, open: ReadonlySet<Pair>): Pick<Line, 'url' | 'close'> => ({
  url: `http://127.0.0.1:${(line.address() as AddressInfo).port}`,
  close: async () => {
    for (const { client, server } of open) {
      client.destroy();
      server.destroy();
    }
    await new Promise((resolve) => line.close(resolve));
  },
});
