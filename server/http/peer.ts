import type { IncomingMessage } from 'node:http';
import { type BlockList, isIP } from 'node:net';
import { isAmong, plainAddress } from '../access/addressRules.ts';

/**
 * Where a request comes from: the other end of the socket. Only when that is a proxy this server was told to believe, it is whoever
 * the last such proxy says it asks for; what anybody else writes into `X-Forwarded-For` is not read.
 */
export function peerOf(request: IncomingMessage, trusted: BlockList | undefined): string {
  const peer = plainAddress(request.socket.remoteAddress ?? '');
  if (!trusted || !isAmong(trusted, peer)) return peer;
  // Each proxy adds the one it was asked by at the end; what stands before the first stranger may be invented.
  const chain = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((piece) => plainAddress(piece.trim()));
  return chain.reverse().find((address) => isIP(address) > 0 && !isAmong(trusted, address)) ?? peer;
}

/** Whether the other end of the socket is a proxy this server was told to believe. */
export const isTrusted = (request: IncomingMessage, trusted: BlockList | undefined): boolean =>
  trusted !== undefined && isAmong(trusted, plainAddress(request.socket.remoteAddress ?? ''));
