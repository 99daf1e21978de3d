import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface Flags {
  readonly data: string;
  readonly port: number;
  readonly host: string;
  /** Further names by which browsers may call this server. */
  readonly names: readonly string[];
  /** Folders that count as disks to which backups may be copied. */
  readonly copies: readonly string[];
  /** Addresses of proxies that are believed when they say for whom they ask. */
  readonly trustedProxies: readonly string[];
  /** Whether it speaks TLS, with certificates of its own or of the company. */
  readonly tls: boolean;
  /** Whether figures are given to programs that watch it. */
  readonly metrics: boolean;
  /** Whether the LAN is told that it is here. */
  readonly announces: boolean;
  /** Whether it ends in good order when its standard input does: how a service of Windows is asked to stop. */
  readonly untilInputEnds: boolean;
  readonly demo: { readonly orders: number; readonly seed: number } | null;
}

/** Reads what the server was started with; a wrong flag stops it with a sentence. */
export function readFlags(args: readonly string[]): Flags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string', default: 'data' },
      port: { type: 'string', default: '7180' },
      host: { type: 'string', default: '0.0.0.0' },
      name: { type: 'string', multiple: true, default: [] },
      copies: { type: 'string', multiple: true, default: [] },
      'trust-proxy': { type: 'string', multiple: true, default: [] },
      tls: { type: 'string', default: 'off' },
      metrics: { type: 'boolean', default: false },
      'no-announce': { type: 'boolean', default: false },
      'until-input-ends': { type: 'boolean', default: false },
      demo: { type: 'boolean', default: false },
      orders: { type: 'string', default: '300' },
      seed: { type: 'string', default: '1' },
    },
  });
  return {
    data: resolve(values.data),
    port: whole(values.port, 'port', 65_535),
    host: values.host,
    names: values.name.map((name) => name.toLowerCase()),
    copies: values.copies.map((path) => resolve(path)),
    trustedProxies: values['trust-proxy'],
    tls: isOn(values.tls),
    metrics: values.metrics,
    announces: !values['no-announce'],
    untilInputEnds: values['until-input-ends'],
    demo: values.demo ? { orders: whole(values.orders, 'orders', 1_000_000), seed: whole(values.seed, 'seed', 2 ** 31) } : null,
  };
}

function isOn(text: string): boolean {
  if (text !== 'on' && text !== 'off') throw new Error(`--tls must be on or off, not "${text}"`);
  return text === 'on';
}

function whole(text: string, name: string, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > max) throw new Error(`--${name} must be a whole number up to ${max}, not "${text}"`);
  return value;
}
