import { z } from 'zod';
import type { Instant } from '../kernel/days.ts';
import type { RootExchange } from './rootSuccession.ts';

/**
 * How a client and a server that have never met find out that nobody stands between them. A person reads a code from the server
 * and types it at the client. Both stretch it into a key, and each proves with it which root certificate it sees: first the client,
 * then the server. Somebody in the middle shows a root of his own, cannot tell the code from the proof in the minutes it is valid,
 * and has no proof to give.
 */

/** What a typed code is stretched with (scrypt). */
export const pairingStretch = { cost: 32_768, blockSize: 8, parallelization: 1, bytes: 32, memoryMax: 64 * 1024 * 1024 } as const;

/** The code as both sides reckon with it: however a person typed it. */
export const plainCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '');

/** What is signed with the key by either side; `root` is the SHA-256 of the root's public key, base64. */
export const pairingWords = (
  side: 'client' | 'server',
  seen: { readonly clientNonce: string; readonly serverNonce: string; readonly root: string },
): string => ['tradepost pairing 1', side, seen.clientNonce, seen.serverNonce, seen.root].join('\n');

/** The code as people read it to each other. */
export const shownCode = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`;

/** Address and code in one line, as a picture shows it and a scanner types it at the client. It is no web address: nobody opens it by accident. */
export const pairingLine = (address: string, code: string): string => `TRADEPOST ${address} ${shownCode(code)}`;

/** How many signs of a root's fingerprint a person has to type who has no code: nobody makes another root that begins alike. */
export const fingerprintMin = 16;

/** How it stands with the code: waiting to be used, or what became of the last one. */
export type PairingState =
  | { readonly state: 'none' }
  | { readonly state: 'waiting'; readonly code: string; readonly leftMs: number; readonly guessesLeft: number }
  | { readonly state: 'used' | 'stopped' | 'expired' | 'void'; readonly at: Instant };

/** What administrators see of pairing; without TLS there is nothing to pair with. */
export type PairingPageAnswer =
  | { readonly isSecure: false }
  | {
      readonly isSecure: true;
      readonly pairing: PairingState;
      /** Under which addresses clients reach this server, the caller's own way first. */
      readonly addresses: readonly string[];
      /** SHA-256 of the root certificate, as 'AB:CD:…'. */
      readonly fingerprint: string;
      /** Another root that takes its place on a day to come. */
      readonly exchange: RootExchange | null;
    };

const bytes32 = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);

/** POST /api/pairing/greeting: the client's nonce; the server's, and the salt of the code, come back. */
export const pairingGreeting = z.strictObject({ clientNonce: bytes32 });
export const pairingGreeted = z.strictObject({ serverNonce: bytes32, salt: bytes32 });

/** POST /api/pairing/proof: the client's proof; the server's comes back. */
export const pairingProof = z.strictObject({ serverNonce: bytes32, proof: bytes32 });
export const pairingProven = z.strictObject({ proof: bytes32 });
