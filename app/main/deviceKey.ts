import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type DeviceProof, type DeviceQuestion, deviceWords } from '../../shared/contracts/devices.ts';
import type { Safe } from './tokenStore.ts';

const stored = z.object({ isEncrypted: z.boolean(), key: z.string().max(5_000) });

/**
 * The key by which servers know this computer (ECDSA, P-256). It is made at the first question and never leaves the computer: it lies
 * encrypted by the computer's safe, and where there is none in a file for this person's eyes. One that cannot be read is replaced:
 * then the device is a new one, and waits for approval where that is asked for.
 */
export class DeviceKey {
  readonly #path: string;
  readonly #safe: Safe;
  readonly #machine: string;
  #key: KeyObject | null = null;

  /** `machine` is a hash of the computer's own number and name. */
  constructor(path: string, safe: Safe, machine: string) {
    this.#path = path;
    this.#safe = safe;
    this.#machine = machine;
  }

  /** Answers a server's question; `server` is what it is known by here: its pinned root, or its host. */
  prove({ purpose, company, login, challenge }: DeviceQuestion, server: string): DeviceProof {
    this.#key ??= this.#read() ?? this.#make();
    const machine = this.#machine;
    const words = deviceWords({ purpose, company, login, server, challenge, machine });
    const signature = sign('sha256', Buffer.from(words), { key: this.#key, dsaEncoding: 'ieee-p1363' }).toString('base64');
    const key = createPublicKey(this.#key).export({ type: 'spki', format: 'der' }).toString('base64');
    return { key, challenge, server, signature, machine };
  }

  #read(): KeyObject | null {
    try {
      const { isEncrypted, key } = stored.parse(JSON.parse(readFileSync(this.#path, 'utf8')));
      return createPrivateKey(isEncrypted ? this.#safe.decryptString(Buffer.from(key, 'base64')) : key);
    } catch {
      return null;
    }
  }

  #make(): KeyObject {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const isEncrypted = this.#safe.isEncryptionAvailable();
    const key = isEncrypted ? this.#safe.encryptString(pem).toString('base64') : pem;
    mkdirSync(dirname(this.#path), { recursive: true });
    // Renamed into place, so that a power cut leaves a whole key or none.
    const fresh = `${this.#path}.new`;
    writeFileSync(fresh, JSON.stringify({ isEncrypted, key }), { mode: 0o600 });
    renameSync(fresh, this.#path);
    return privateKey;
  }
}

/** What a server (an origin) is called in an answer: by its root where one is pinned, so that nobody can pose as it; else by its host. */
export const serverNameOf = (server: string, pinnedSpki: string | null): string =>
  server.startsWith('https:') && pinnedSpki !== null ? `root ${pinnedSpki}` : `host ${new URL(server).host.toLowerCase()}`;

/** A hash of the computer's own number and name: another computer with a copied key has another one. */
export const machineHash = (number: string, name: string): string => createHash('sha256').update(`${number.trim()}\n${name}`).digest('hex');
