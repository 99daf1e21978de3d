import type { Readable } from 'node:stream';
import type { ZodType } from 'zod';
import type { Operation } from '../../shared/kernel/definition.ts';
import type { SpecialRight } from '../../shared/kernel/specialRights.ts';
import type { Server } from '../server.ts';
import type { Actor, Company } from '../work.ts';

/** One door of the API. The list of routes is the API: middleware, OpenAPI and the rights test read it. */
export interface Route<B = unknown, Q = unknown> {
  readonly method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  /** Express path: `/api/records/:type/:id`. */
  readonly path: string;
  /** Who may knock: anybody, anybody signed in, holders of a special right, or holders of an operation on `:type`. */
  readonly access: 'open' | 'signedIn' | { readonly right: SpecialRight } | { readonly operation: Operation };
  readonly summary: string;
  readonly body?: ZodType<B>;
  readonly query?: ZodType<Q>;
  /** Raw bytes instead of JSON, at most this many. */
  readonly rawLimitBytes?: number;
  /** The body is not read before the route asks for it, and may be of any length: `stream` of the request. */
  readonly streams?: boolean;
  /** An Idempotency-Key header is honoured; the first answer is kept and given again. */
  readonly creates?: boolean;
  /** What it shows or does is the person’s own affair (sessions, tokens, keys): closed to whoever looks in their name. */
  readonly isOwn?: boolean;
  readonly handle: (ask: Ask<B, Q>) => Promise<Answer>;
}

/** A request that has passed the door. */
export interface Ask<B = unknown, Q = unknown> {
  readonly server: Server;
  readonly company: Company;
  readonly actor: Actor;
  /** Method and path as called, for the idempotency key. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly body: B;
  readonly query: Q;
  readonly raw?: Buffer;
  readonly stream?: Readable;
  readonly header: (name: string) => string | undefined;
  readonly address: string;
  /** Of somebody who looks in another's name: their own session. */
  readonly sessionId?: number;
  readonly idempotencyKey?: string;
  /** Aborted when the caller hangs up. */
  readonly signal: AbortSignal;
}

export type Answer =
  | { readonly json: unknown; readonly status?: number }
  | { readonly bytes: Uint8Array | Buffer; readonly mediaType: string; readonly fileName?: string; readonly inline?: boolean }
  | { readonly file: string; readonly mediaType: string; readonly fileName?: string; readonly inline?: boolean };

/** Keeps the types of body and query together where a route is written. */
export const route = <B = undefined, Q = undefined>(definition: Route<B, Q>): Route => definition as unknown as Route;
