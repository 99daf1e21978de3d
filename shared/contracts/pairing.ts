import { z } from 'zod';

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

const bytes32 = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);

/** POST /api/pairing/greeting: the client's nonce; the server's, and the salt of the code, come back. */
export const pairingGreeting = z.strictObject({ clientNonce: bytes32 });
export const pairingGreeted = z.strictObject({ serverNonce: bytes32, salt: bytes32 });

/** POST /api/pairing/proof: the client's proof; the server's comes back. */
export const pairingProof = z.strictObject({ serverNonce: bytes32, proof: bytes32 });
export const pairingProven = z.strictObject({ proof: bytes32 });
