import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { flushFolder, writeFileSafely } from '../../files.ts';

/** What seals the secrets of second steps: a key of the server, which no archive holds. */
export interface Seal {
  /** Tells keys apart without giving any away. */
  readonly mark: string;
  /** AES-256-GCM; what is sealed for one person opens for no other. */
  readonly close: (user: number, secret: Uint8Array) => string;
  /** Null for what was changed, or sealed for somebody else or with another key. */
  readonly open: (user: number, sealed: string) => Uint8Array | null;
  /** A hash of a short secret that says nothing to whoever has no key. */
  readonly hash: (user: number, text: string) => string;
}

/** The seal of a data folder. It is made when it is first needed, and kept beside the keys of the encrypted connections. */
export function sealOf(dataFolder: string): Seal {
  return readSeal(dataFolder) ?? makeSeal(dataFolder);
}

/** The mark of the seal that lies in a data folder; null where none was needed yet. */
export const markOf = (dataFolder: string): string | null => readSeal(dataFolder)?.mark ?? null;

const fileIn = (dataFolder: string): string => join(dataFolder, 'tls', 'second-step.key');

function readSeal(dataFolder: string): Seal | null {
  try {
    return sealWith(Buffer.from(readFileSync(fileIn(dataFolder), 'utf8').trim(), 'hex'));
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw fault;
  }
}

function makeSeal(dataFolder: string): Seal {
  const folder = join(dataFolder, 'tls');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const beside = join(folder, `second-step.${randomBytes(6).toString('hex')}`);
  writeFileSafely(beside, randomBytes(32).toString('hex'));
  try {
    // Several server processes may share the folder: the first one's key counts.
    linkSync(beside, fileIn(dataFolder));
    flushFolder(folder);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault;
  } finally {
    rmSync(beside, { force: true });
  }
  return sealOf(dataFolder);
}

function sealWith(key: Buffer): Seal {
  if (key.length !== 32) throw new Error('The key of the second steps is damaged: put the file back from where it was kept');
  const own = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', `tradepost second step ${purpose}`, 32));
  const [sealing, hashing] = [own('sealing'), own('hashing')];
  return {
    mark: createHash('sha256').update(own('mark')).digest('hex').slice(0, 16),
    close: (user, secret) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(`user ${user}`));
      const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open: (user, sealed) => {
      const bytes = Buffer.from(sealed, 'base64url');
      try {
        const cipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, 12), { authTagLength: 16 });
        cipher.setAAD(Buffer.from(`user ${user}`)).setAuthTag(bytes.subarray(12, 28));
        return Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]);
      } catch {
        return null;
      }
    },
    hash: (user, text) => createHmac('sha256', hashing).update(`${user}:${text}`).digest('hex'),
  };
}
