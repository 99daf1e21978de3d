import { isIPv4 } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { Bonjour } from 'bonjour-service';
import type { Logger } from 'pino';
import { type DiscoveryText, discoveryType } from '../../shared/contracts/discovery.ts';

const lookEveryMs = 60_000;
const usualPort = 7180;

export interface Announced {
  /** The address it listens on; 0.0.0.0 and :: stand for all. */
  readonly host: string;
  readonly port: number;
  /** What it is called besides its machine's name; the first counts. */
  readonly names: readonly string[];
  /** SHA-256 of its root's key, base64; null while it speaks without TLS. */
  readonly root: () => string | null;
  readonly log: Logger;
}

/**
 * Tells the LAN that a server is here and where, on the networks it listens on and no other, with nothing about companies or people. Where
 * that is not possible it is written into the log, and clients are told the address by people. Gives what ends it.
 */
export function announce(of: Announced): () => Promise<void> {
  const calls = new Map<string, Bonjour>();
  const look = (): void => {
    const wanted = addressesToTell(of.host);
    for (const [address, call] of calls) {
      if (wanted.includes(address)) continue;
      calls.delete(address);
      void end(call);
    }
    for (const address of wanted) {
      const call = calls.has(address) ? null : callAt(address, of);
      if (call) calls.set(address, call);
    }
  };
  look();
  // Addresses come and go while it runs.
  const timer = setInterval(look, lookEveryMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await Promise.all([...calls.values()].map(end));
  };
}

/** The addresses of this machine on whose networks it is told: those it listens on, never the machine itself. */
export function addressesToTell(host: string): string[] {
  const all = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  const outside = all.filter(({ address, internal }) => isIPv4(address) && !internal).map(({ address }) => address);
  return ['0.0.0.0', '::'].includes(host) ? outside : outside.filter((address) => address === host);
}

function callAt(address: string, { port, names, root, log }: Announced): Bonjour | null {
  const tell = (fault: unknown): void => log.warn({ err: fault, address }, 'the server cannot be found by name on this network');
  try {
    const own = hostname().toLowerCase();
    const told = root();
    const name = names[0] ?? own;
    const txt: DiscoveryText = told === null ? { tls: '0' } : { tls: '1', root: told };
    // Heard on all networks it has joined, which is this one.
    const call = new Bonjour({ interface: address, bind: '0.0.0.0' } as never, tell);
    // Without a listener its faults would end the server.
    (Reflect.get(call, 'server') as { mdns: NodeJS.EventEmitter }).mdns.on('error', tell).on('warning', () => undefined);
    call.publish({
      name: port === usualPort ? name : `${name} (${port})`,
      type: discoveryType,
      port,
      host: own.endsWith('.local') ? own : `${own}.local`,
      txt: { ...txt },
      // Asking whether the name is taken would let a stranger who takes it silence us.
      probe: false,
      disableIPv6: true,
    });
    return call;
  } catch (fault) {
    tell(fault);
    return null;
  }
}

/** Says goodbye first, so that nobody is offered what is gone. */
const end = (call: Bonjour): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, 1000);
    call.unpublishAll(() =>
      call.destroy(() => {
        clearTimeout(timer);
        resolve();
      }),
    );
  });
