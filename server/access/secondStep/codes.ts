import { randomInt } from 'node:crypto';
import type { Knex } from 'knex';
import { Secret, TOTP } from 'otpauth';
import type { Seal } from './sealing.ts';

const periodSeconds = 30;
// RFC 6238, 5.2: at most one step of delay on either side.
const stepsAround = 1;
const recoveryCount = 10;
// No signs that look alike.
const recoverySigns = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Codes of six digits that change every thirty seconds, as every authenticator app makes them (RFC 6238). */
const generator = (secret: Uint8Array, label = ''): TOTP =>
  new TOTP({
    issuer: 'Tradepost',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: periodSeconds,
    secret: new Secret({ buffer: Uint8Array.from(secret).buffer }),
  });

/** A new secret with the address that apps read from a QR code. */
export function newCodeSecret(label: string): { bytes: Uint8Array; text: string; uri: string } {
  const { bytes } = new Secret({ size: 20 });
  const made = generator(bytes, label);
  return { bytes, text: made.secret.base32.match(/.{1,4}/g)?.join(' ') ?? '', uri: made.toString() };
}

/** The step (of thirty seconds since 1970) whose code this is, now or one step around; null for any other. */
export function stepOfCode(secret: Uint8Array, code: string, nowMs: number): number | null {
  const around = generator(secret).validate({ token: code, timestamp: nowMs, window: stepsAround });
  return around === null ? null : Math.floor(nowMs / 1000 / periodSeconds) + around;
}

interface StoredCode {
  readonly sealed: string;
  readonly key_mark: string;
}

/**
 * Takes a code of the person's app, or one of the recovery codes, which is used up. `used` is a right one that was used before;
 * `sealed` tells that this server has not the key to judge by.
 */
export async function spendCode(
  tx: Knex,
  seal: Seal,
  of: { readonly user: number; readonly code: string; readonly nowMs: number },
): Promise<'right' | 'wrong' | 'used' | 'sealed'> {
  const typed = of.code.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '');
  return /^\d{6}$/.test(typed) ? spendStep(tx, seal, { ...of, code: typed }) : spendRecovery(tx, seal, { ...of, code: typed });
}

async function spendStep(
  tx: Knex,
  seal: Seal,
  { user, code, nowMs }: { readonly user: number; readonly code: string; readonly nowMs: number },
): Promise<'right' | 'wrong' | 'used' | 'sealed'> {
  const stored = (await tx('code_secrets').where({ user }).first('sealed', 'key_mark')) as StoredCode | undefined;
  if (!stored) return 'wrong';
  const secret = stored.key_mark === seal.mark ? seal.open(user, stored.sealed) : null;
  if (!secret) return 'sealed';
  const step = stepOfCode(secret, code, nowMs);
  if (step === null) return 'wrong';
  const taken = await tx('code_secrets').where({ user }).where('last_step', '<', step).update({ last_step: step });
  return taken === 1 ? 'right' : 'used';
}

async function spendRecovery(
  tx: Knex,
  seal: Seal,
  { user, code }: { readonly user: number; readonly code: string },
): Promise<'right' | 'wrong' | 'sealed'> {
  const taken = await tx('recovery_codes')
    .where({ user, hash: seal.hash(user, code) })
    .delete();
  if (taken === 1) return 'right';
  const foreign = await tx('recovery_codes').where({ user }).whereNot({ key_mark: seal.mark }).first('user');
  return foreign ? 'sealed' : 'wrong';
}

/** Gives a person ten new recovery codes in the place of all earlier ones: 60 random bits each, kept as keyed hashes. */
export async function renewRecoveryCodes(tx: Knex, seal: Seal, user: number): Promise<string[]> {
  const codes = Array.from({ length: recoveryCount }, () =>
    Array.from({ length: 12 }, () => recoverySigns[randomInt(recoverySigns.length)]).join(''),
  );
  await tx('recovery_codes').where({ user }).delete();
  await tx('recovery_codes').insert(codes.map((code) => ({ user, hash: seal.hash(user, code), key_mark: seal.mark })));
  return codes.map((code) => code.match(/.{4}/g)?.join('-') ?? code);
}
