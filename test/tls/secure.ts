import { request as askPlainly } from 'node:http';
import { request } from 'node:https';
import type { Socket } from 'node:net';
import { type ConnectionOptions, connect } from 'node:tls';

export interface SecureReply {
  readonly status: number;
  readonly text: string;
  readonly body: { [name: string]: unknown };
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Asks a server by TLS as a client does that trusts `ca` alone. */
export function askSecurely(
  url: string,
  of: { ca: string; method?: string; token?: string; body?: unknown; headers?: Record<string, string> },
): Promise<SecureReply> {
  return new Promise((resolve, reject) => {
    const { ca, method = 'GET', token, body, headers } = of;
    const asked = request(
      url,
      {
        method,
        ca,
        agent: false,
        headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
      },
      (answer) => void collect(answer).then(resolve, reject),
    );
    asked.on('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** The API of a server with TLS, as a client calls it that trusts `ca` alone. */
export interface SecureApi {
  call(method: string, path: string, asking?: { token?: string; body?: unknown; key?: string }): Promise<SecureReply>;
}

export const secureApiAt = (url: string, ca: string): SecureApi => ({
  call: (method, path, { key, ...asking } = {}) =>
    askSecurely(url + path, { ca, method, headers: key ? { 'idempotency-key': key } : {}, ...asking }),
});

/** Asks in plain HTTP at whatever port. */
export function askWithoutTls(
  port: number,
  of: { method?: string; path: string; headers?: Record<string, string>; body?: string },
): Promise<SecureReply> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', path, headers = {}, body } = of;
    const asked = askPlainly({ host: '127.0.0.1', port, method, path, headers, agent: false }, (answer) => {
      collect(answer).then(resolve, reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

async function collect(
  answer: AsyncIterable<Buffer> & { statusCode?: number; headers: SecureReply['headers']; socket: Socket },
): Promise<SecureReply> {
  const pieces: Buffer[] = [];
  for await (const piece of answer) pieces.push(piece);
  const text = Buffer.concat(pieces).toString('utf8');
  let body = {};
  try {
    body = JSON.parse(text) as SecureReply['body'];
  } catch {
    // Not every answer is JSON.
  }
  return { status: answer.statusCode ?? 0, text, body, headers: answer.headers };
}

/** Shakes hands and hangs up: the version agreed on, or why not. */
export function shakeHands(port: number, options: ConnectionOptions): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, ...options }, () => {
      resolve(socket.getProtocol() ?? 'none');
      socket.destroy();
    });
    socket.once('error', (fault: NodeJS.ErrnoException) => resolve(fault.code ?? fault.message));
    socket.once('close', () => resolve('closed'));
  });
}
