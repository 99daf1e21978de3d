import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { clock } from '../clock.ts';
import type { Company } from '../work.ts';

const askMaxMs = 2_000;
const keptMs = 1_000;

/** What is told at `/healthz`: how far the server is, and how many of its companies' databases answer. */
export interface HealthAnswer {
  readonly ok: boolean;
  readonly state: 'starting' | 'ready' | 'noDatabase' | 'stopping';
  readonly companies: { readonly answering: number; readonly all: number };
}

/**
 * Whether the server can work: not before every database is open and brought up to date, not while none of them answers, and not
 * once it was told to stop. Who is asked by many asks the databases once a second.
 */
export class Health {
  #phase: 'starting' | 'ready' | 'stopping' = 'starting';
  #companies: () => readonly Company[] = () => [];
  #asked: { readonly atMs: number; readonly answer: Promise<HealthAnswer['companies']> } | null = null;

  ready(companies: () => readonly Company[]): void {
    this.#companies = companies;
    this.#phase = 'ready';
  }

  stopping(): void {
    this.#phase = 'stopping';
  }

  async look(): Promise<HealthAnswer> {
    const phase = this.#phase;
    if (phase !== 'ready') return { ok: false, state: phase, companies: { answering: 0, all: this.#companies().length } };
    const companies = await this.#count();
    const isReady = companies.all === 0 || companies.answering > 0;
    return { ok: isReady, state: isReady ? 'ready' : 'noDatabase', companies };
  }

  #count(): Promise<HealthAnswer['companies']> {
    const nowMs = clock.now();
    if (!this.#asked || Math.abs(nowMs - this.#asked.atMs) > keptMs)
      this.#asked = { atMs: nowMs, answer: countAnswering(this.#companies()) };
    return this.#asked.answer;
  }
}

async function countAnswering(companies: readonly Company[]): Promise<HealthAnswer['companies']> {
  const answers = await Promise.all(
    companies.map(({ store }) =>
      Promise.race([
        store
          .read(async (tx) => tx.raw('select 1'))
          .then(
            () => true,
            () => false,
          ),
        sleep(askMaxMs, false, { ref: false }),
      ]),
    ),
  );
  return { answering: answers.filter(Boolean).length, all: companies.length };
}

/** Answers `/healthz`, at the open door and before it is. */
export async function answerHealth(health: Health, response: ServerResponse): Promise<void> {
  const answer = await health.look();
  const text = JSON.stringify(answer);
  response.writeHead(answer.ok ? 200 : 503, {
    'Content-Type': 'application/json; charset=utf-8',
    // Monitoring that reads no further than this knows that all of it has come.
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    ...(answer.ok ? {} : { 'Retry-After': '2' }),
  });
  response.end(text);
}

/** The door while companies are still being opened: how far it is can be asked, everything else finds it closed. */
export function whileStarting(health: Health): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    if (request.url === '/healthz') void answerHealth(health, response);
    else request.socket.destroy();
  };
}
