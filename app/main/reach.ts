import { request as askPlainly } from 'node:http';
import { request as askSecurely } from 'node:https';
import { isIP } from 'node:net';
import { connect, type DetailedPeerCertificate } from 'node:tls';
import { nowMs } from './clock.ts';
import { bareHost, type Pin, rootsAt } from './trust.ts';

const answerBytesMax = 1024 * 1024;
const chainLengthMax = 10;

/** An answer of a server, as far as this program understands it: status and JSON. */
export interface Reached {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Asks a server without any browser in between: by TLS only one whose chain ends at a pinned root, with right dates and names.
 * Throws when it cannot be reached or trusted, and SyntaxError when the answer is no JSON.
 */
export function reach(address: string, of: { pin: Pin | null; signal: AbortSignal; body?: unknown }): Promise<Reached> {
  const isSecure = address.startsWith('https:');
  if (isSecure && of.pin === null) return Promise.reject(new Error('nobody is trusted at this address'));
  return new Promise((resolve, reject) => {
    const options = {
      method: of.body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json' },
      signal: of.signal,
      agent: false,
    } as const;
    const secured = { ...options, ca: of.pin ? rootsAt(of.pin, nowMs()).map(({ root }) => root) : [], minVersion: 'TLSv1.2' } as const;
    const asked = isSecure ? askSecurely(address, secured) : askPlainly(address, options);
    asked.once('error', reject);
    asked.once('response', (answer) => {
      readAnswer(answer)
        .then((text) => resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text) }))
        .catch(reject);
    });
    asked.end(of.body === undefined ? undefined : JSON.stringify(of.body));
  });
}

async function readAnswer(answer: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of answer) {
    bytes += piece.length;
    if (bytes > answerBytesMax) throw new SyntaxError('too long for an answer of ours');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** The certificates a server shows (PEM, its own first). Nothing is believed, and nothing is sent, before they were judged. */
export function presentedChain(server: string, signal: AbortSignal): Promise<string[]> {
  const { hostname, port } = new URL(server);
  const host = bareHost(hostname);
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: Number(port || 443),
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      ...(isIP(host) > 0 ? {} : { servername: host }),
    });
    const giveUp = (): void => void socket.destroy(new Error('no answer in time'));
    signal.addEventListener('abort', giveUp, { once: true });
    socket.once('error', reject);
    socket.once('close', () => signal.removeEventListener('abort', giveUp));
    socket.once('secureConnect', () => {
      resolve(pemsOf(socket.getPeerCertificate(true)));
      socket.destroy();
    });
  });
}

function pemsOf(first: DetailedPeerCertificate): string[] {
  const pems: string[] = [];
  // A root names itself as its issuer.
  for (let one: DetailedPeerCertificate | undefined = first; one?.raw && pems.length < chainLengthMax; one = one.issuerCertificate) {
    const pem = pemOf(one.raw);
    if (pems.includes(pem)) break;
    pems.push(pem);
  }
  return pems;
}

const pemOf = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;
