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
  of: { readonly purpose: 'signIn' | 'session'; readonly login: string; readonly servers: readonly string[] },
): Promise<ProvenDevice | null> {
  const isAsked = await company.store.write((tx) => takeChallenge(tx, proof.challenge, clock.now()));
  const key = keyIn(proof.key);
  if (!isAsked || !key || !of.servers.includes(proof.server)) return null;
  const { purpose, login } = of;
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
