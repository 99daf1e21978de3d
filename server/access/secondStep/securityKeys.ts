import { isIP } from 'node:net';
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server';
import type { Knex } from 'knex';
import { Refusal } from '../../../shared/kernel/refusal.ts';

/** The name under which the page was opened: security keys are bound to it (WebAuthn, "relying party"). */
export interface Door {
  readonly host: string;
  readonly origin: string;
}

/**
 * The door a page came through, from what its browser says of it. Refuses 'secondStep.noName' where security keys cannot work by
 * their standard: opened by a bare address, without encryption (except on this machine), or no page of a browser.
 */
export function doorFrom(origin: string | undefined): Door {
  const { protocol, hostname } = URL.canParse(origin ?? '') ? new URL(origin ?? '') : { protocol: '', hostname: '' };
  const isSafe = protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost');
  if (origin === undefined || !isSafe || isIP(hostname.replace(/^\[(.*)\]$/, '$1')) !== 0) throw new Refusal('secondStep.noName');
  return { host: hostname, origin };
}

interface StoredKey {
  readonly id: number;
  readonly credential: string;
  readonly public_key: string;
  readonly counter: number;
  readonly transports: string;
  readonly host: string;
}

const keysOf = (tx: Knex, user: number): Knex.QueryBuilder<StoredKey, StoredKey[]> =>
  tx('security_keys').where({ user }).orderBy('id') as Knex.QueryBuilder<StoredKey, StoredKey[]>;

/** What a browser is asked to have signed by one of the person's keys. Refuses 'secondStep.otherName' {names} where none is for this name. */
export async function questionFor(tx: Knex, user: number, { host }: Door): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const keys = (await keysOf(tx, user)) as StoredKey[];
  const here = keys.filter((key) => key.host === host);
  if (here.length === 0) throw new Refusal('secondStep.otherName', { names: [...new Set(keys.map((key) => key.host))].join(', ') });
  return generateAuthenticationOptions({
    rpID: host,
    allowCredentials: here.map(({ credential, transports }) => ({ id: credential, transports: JSON.parse(transports) as string[] })),
    // The password was the first step: touching the key is the second.
    userVerification: 'discouraged',
  });
}

/** What became of an answer: the key with its new counter; `copied` where its counter has gone back. */
export type KeyVerdict = { readonly key: number; readonly name: string; readonly counter: number; readonly isCopied: boolean } | null;

/** Judges what a security key has signed; null for everything that is not right. */
export async function judgeAnswer(
  tx: Knex,
  of: { readonly user: number; readonly challenge: string | null; readonly door: Door; readonly answer: AuthenticationResponseJSON },
): Promise<KeyVerdict> {
  const { user, challenge, door, answer } = of;
  const stored = (await tx('security_keys').where({ user, credential: answer.id, host: door.host }).first()) as
    | (StoredKey & { name: string })
    | undefined;
  if (!stored || challenge === null) return null;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: challenge,
      expectedOrigin: door.origin,
      expectedRPID: door.host,
      // The counter is compared below, so that a key that was copied is told from a wrong answer.
      credential: { id: stored.credential, publicKey: new Uint8Array(Buffer.from(stored.public_key, 'base64url')), counter: 0 },
      requireUserVerification: false,
    });
    if (!verified) return null;
    const counter = authenticationInfo.newCounter;
    return { key: stored.id, name: stored.name, counter, isCopied: (counter > 0 || stored.counter > 0) && counter <= stored.counter };
  } catch {
    // The library throws at whatever does not fit: wrong origin, wrong challenge, broken bytes.
    return null;
  }
}
