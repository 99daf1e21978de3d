import { z } from 'zod';

export const challengeSchema = z.string().regex(/^[\w-]{43}$/);

/** How a device proves itself with a request. */
export const deviceProofSchema = z.strictObject({
  /** The public key: SPKI in DER, base64. */
  key: z.string().regex(/^[A-Za-z0-9+/]{100,200}={0,2}$/),
  challenge: challengeSchema,
  server: z.string().max(300),
  /** Over deviceWords, r and s one after the other, base64. */
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
  /** A hash of the machine's own number and name; empty in a browser, which has neither. */
  machine: z.string().regex(/^([0-9a-f]{64})?$/),
});
export type DeviceProof = z.infer<typeof deviceProofSchema>;
