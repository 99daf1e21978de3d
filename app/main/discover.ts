import { isIPv4 } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Bonjour, type Service } from 'bonjour-service';
import { discoveryType } from '../../shared/contracts/discovery.ts';
import type { FoundServer } from '../preload/bridge.ts';

const serversMax = 20;
const nameLengthMax = 60;

/**
 * The servers that call themselves out in the LAN, by name. Anybody can call out any name: what is found is an address to try,
 * and the pinned root or the pairing code decides whether it is the one. Where nothing can be heard, none are found.
 */
export async function discoverServers(listenMs = 1500): Promise<FoundServer[]> {
  const found = new Map<string, FoundServer>();
  try {
    const ear = new Bonjour({}, () => undefined);
    (Reflect.get(ear, 'server') as { mdns: NodeJS.EventEmitter }).mdns.on('error', () => undefined);
    ear.find({ type: discoveryType }, (service) => {
      const server = serverIn(service);
      if (server && found.size < serversMax) found.set(server.server, server);
    });
    await sleep(listenMs);
    ear.destroy();
  } catch {
    // No network that could be asked.
  }
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name));
}

/** Where a service says it is: at the address it called from, whatever others it names. Null when that is no address of a LAN. */
export function serverIn({ name, port, txt, referer }: Pick<Service, 'name' | 'port' | 'txt' | 'referer'>): FoundServer | null {
  const plain = String(name)
    .replaceAll(/[^\p{L}\p{N} ._():-]/gu, '')
    .trim()
    .slice(0, nameLengthMax);
  if (plain === '' || !referer || !isIPv4(referer.address) || !Number.isInteger(port) || port < 1 || port > 65_535) return null;
  const scheme = (txt as { tls?: unknown } | undefined)?.tls === '1' ? 'https' : 'http';
  return { name: plain, server: `${scheme}://${referer.address}:${port}` };
}
