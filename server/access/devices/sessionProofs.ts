import type { Knex } from 'knex';
import { type Instant, instantOf, msOf } from '../../../shared/kernel/days.ts';
import type { Dialect } from '../../database/store.ts';

/** What is asked of a session before anybody may go on with it. */
export interface ProvableSession {
  /** The device by its key; null where it has shown none, and is never asked for one. */
  readonly known_device: number | null;
  /** Where and when the key was proven, the newest first, as JSON. */
  readonly proofs: string | null;
}

interface KeyProof {
  readonly address: string;
  readonly at: Instant;
}

/** So long a session goes on at the address where its device proved itself last. */
export const proofLifeMs = 4 * 3_600_000;
/** Whoever has two ways to the server is asked at each of them now and then, and not with every request that takes the other one. */
export const formerProofLifeMs = 10 * 60_000;
const addressesMax = 8;

/** The proof that a device gives when somebody signs in at it. */
export const firstProof = (address: string, nowMs: number): string => textOf([{ address, at: instantOf(nowMs) }]);

/**
 * Whether the device of a session has to prove its key before the session goes on at an address: where it never did, where that was
 * four hours ago, or ten minutes when it has done so at another address since.
 */
export function isProofDue(session: ProvableSession, address: string, nowMs: number): boolean {
  if (session.known_device === null) return false;
  const proofs = proofsIn(session.proofs);
  const at = proofs.findIndex((proof) => proof.address === address);
  return isPast(proofs[at], at === 0 ? proofLifeMs : formerProofLifeMs, nowMs);
}

/** The same of a connection that stays open: it has not gone elsewhere, whatever else the device did since, and is asked after four hours. */
export function hasProofLapsed(session: ProvableSession, address: string, nowMs: number): boolean {
  if (session.known_device === null) return false;
  const proof = proofsIn(session.proofs).find((one) => one.address === address);
  return isPast(proof, proofLifeMs, nowMs);
}

/** Whether the device has ever proven its key at an address, as far as is remembered. */
export const hasProven = ({ proofs }: ProvableSession, address: string): boolean =>
  proofsIn(proofs).some((proof) => proof.address === address);

/** A clock that was set back makes no proof last longer. */
const isPast = (proof: KeyProof | undefined, lifeMs: number, nowMs: number): boolean =>
  !proof || Math.abs(nowMs - msOf(proof.at)) >= lifeMs;

/** Writes down that the device of a session has proven its key at an address. */
export async function keepProof(
  tx: Knex,
  dialect: Dialect,
  of: { readonly session: number; readonly address: string; readonly nowMs: number },
): Promise<void> {
  const query = tx('sessions').where({ id: of.session });
  const [row] = (await dialect.forUpdate(query.clone().select('proofs'))) as { proofs: string | null }[];
  const others = proofsIn(row?.proofs ?? null).filter(({ address }) => address !== of.address);
  const proofs = [{ address: of.address, at: instantOf(of.nowMs) }, ...others].slice(0, addressesMax);
  await query.update({ proofs: textOf(proofs) });
}

/** What has to be known of sessions to ask later whether a proof is due. */
export async function provableSessions(tx: Knex, sessionIds: readonly number[]): Promise<Map<number, KeptSession>> {
  const found = new Map<number, KeptSession>();
  for (let start = 0; start < sessionIds.length; start += 500) {
    const some = sessionIds.slice(start, start + 500);
    const rows = (await tx('sessions').whereIn('id', some).select('id', 'user', 'known_device', 'proofs')) as (KeptSession & {
      id: number;
    })[];
    for (const { id, ...session } of rows) found.set(id, session);
  }
  return found;
}

type KeptSession = ProvableSession & { readonly user: number };

const proofsIn = (text: string | null): readonly KeyProof[] => (text === null ? [] : (JSON.parse(text) as KeyProof[]));
const textOf = (proofs: readonly KeyProof[]): string => JSON.stringify(proofs);
