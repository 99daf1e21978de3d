import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { isThisMachine } from '../access/throttle.ts';
import { clock } from '../clock.ts';
import { figuresOf, type Watched } from './figures.ts';

const secondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** Whoever asks more often is told what was found last. */
const keptMs = 2_000;

/**
 * Figures for programs that watch the server, in Prometheus' text format. They say how much and how long, of which door and of which
 * company by its code; never who, of what or for how much. With a token whoever has it is told, from everywhere; without one this
 * machine is, unless somebody asks through a proxy.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #token: string | null;
  readonly #requests: Counter<'method' | 'route' | 'status'>;
  readonly #durations: Histogram<'method' | 'route'>;
  readonly #gauges = new Map<string, Gauge>();
  #watched: Watched | null = null;
  #told: { readonly atMs: number; readonly text: Promise<string> } | null = null;

  constructor(of: { token: string | null; version: string }) {
    this.#token = of.token;
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#requests = new Counter({
      name: 'tradepost_http_requests_total',
      help: 'Requests answered, by the pattern of their door.',
      labelNames: ['method', 'route', 'status'],
      registers,
    });
    this.#durations = new Histogram({
      name: 'tradepost_http_request_duration_seconds',
      help: 'How long requests took to answer.',
      labelNames: ['method', 'route'],
      buckets: secondsBuckets,
      registers,
    });
    const version = new Gauge({ name: 'tradepost_version_info', help: 'The release that runs.', labelNames: ['version'], registers });
    version.set({ version: of.version }, 1);
  }

  /** What there is to look at, once it is there. */
  watch(watched: Watched): void {
    this.#watched = watched;
  }

  /** Times a request until its answer is out or its client gone. */
  time(request: IncomingMessage, response: ServerResponse, next: () => void): void {
    const beganMs = performance.now();
    response.once('close', () => {
      const method = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(request.method ?? '') ? String(request.method) : 'other';
      const route = patternOf(request);
      const status = response.writableFinished ? String(response.statusCode) : 'gone';
      this.#requests.inc({ method, route, status });
      this.#durations.observe({ method, route }, (performance.now() - beganMs) / 1000);
    });
    next();
  }

  /** Answers `/metrics`; whoever may not know is told that there is no such door. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!this.#mayKnow(request)) {
      response.writeHead(404).end();
      return;
    }
    const text = await this.#tell();
    response.writeHead(200, { 'Content-Type': this.#registry.contentType, 'Cache-Control': 'no-store' });
    response.end(text);
  }

  #mayKnow({ headers, socket }: IncomingMessage): boolean {
    if (this.#token !== null) return isSame(headers.authorization ?? '', `Bearer ${this.#token}`);
    // Behind a proxy of this machine everybody seems to be here.
    const isDirect = headers['x-forwarded-for'] === undefined && headers.forwarded === undefined;
    return isDirect && isThisMachine(socket.remoteAddress ?? '');
  }

  #tell(): Promise<string> {
    const nowMs = clock.now();
    if (!this.#told || Math.abs(nowMs - this.#told.atMs) > keptMs) this.#told = { atMs: nowMs, text: this.#look() };
    return this.#told.text;
  }

  async #look(): Promise<string> {
    const figures = this.#watched ? await figuresOf(this.#watched) : [];
    // What is not there any more is not told any more.
    for (const gauge of this.#gauges.values()) gauge.reset();
    for (const { name, help, labels, value } of figures) {
      const gauge = this.#gauges.get(name) ?? new Gauge({ name, help, labelNames: Object.keys(labels), registers: [this.#registry] });
      this.#gauges.set(name, gauge);
      gauge.set(labels, value);
    }
    return this.#registry.metrics();
  }
}

/** The pattern of the door that was found: never the path as called, which may hold anything. */
function patternOf(request: IncomingMessage): string {
  const route = (request as { route?: { path?: unknown } }).route;
  if (!route) return 'none';
  return typeof route.path === 'string' ? route.path : 'screens';
}

function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}
