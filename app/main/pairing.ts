import { createHmac, randomBytes, scrypt, timingSafeEqual, X509Certificate } from 'node:crypto';
import { fingerprintMin, pairingGreeted, pairingProven, pairingStretch, pairingWords, plainCode } from '../../shared/contracts/pairing.ts';
import { nowMs } from './clock.ts';
import { presentedChain, type Reached, reach } from './reach.ts';
import { type Distrust, distrust, type Pin, pinOf } from './trust.ts';

/**
 * How pairing ended: with the root to remember; with a wrong code; without a code waiting at the server; with somebody who does
 * not know the code; or with a certificate that is no good.
 */
export type PairingAnswer =
  | { readonly ok: true; readonly pin: Pin }
  | { readonly ok: false; readonly problem: Distrust | 'wrongCode' | 'wrongFingerprint' | 'noCode' | 'notProven' | 'notTradepost' };

/**
 * Learns which root to trust for a server (an https origin) with the code that a person has read from it: looks at the chain it
 * shows without believing it, then both prove with the code that they mean the same root. Throws when the server does not answer.
 */
export async function pairWithCode(server: string, typedCode: string, signal: AbortSignal): Promise<PairingAnswer> {
  const chain = await presentedChain(server, signal);
  const pin = pinOf(chain.at(-1) ?? '');
  if (pin === null) return { ok: false, problem: 'notTradepost' };
  // The root may be the right one and the server's own certificate a stranger's: from here on every connection is held to it.
  const problem = distrust({ chain, host: new URL(server).hostname, pin, nowMs: nowMs() });
  if (problem !== null) return { ok: false, problem };
  const clientNonce = randomBytes(32).toString('base64');
  const ask = (path: string, body: unknown): Promise<Reached> => reach(`${server}/api/pairing/${path}`, { pin, signal, body });
  const greeting = await ask('greeting', { clientNonce });
  const greeted = pairingGreeted.safeParse(greeting.body);
  if (!greeted.success) return { ok: false, problem: problemOf(greeting) };
  const { serverNonce, salt } = greeted.data;
  const key = await stretched(plainCode(typedCode), salt);
  const seen = { clientNonce, serverNonce, root: pin.spki };
  const answer = await ask('proof', { serverNonce, proof: signed(key, pairingWords('client', seen)) });
  const proven = pairingProven.safeParse(answer.body);
  if (!proven.success) return { ok: false, problem: problemOf(answer) };
  const isProven = timingSafeEqual(Buffer.from(proven.data.proof), Buffer.from(signed(key, pairingWords('server', seen))));
  return isProven ? { ok: true, pin } : { ok: false, problem: 'notProven' };
}

/**
 * Trusts the root that a server (an https origin) shows when it is the one whose fingerprint a person has read from the server's own
 * screen and typed here, or its first 16 signs. The program compares, not the eye. Throws when the server does not answer.
 */
export async function pairWithFingerprint(server: string, typed: string, signal: AbortSignal): Promise<PairingAnswer> {
  const chain = await presentedChain(server, signal);
  const pin = pinOf(chain.at(-1) ?? '');
  if (pin === null) return { ok: false, problem: 'notTradepost' };
  const problem = distrust({ chain, host: new URL(server).hostname, pin, nowMs: nowMs() });
  if (problem !== null) return { ok: false, problem };
  const read = plainCode(typed);
  const isIt = read.length >= fingerprintMin && plainCode(new X509Certificate(pin.root).fingerprint256).startsWith(read);
  return isIt ? { ok: true, pin } : { ok: false, problem: 'wrongFingerprint' };
}

/** What the server says no with. */
function problemOf({ body }: Reached): 'wrongCode' | 'noCode' | 'notTradepost' {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : null;
  if (code === 'pairing.wrongCode') return 'wrongCode';
  return code === 'pairing.none' ? 'noCode' : 'notTradepost';
}

const stretched = (code: string, salt: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const { cost, blockSize, parallelization, bytes, memoryMax } = pairingStretch;
    const options = { cost, blockSize, parallelization, maxmem: memoryMax };
    scrypt(code, Buffer.from(salt, 'base64'), bytes, options, (fault, key) => (fault ? reject(fault) : resolve(key)));
  });

const signed = (key: Buffer, words: string): string => createHmac('sha256', key).update(words).digest('base64');
