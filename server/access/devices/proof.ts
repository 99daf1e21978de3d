import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { type DeviceProof, deviceWords } from '../../../shared/contracts/devices.ts';
import { clock } from '../../clock.ts';
import type { Company } from '../../work.ts';
import { takeChallenge } from './challenges.ts';

/** A device that has proven its key. */
export interface ProvenDevice {
  /** SHA-256 of the public key: who the device is. */
  readonly keyHash: string;
  readonly publicKey: string;
  readonly machine: string | null;
  /** The hash of what was asked: whoever knows the question may ask how long the device has to wait. */
  readonly challenge: string;
}

/**
 * The device behind a proof, or null for one that proves nothing: a challenge that was used, is old or was never asked, a key of
 * another kind, a signature by another key or meant for another server, company or person. The challenge is used up either way.
 * `servers` are the names under which this server may be meant.
 */
export async function proveDevice(
  company: Company,
  proof: DeviceProof,
  of: Signed & { readonly servers: readonly string[] },
): Promise<ProvenDevice | null> {
  return (await answersQuestion(company, proof, of.servers)) ? signerOf(company, proof, of) : null;
}

/** What a signature is for: signing in under a login as it was typed, or a session, which the SHA-256 of its token stands for. */
interface Signed {
  readonly purpose: 'signIn' | 'session';
  readonly login: string;
}

/** Whether a proof is the first answer to a question that this server has asked within a minute. The question is used up either way. */
export async function answersQuestion(company: Company, proof: DeviceProof, servers: readonly string[]): Promise<boolean> {
  const isAsked = await company.store.write((tx) => takeChallenge(tx, proof.challenge, clock.now()));
  return isAsked && servers.includes(proof.server);
}

/** The device whose key has signed a proof, whatever was asked; null where no key of ours has signed just that. */
export function signerOf(company: Company, proof: DeviceProof, { purpose, login }: Signed): ProvenDevice | null {
  const key = keyIn(proof.key);
  if (!key) return null;
  const words = deviceWords({ ...proof, purpose, login, company: company.code });
  const signature = Buffer.from(proof.signature, 'base64');
  if (!verify('sha256', Buffer.from(words), { key, dsaEncoding: 'ieee-p1363' }, signature)) return null;
  const der = key.export({ type: 'spki', format: 'der' });
  return {
    keyHash: createHash('sha256').update(der).digest('hex'),
    publicKey: der.toString('base64'),
    machine: proof.machine || null,
    challenge: proof.challenge,
  };
}

function keyIn(spki: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(spki, 'base64'), type: 'spki', format: 'der' });
    return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : null;
  } catch {
    return null;
  }
}
