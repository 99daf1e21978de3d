import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type PairingState, pairingStretch, pairingWords } from '../../shared/contracts/pairing.ts';
import { instantOf } from '../../shared/kernel/days.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { writeFileSafely } from '../files.ts';
import { newTypedCode } from './typedCode.ts';

const validMs = 600_000;
const guesses = 5;
const greetingsMax = 50;

const waitingSchema = z.strictObject({
  code: z.string(),
  salt: z.string(),
  /** Milliseconds since 1970. */
  until: z.number(),
  guessesLeft: z.number().int(),
});
type Waiting = z.infer<typeof waitingSchema>;

const fileIn = (dataFolder: string): string => join(dataFolder, 'tls', 'pairing.json');
const lastIn = (dataFolder: string): string => join(dataFolder, 'tls', 'pairingEnded.json');

/**
 * Makes the code with which one client pairs: ten characters, valid ten minutes from `now` (ms since 1970). It takes the place of
 * the one before. It lies in a file, for the server's own user, so that the console can make it beside a running server and wrong
 * guesses outlive a restart.
 */
export function newPairingCode(dataFolder: string, now: number): { code: string; until: number } {
  const waiting: Waiting = {
    code: newTypedCode(),
    salt: randomBytes(32).toString('base64'),
    until: now + validMs,
    guessesLeft: guesses,
  };
  mkdirSync(join(dataFolder, 'tls'), { recursive: true, mode: 0o700 });
  writeFileSafely(fileIn(dataFolder), JSON.stringify(waiting));
  rmSync(lastIn(dataFolder), { force: true });
  return { code: waiting.code, until: waiting.until };
}

/** Takes back a code that waits. Gives whether one did. */
export function stopPairing(dataFolder: string, now: number): boolean {
  const { state } = pairingState(dataFolder, now);
  if (state !== 'waiting') return false;
  end(dataFolder, 'stopped', now);
  return true;
}

/** How it stands with the code at a moment (ms since 1970), for the eyes of administrators. */
export function pairingState(dataFolder: string, now: number): PairingState {
  const waiting = readWaiting(fileIn(dataFolder));
  if (!waiting) return readLast(lastIn(dataFolder));
  const { code, until, guessesLeft } = waiting;
  if (guessesLeft <= 0) return { state: 'void', at: instantOf(Math.min(until, now)) };
  return until <= now ? { state: 'expired', at: instantOf(until) } : { state: 'waiting', code, leftMs: until - now, guessesLeft };
}

/** What became of the last code outlives it, for whoever looks at the page. */
function end(dataFolder: string, state: 'used' | 'stopped', now: number): void {
  rmSync(fileIn(dataFolder));
  writeFileSafely(lastIn(dataFolder), JSON.stringify({ state, at: instantOf(now) }));
}

const lastSchema = z.strictObject({ state: z.enum(['used', 'stopped']), at: z.string() });

function readLast(file: string): PairingState {
  return readJson(file, lastSchema) ?? { state: 'none' };
}

/** The server's side of pairing. */
export class Pairing {
  readonly #of: { dataFolder: string; root: () => string; now: () => number };
  /** What clients said first, by the nonce they were answered with: good for one proof each. */
  readonly #greetings = new Map<string, { clientNonce: string; salt: string }>();

  /** `root` gives the SHA-256 of the public key of the root that is shown now, base64. */
  constructor(of: { dataFolder: string; root: () => string; now: () => number }) {
    this.#of = of;
  }

  /** Refuses 'pairing.none' when no code waits to be used. */
  greet(clientNonce: string): { serverNonce: string; salt: string } {
    const { salt } = this.#waiting();
    const serverNonce = randomBytes(32).toString('base64');
    this.#greetings.set(serverNonce, { clientNonce, salt });
    const [oldest] = this.#greetings.keys();
    if (this.#greetings.size > greetingsMax && oldest !== undefined) this.#greetings.delete(oldest);
    return { serverNonce, salt };
  }

  /**
   * Checks the client's proof and gives the server's; the code is used up. Refuses 'pairing.none' when there is no code or nobody
   * was greeted with this nonce, and 'pairing.wrongCode' {left} when the proof is wrong: another code, or another root.
   */
  async prove(serverNonce: string, proof: string): Promise<string> {
    const waiting = this.#waiting();
    const greeting = this.#greetings.get(serverNonce);
    this.#greetings.delete(serverNonce);
    if (greeting?.salt !== waiting.salt) throw new Refusal('pairing.none');
    const left = waiting.guessesLeft - 1;
    // Counted before it is reckoned: many at once are many guesses.
    writeFileSafely(fileIn(this.#of.dataFolder), JSON.stringify({ ...waiting, guessesLeft: left }));
    const key = await stretched(waiting.code, waiting.salt);
    const seen = { clientNonce: greeting.clientNonce, serverNonce, root: this.#of.root() };
    if (!isEqual(proof, signed(key, pairingWords('client', seen)))) throw new Refusal('pairing.wrongCode', { left });
    // Somebody else may have used it meanwhile, or another code was made.
    if (this.#waiting().salt !== waiting.salt) throw new Refusal('pairing.none');
    end(this.#of.dataFolder, 'used', this.#of.now());
    return signed(key, pairingWords('server', seen));
  }

  #waiting(): Waiting {
    const waiting = readWaiting(fileIn(this.#of.dataFolder));
    if (!waiting || waiting.guessesLeft <= 0 || waiting.until <= this.#of.now()) throw new Refusal('pairing.none');
    return waiting;
  }
}

const readWaiting = (file: string): Waiting | null => readJson(file, waitingSchema);

function readJson<T>(file: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (fault) {
    const isGone = (fault as NodeJS.ErrnoException).code === 'ENOENT';
    // A damaged one is as good as none: another is made in a second.
    if (isGone || fault instanceof SyntaxError || fault instanceof z.ZodError) return null;
    throw fault;
  }
}

const stretched = (code: string, salt: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const { cost, blockSize, parallelization, bytes, memoryMax } = pairingStretch;
    const options = { cost, blockSize, parallelization, maxmem: memoryMax };
    scrypt(code, Buffer.from(salt, 'base64'), bytes, options, (fault, key) => (fault ? reject(fault) : resolve(key)));
  });

const signed = (key: Buffer, words: string): string => createHmac('sha256', key).update(words).digest('base64');

function isEqual(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}
