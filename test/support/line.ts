import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A line between clients and a server that can be bad. */
export interface Line {
  readonly url: string;
  /** Leads new connections to another port from now on. */
  leadTo(port: number): void;
  /** Takes nothing more from the server: what it sends piles up on its side. */
  hold(isHeld: boolean): void;
  /** Lets nothing through either way and closes nothing, as a cable that was pulled. */
  swallow(isSwallowing: boolean): void;
  /** Cuts every connection as soon as the server begins to answer, so that nothing of the answer arrives. */
  dropAnswers(isDropping: boolean): void;
  close(): Promise<void>;
}

/** Lays a line to a port of this machine. */
export async function layLine(port: number): Promise<Line> {
  const of = { port, isHeld: false, isSwallowing: false, isDropping: false };
  const open = new Set<{ client: Socket; server: Socket }>();
  const line: Server = createServer((client) => {
    const server = connect(of.port, '127.0.0.1');
    const pair = { client, server };
    open.add(pair);
    const end = () => {
      open.delete(pair);
      // A pulled cable tells nobody that the other end has gone.
      if (of.isSwallowing) return;
      client.destroy();
      server.destroy();
    };
    for (const side of [client, server]) side.on('close', end).on('error', end);
    client.on('data', (piece) => {
      if (!of.isSwallowing) server.write(piece);
    });
    server.on('data', (piece) => {
      if (of.isDropping) end();
      else if (!of.isSwallowing) client.write(piece);
    });
    if (of.isHeld) server.pause();
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(line.address() as AddressInfo).port}`,
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
    dropAnswers: (isDropping) => {
      of.isDropping = isDropping;
    },
    close: async () => {
      for (const { client, server } of open) {
        client.destroy();
        server.destroy();
      }
      await new Promise((resolve) => line.close(resolve));
    },
  };
}
