import {
  type CipherGCM,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { z } from 'zod';
import type { Day } from '../../shared/kernel/days.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { archiveFormat } from './manifest.ts';

/**
 * An archive under a passphrase: a head that everybody can read (product, format, company, day, how the key is made), then the zip in
 * chunks of 64 KiB, each under AES-256-GCM. The nonce of a chunk is its number and whether it is the last, so that a chunk that was
 * changed, moved, left out or cut off does not open (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). The
 * key comes from the passphrase by scrypt (RFC 7914) with a salt of the file's own, so that no nonce is ever used twice under it.
 */
export interface Lock {
  readonly passphrase: string;
  readonly company: string;
  readonly day: Day;
  /** The cost of guessing: scrypt's N, a power of two; each doubles memory and time. */
  readonly cost?: number;
}

/** An archive under a passphrase begins with this line, then the head as a line of JSON, then its two sums. */
const magic = 'TRADEPOST ENCRYPTED BACKUP\n';
const headBytesMax = 2048;
const sumBytes = 32;
const chunkBytes = 1 << 16;
const tagBytes = 16;
const usualCost = 1 << 17;

const headSchema = z.strictObject({
  product: z.literal('tradepost'),
  format: z.int().min(1),
  company: z.string().max(30),
  day: z.string().max(10),
  encrypted: z.strictObject({
    cipher: z.literal('aes-256-gcm'),
    chunkBytes: z.literal(chunkBytes),
    key: z.literal('scrypt'),
    // A head is read before anything is proven: what it asks for must stay within what a server has.
    cost: z
      .int()
      .min(1 << 10)
      .max(1 << 20),
    blockSize: z.literal(8),
    parallel: z.literal(1),
    salt: z.string().regex(/^[0-9a-f]{32}$/),
  }),
});
type Head = z.infer<typeof headSchema>;

interface Keys {
  readonly chunks: Buffer;
  readonly head: Buffer;
}

/** What stands before the chunks, and the stream that makes them. */
export async function lockingStream({ passphrase, company, day, cost = usualCost }: Lock): Promise<Transform> {
  const salt = randomBytes(16).toString('hex');
  const encrypted = { cipher: 'aes-256-gcm', chunkBytes, key: 'scrypt', cost, blockSize: 8, parallel: 1, salt } as const;
  const head: Head = { product: 'tradepost', format: archiveFormat, company, day, encrypted };
  const keys = await keysOf(passphrase, head);
  const text = Buffer.from(`${magic}${JSON.stringify(head)}\n`);
  const proof = createHmac('sha256', keys.head).update(text).digest();
  const sum = createHash('sha256').update(text).update(proof).digest();
  return new Locking(keys.chunks, Buffer.concat([text, proof, sum]));
}

/** How many bytes at the beginning of a file say whether it is locked. */
export const magicBytes = magic.length;
export const isLocked = (beginning: Buffer): boolean => beginning.subarray(0, magicBytes).toString('latin1') === magic;
/** The head and its sums are never longer. */
export const lockedHeadBytesMax = magicBytes + headBytesMax + 2 * sumBytes;

/** A lock that the passphrase opens: where the chunks begin, and a chunk's bytes made readable. */
export interface Unlocked {
  readonly chunksAt: number;
  readonly open: (chunk: Buffer, number: number, isLast: boolean) => Buffer | null;
}

/**
 * Opens the lock of a file from its beginning. Refuses 'backup.passphraseNeeded' {company, day}, 'backup.wrongPassphrase' {company,
 * day}, 'backup.newer' {found, known}, 'backup.damaged' {file} when a bit of the head differs.
 */
export async function unlock(beginning: Buffer, passphrase: string | undefined, file: string): Promise<Unlocked> {
  const end = beginning.indexOf('\n', magicBytes) + 1;
  const [text, proof] = [beginning.subarray(0, end), beginning.subarray(end, end + sumBytes)];
  const sum = beginning.subarray(end + sumBytes, end + 2 * sumBytes);
  const isWhole = end > 0 && sum.length === sumBytes && sum.equals(createHash('sha256').update(text).update(proof).digest());
  if (!isWhole) throw new Refusal('backup.damaged', { file });
  const found = JSON.parse(text.subarray(magicBytes).toString('utf8')) as { format?: unknown };
  if (Number(found.format) > archiveFormat) throw new Refusal('backup.newer', { found: Number(found.format), known: archiveFormat });
  const head = headSchema.parse(found);
  const { company, day } = head;
  if (passphrase === undefined) throw new Refusal('backup.passphraseNeeded', { company, day });
  const keys = await keysOf(passphrase, head);
  const isRight = timingSafeEqual(proof, createHmac('sha256', keys.head).update(text).digest());
  if (!isRight) throw new Refusal('backup.wrongPassphrase', { company, day });
  return { chunksAt: end + 2 * sumBytes, open: (chunk, number, isLast) => opened(keys.chunks, chunk, { number, isLast }) };
}

/** Bytes of a chunk in the file: what it holds and its tag. */
export const lockedChunkBytes = chunkBytes + tagBytes;
export const chunkOverhead = tagBytes;

function keysOf(passphrase: string, { encrypted: { cost, blockSize, parallel, salt } }: Head): Promise<Keys> {
  const options = { N: cost, r: blockSize, p: parallel, maxmem: 256 * cost * blockSize };
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), Buffer.from(salt, 'hex'), 64, options, (fault, bytes) =>
      fault ? reject(fault) : resolve({ chunks: bytes.subarray(0, 32), head: bytes.subarray(32) }),
    );
  });
}

interface Place {
  readonly number: number;
  readonly isLast: boolean;
}

function nonceOf({ number, isLast }: Place): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt8(isLast ? 1 : 0, 0);
  nonce.writeBigUInt64BE(BigInt(number), 4);
  return nonce;
}

function opened(key: Buffer, chunk: Buffer, place: Place): Buffer | null {
  if (chunk.length <= tagBytes) return null;
  const cipher = createDecipheriv('aes-256-gcm', key, nonceOf(place), { authTagLength: tagBytes });
  cipher.setAuthTag(chunk.subarray(-tagBytes));
  const held = cipher.update(chunk.subarray(0, -tagBytes));
  try {
    cipher.final();
  } catch {
    return null;
  }
  return held;
}

/** Cuts what passes into chunks and locks each. */
class Locking extends Transform {
  readonly #key: Buffer;
  readonly #head: Buffer;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #number = 0;

  constructor(key: Buffer, head: Buffer) {
    super();
    this.#key = key;
    this.#head = head;
  }

  override _construct(done: (fault?: Error | null) => void): void {
    this.push(this.#head);
    done();
  }

  override _transform(piece: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#held.push(piece);
    this.#heldBytes += piece.length;
    // A full chunk is held back until it is known that more follows.
    if (this.#heldBytes > chunkBytes) {
      const all = Buffer.concat(this.#held);
      let at = 0;
      for (; all.length - at > chunkBytes; at += chunkBytes) this.#lock(all.subarray(at, at + chunkBytes), false);
      this.#held = [all.subarray(at)];
      this.#heldBytes = all.length - at;
    }
    done();
  }

  override _flush(done: TransformCallback): void {
    this.#lock(Buffer.concat(this.#held), true);
    done();
  }

  #lock(bytes: Buffer, isLast: boolean): void {
    const cipher: CipherGCM = createCipheriv('aes-256-gcm', this.#key, nonceOf({ number: this.#number, isLast }), {
      authTagLength: tagBytes,
    });
    this.#number += 1;
    this.push(Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]));
  }
}
