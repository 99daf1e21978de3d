import type { IncomingMessage } from 'node:http';
import { type BlockList, isIP } from 'node:net';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { isTrusted } from './peer.ts';

/**
 * Refuses 'access.badHost' when the Host header is neither an address nor a name of this server: a page elsewhere could have
 * pointed its own name at us (DNS rebinding).
 */
export function refuseStrangeHost(request: IncomingMessage, hostNames: readonly string[]): void {
  const host = nameIn(request.headers.host);
  if (host === null || (!isIP(host) && !hostNames.includes(host))) throw new Refusal('access.badHost');
}

/**
 * Refuses 'access.badOrigin' when a browser page of another origin calls; programs send no Origin. A proxy that is believed may say
 * with `X-Forwarded-Proto` that it was called by https where it calls us without.
 */
export function refuseStrangeOrigin(request: IncomingMessage, trusted?: BlockList): void {
  if (!isOwnOrigin(request, trusted)) throw new Refusal('access.badOrigin');
}

/** Where the pages of the desktop client come from. */
export const desktopOrigin = 'app://tradepost';

/** True for our own pages, for the desktop client's own scheme and for programs without an Origin. */
function isOwnOrigin(request: IncomingMessage, trusted: BlockList | undefined): boolean {
  const origin = request.headers.origin;
  if (origin === undefined || origin === desktopOrigin) return true;
  try {
    const { protocol, host } = new URL(origin);
    return host === request.headers.host && protocol === protocolOf(request, trusted);
  } catch {
    return false;
  }
}

function protocolOf(request: IncomingMessage, trusted: BlockList | undefined): 'https:' | 'http:' {
  const told = isTrusted(request, trusted) ? request.headers['x-forwarded-proto'] : undefined;
  return 'encrypted' in request.socket || told === 'https' ? 'https:' : 'http:';
}

function nameIn(host: string | undefined): string | null {
  if (!host || host.length > 260) return null;
  const bare = host
    .replace(/:\d{1,5}$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
  return /^[a-z0-9.:_-]+$/.test(bare) ? bare : null;
}
