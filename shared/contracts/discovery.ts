/** How servers are found in the LAN by name (DNS-SD, RFC 6763): `_tradepost._tcp`. Who one is, only its certificate proves. */
export const discoveryType = 'tradepost';

/** What the announcement says besides name and port: whether it speaks TLS, and the SHA-256 of its root's key. */
export interface DiscoveryText {
  readonly tls: '0' | '1';
  readonly root?: string;
}
