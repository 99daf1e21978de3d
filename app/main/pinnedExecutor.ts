import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { request } from 'node:https';
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor.js';
import { nowMs } from './clock.ts';
import { type Pin, rootsAt } from './trust.ts';

const silenceMs = 60_000;

/** How the updater asks: the paired server alone, trusting its pinned roots alone, and following it nowhere else. */
export class PinnedExecutor extends ElectronHttpExecutor {
  readonly #server: URL;
  readonly #pin: Pin;

  constructor(server: string, pin: Pin) {
    super();
    this.#server = new URL(server);
    this.#pin = pin;
    if (this.#server.protocol !== 'https:') throw new Error('programs are fetched over TLS only');
  }

  override createRequest(options: RequestOptions, callback: (response: never) => void): never {
    const asked = request({
      method: 'GET',
      path: options.path,
      headers: options.headers,
      protocol: 'https:',
      // Where it is fetched is not for the feed to say.
      hostname: this.#server.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: this.#server.port || 443,
      ca: rootsAt(this.#pin, nowMs()).map(({ root }) => root),
      minVersion: 'TLSv1.2',
      agent: false,
    });
    asked.setTimeout(silenceMs, () => asked.destroy(new Error('the server fell silent')));
    asked.once('response', (answer: IncomingMessage) => {
      const status = answer.statusCode ?? 0;
      if (status >= 300 && status < 400) asked.destroy(new Error('the server points elsewhere'));
      else callback(answer as never);
    });
    return asked as ClientRequest as never;
  }
}
