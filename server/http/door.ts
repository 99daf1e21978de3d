import { createServer, type Server as HttpServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type Server as HttpsServer } from 'node:https';
import type { BlockList, Socket } from 'node:net';
import { isAmong, plainAddress } from '../access/addressRules.ts';
import type { Shown } from '../tls/keep.ts';
import { refuseStrangeHost } from './origin.ts';

const limits = { headersTimeout: 20_000, requestTimeout: 300_000, connectionsCheckingInterval: 5_000, keepAliveTimeout: 65_000 } as const;
const connectionsMax = 10_000;
/** A branch office behind one address has fifty people with some connections each; whoever wants more than that keeps others out. */
export const connectionsMaxEach = 500;
const firstByteMs = 20_000;
const plainAnswerMs = 10_000;
/** What every TLS connection begins with: a record of the kind "handshake". */
const handshakeByte = 0x16;

/** The server's door without TLS. A connection is kept for a minute: one that closes after seconds meets the next request of a person who reads slowly. */
export function openPlainDoor(answer: RequestListener, trusted?: BlockList): HttpServer {
  const door = createServer(limits, answer);
  door.maxConnections = connectionsMax;
  door.on('connection', dropSilent);
  shareOut(door, trusted);
  return door;
}

/** Node waits for the end of a request that has begun, but for ever for its first byte. */
function dropSilent(socket: Socket): void {
  const timer = setTimeout(() => {
    if (socket.bytesRead === 0) socket.destroy();
  }, firstByteMs);
  socket.once('close', () => clearTimeout(timer));
}

/**
 * The server's door with TLS 1.2 and newer. Whoever asks in plain HTTP at the same port is told to come by https: browsers are
 * led there, programs get a 400, and nobody gets data.
 */
export function openSecureDoor(
  answer: RequestListener,
  of: { shown: Shown; hostNames: readonly string[]; trusted?: BlockList | undefined },
): HttpsServer {
  const door = createSecureServer({ ...limits, ...secureContext(of.shown), handshakeTimeout: firstByteMs }, answer);
  door.maxConnections = connectionsMax;
  const guide = createServer((request, response) => leadToHttps(request, response, of.hostNames));
  // The door's own listener begins the handshake; it comes second now.
  const [beginHandshake] = door.listeners('connection');
  door.removeAllListeners('connection');
  door.on('connection', (socket: Socket) =>
    onFirstByte(socket, (byte) => {
      if (byte === handshakeByte) beginHandshake?.call(door, socket);
      else bePlain(guide, socket);
    }),
  );
  shareOut(door, of.trusted);
  return door;
}

/** Gives no address more than its share of connections, so that whoever opens thousands stands in nobody else's way. A trusted proxy brings everybody. */
function shareOut(door: HttpServer | HttpsServer, trusted: BlockList | undefined): void {
  const open = new Map<string, number>();
  door.prependListener('connection', (socket: Socket) => {
    const address = plainAddress(socket.remoteAddress ?? '');
    if (trusted && isAmong(trusted, address)) return;
    const count = (open.get(address) ?? 0) + 1;
    if (count > connectionsMaxEach) return void socket.destroy();
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left === 0) open.delete(address);
      else open.set(address, left);
    });
  });
}

/** Shows another certificate to everybody who connects from now on; open connections stay. */
export const showInstead = (door: HttpsServer, shown: Shown): void => door.setSecureContext(secureContext(shown));

const secureContext = ({ key, chain }: Shown) => ({ key, cert: chain.join(''), minVersion: 'TLSv1.2' }) as const;

function onFirstByte(socket: Socket, decide: (byte: number | undefined) => void): void {
  const drop = (): void => void socket.destroy();
  socket.setTimeout(firstByteMs, drop);
  socket.on('error', drop);
  socket.once('readable', () => {
    const first = socket.read() as Buffer | null;
    socket.setTimeout(0);
    socket.off('timeout', drop);
    socket.off('error', drop);
    if (first === null) return drop();
    socket.unshift(first);
    decide(first[0]);
  });
}

function bePlain(guide: HttpServer, socket: Socket): void {
  const timer = setTimeout(() => socket.destroy(), plainAnswerMs);
  socket.once('close', () => clearTimeout(timer));
  guide.emit('connection', socket);
}

function leadToHttps(request: IncomingMessage, response: ServerResponse, hostNames: readonly string[]): void {
  response.setHeader('Connection', 'close');
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  const isKnown = isKnownHost(request, hostNames);
  const address = isKnown ? `https://${request.headers.host}` : 'https://…';
  const isPage = ['GET', 'HEAD'].includes(request.method ?? '') && !/^\/(api|socket\.io)\b/i.test(request.url ?? '');
  if (isKnown && isPage && request.url?.startsWith('/')) {
    // The path is the browser's own; the host is one of ours.
    response.writeHead(308, { Location: `${address}${request.url}` });
  } else {
    response.writeHead(400);
  }
  response.end(`请使用加密地址 · use ${address}\n`);
}

function isKnownHost(request: IncomingMessage, hostNames: readonly string[]): boolean {
  try {
    refuseStrangeHost(request, hostNames);
    return true;
  } catch {
    return false;
  }
}
