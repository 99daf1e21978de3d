import { networkInterfaces } from 'node:os';

export interface Address {
  readonly url: string;
  readonly kind: 'local' | 'lan' | 'vpn';
}

/** Where the server can be opened: this machine first, then its addresses in the LAN and in tunnels. */
export function addressesOf(scheme: 'http' | 'https', host: string, port: number): Address[] {
  const local: Address = { url: `${scheme}://localhost:${port}`, kind: 'local' };
  if (host !== '0.0.0.0' && host !== '::')
    return host.startsWith('127.') ? [local] : [local, { url: `${scheme}://${host}:${port}`, kind: 'lan' }];
  const others = Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
    (addresses ?? [])
      .filter((address) => address.family === 'IPv4' && !address.internal)
      .map(
        (address): Address => ({
          url: `${scheme}://${address.address}:${port}`,
          kind: /^(tun|tap|wg|ppp|utun)/.test(name) ? 'vpn' : 'lan',
        }),
      ),
  );
  return [local, ...others];
}
