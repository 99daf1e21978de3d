import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';

/** The names by which a server is called: its machine's, the same in the LAN (mDNS), itself, and those it was given. */
export function hostNamesOf(given: readonly string[]): string[] {
  const own = hostname().toLowerCase();
  return [...new Set([own, `${own}.local`, 'localhost', ...given.map((name) => name.toLowerCase())])];
}

/** Everything a certificate of this server must speak for now: its names, and every address of its machine. */
export function namesToCertify(given: readonly string[]): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((found) => (found ?? []).map(({ address }) => address));
  // Addresses that hold on one cable only are never typed.
  const reachable = addresses.filter((address) => !address.startsWith('fe80:'));
  return [...new Set([...hostNamesOf(given), '127.0.0.1', '::1', ...reachable])].filter(isCertifiable);
}

const isCertifiable = (name: string): boolean => isIP(name) > 0 || /^[a-z0-9_.-]{1,253}$/.test(name);
