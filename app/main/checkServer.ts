import { nowMs } from './clock.ts';
import { type PairingAnswer, pairWithCode, pairWithFingerprint } from './pairing.ts';
import type { PinStore } from './pinStore.ts';
import { presentedChain } from './reach.ts';
import { distrust } from './trust.ts';

/** Whether a server with TLS is one this computer trusts, and if not, why. */
export type TrustAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly problem: 'needsCode' | (PairingAnswer & { ok: false })['problem'] };

/**
 * Looks at what a server (an https origin) shows. One that is known must show its own root, whatever else is typed; one that is
 * not may show a root that is trusted already, as it does under another address. With a code, or the fingerprint
 * of its root, the server is paired with, and takes the place of what was known. Throws when it does not answer.
 */
export async function checkServer(
  server: string,
  pins: PinStore,
  of: { code?: string | undefined; fingerprint?: string | undefined; signal: AbortSignal },
): Promise<TrustAnswer> {
  if (of.code !== undefined) {
    const paired = await pairWithCode(server, of.code, of.signal);
    if (paired.ok) pins.keep(server, paired.pin);
    return paired.ok ? { ok: true } : paired;
  }
  if (of.fingerprint !== undefined) {
    const compared = await pairWithFingerprint(server, of.fingerprint, of.signal);
    if (compared.ok) pins.keep(server, compared.pin);
    return compared.ok ? { ok: true } : compared;
  }
  const chain = await presentedChain(server, of.signal);
  const seen = { chain, host: new URL(server).hostname, nowMs: nowMs() };
  const pin = pins.find(server);
  if (pin !== null) {
    const problem = distrust({ ...seen, pin });
    return problem === null ? { ok: true } : { ok: false, problem };
  }
  const known = pins.all().find((one) => distrust({ ...seen, pin: one }) === null);
  if (!known) return { ok: false, problem: 'needsCode' };
  pins.keep(server, known);
  return { ok: true };
}
