import type { IncomingMessage } from 'node:http';
import { type BlockList, isIP } from 'node:net';
import { plainAddress } from '../access/addressRules.ts';

/**
 * Where a request comes from: the other end of the socket. Only when that is a proxy this server was told to believe, it is whoever
 * the last such proxy says it asks for; what anybody else writes into `X-Forwarded-For` is not read.
 */
export function peerOf(request: IncomingMessage, trusted: BlockList | undefined): string {
  const peer = plainAddress(request.socket.remoteAddress ?? '');
  if (!isIn(trusted, peer)) return peer;
  // Each proxy adds the one it was asked by at the end; what stands before the first stranger may be invented.
  const chain = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((piece) => plainAddress(piece.trim()));
  return chain.reverse().find((address) => isIP(address) > 0 && !isIn(trusted, address)) ?? peer;
}

/** Whether the address (v4 or v6, as plainAddress gives it) is on the list. */
export const isIn = (list: BlockList | undefined, address: string): boolean =>
  list !== undefined && isIP(address) > 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
