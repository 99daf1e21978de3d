import { z } from 'zod';
import type { Instant } from '../kernel/days.ts';

/**
 * How a server exchanges the root that its clients have pinned: the old root signs the new one, the server hands both out over the
 * connections that the old root still proves, and goes over to the new one at a moment that is said beforehand. A client that came
 * by until then knows both and notices nothing.
 */

/** How long clients go on trusting the old root behind that moment: clocks differ, and several processes may share a server. */
export const oldRootTrustedMs = 2 * 86_400_000;

/** What the old root signs (ECDSA, SHA-256): the new certificate whole, and from when on it alone is shown. */
export const successionWords = (of: { readonly from: string; readonly certificateDer: string; readonly until: string }): string =>
  ['tradepost root 1', of.from, of.certificateDer, of.until].join('\n');

const base64 = z.string().regex(/^[A-Za-z0-9+/]{1,400}={0,2}$/);

/** A root that follows upon another. */
export const rootSuccessorSchema = z.strictObject({
  /** SHA-256 of the public key of the root that has signed, base64. */
  from: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
  /** The new root's certificate, PEM. */
  certificate: z.string().max(10_000),
  /** From this moment on the server shows the new root alone, UTC. */
  until: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  signature: base64,
});
export type RootSuccessor = z.infer<typeof rootSuccessorSchema>;

/** GET /api/root-certificate/successor: what follows upon the root that is shown now, while there is such a thing. */
export const rootSuccessorAnswer = z.strictObject({ successor: rootSuccessorSchema.nullable() });
export type RootSuccessorAnswer = z.infer<typeof rootSuccessorAnswer>;

/** An exchange that is under way, for the eyes of administrators. */
export interface RootExchange {
  readonly until: Instant;
  /** SHA-256 of the new root certificate, as 'AB:CD:…'. */
  readonly fingerprint: string;
}
