import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { instantOf, msOf } from '../../shared/kernel/days.ts';
import type { Dialect } from '../database/store.ts';

const freeTries = 5;
const waitMaxMs = 60_000;
const triesPerAddressMax = 100;
const hourMs = 3_600_000;
const forgottenAfterMs = 24 * hourMs;

/** Who tries to come in, and from where. */
export interface Knock {
  readonly login: string;
  readonly device: string;
  readonly address: string;
}

/** What is held against a key. */
export interface Row {
  failures: number;
  until_at: string | null;
  at: string;
}

/**
 * Counts a try before its password is looked at, so that a hundred at once gain nothing, and gives how long the knocker
 * must wait before a try counts at all (0: go on). Five tries of an account on a device are free, then 1, 2, 4 … 60 seconds
 * pass between them; from one address other than this machine at most 100 fail within an hour. Tries during the wait are not
 * counted: the right password is taken as soon as it is over.
 */
export async function countTry(tx: Knex, dialect: Dialect, knock: Knock, nowMs: number): Promise<number> {
  const account = await lockRow(tx, dialect, accountKey(knock), nowMs);
  const address = isThisMachine(knock.address) ? null : await lockRow(tx, dialect, addressKey(knock.address), nowMs);
  const waitMs = Math.max(restOf(account, nowMs), address ? restOf(address, nowMs) : 0);
  if (waitMs > 0) return waitMs;

  const failures = (nowMs - msOf(account.at) > forgottenAfterMs ? 0 : account.failures) + 1;
  const pauseMs = failures < freeTries ? 0 : Math.min(waitMaxMs, 1000 * 2 ** Math.min(failures - freeTries, 10));
  await storeRow(tx, accountKey(knock), { failures, at: instantOf(nowMs), until_at: pauseMs > 0 ? instantOf(nowMs + pauseMs) : null });
  if (address) await countAddress(tx, addressKey(knock.address), address, nowMs);
  return 0;
}

/** A try that succeeded: the account is free on this device and of its lock again, and the address has one failure less to answer for. */
export async function forgetTries(tx: Knex, knock: Knock): Promise<void> {
  await tx('throttles')
    .where({ key: accountKey(knock) })
    .delete();
  await tx('throttles')
    .where({ key: `${lockPrefix}${digestOf(knock.login)}` })
    .delete();
  await tx('throttles')
    .where({ key: addressKey(knock.address) })
    .where('failures', '>', 0)
    .update({ failures: tx.raw('failures - 1'), until_at: null });
}

/** Frees an account of its lock and on every device, also at the second step. Gives whether anything was held against it. */
export async function unlockAccount(tx: Knex, login: string): Promise<boolean> {
  let freed = 0;
  for (const counted of [login, secondStepLogin(login)]) {
    const digest = digestOf(counted);
    freed += await tx('throttles').where('key', 'like', `${accountPrefix}${digest}:%`).delete();
    freed += await tx('throttles')
      .where({ key: `${lockPrefix}${digest}` })
      .delete();
  }
  return freed > 0;
}

/**
 * Under what name tries at the second step are counted: apart from passwords, since a right password takes back only what was held
 * against passwords. Nobody signs in under it: what is typed begins with no line break.
 */
export const secondStepLogin = (login: string): string => `\n${login}`;

/** A try at the second step. It is counted for the account as a whole: whoever gets there knows the password. */
export const secondStepKnock = (login: string, address: string): Knock => ({
  login: secondStepLogin(login),
  device: 'second step',
  address,
});

/** Whether a try of this account on this device, or several from this address, failed lately. */
export async function hasFailed(tx: Knex, knock: Knock, nowMs: number): Promise<boolean> {
  const rows = (await tx('throttles')
    .whereIn('key', [accountKey(knock), addressKey(knock.address)])
    .select('key', 'failures', 'at')) as (Row & { key: string })[];
  return rows.some(({ key, failures, at }) =>
    key.startsWith(accountPrefix) ? failures > 0 && nowMs - msOf(at) <= forgottenAfterMs : failures >= 3 && nowMs - msOf(at) < hourMs,
  );
}

/** The address's failures are counted by the hour that began with the first. */
async function countAddress(tx: Knex, key: string, row: Row, nowMs: number): Promise<void> {
  const isNewHour = row.failures === 0 || nowMs - msOf(row.at) >= hourMs;
  const began = isNewHour ? nowMs : msOf(row.at);
  const failures = isNewHour ? 1 : row.failures + 1;
  await storeRow(tx, key, { failures, at: instantOf(began), until_at: failures >= triesPerAddressMax ? instantOf(began + hourMs) : null });
}

/** The row of a key, made when there is none, locked until the transaction ends. */
export async function lockRow(tx: Knex, dialect: Dialect, key: string, nowMs: number): Promise<Row> {
  await tx('throttles')
    .insert({ key, failures: 0, until_at: null, at: instantOf(nowMs) })
    .onConflict('key')
    .ignore();
  const [row] = (await dialect.forUpdate(tx('throttles').where({ key }).select('failures', 'until_at', 'at'))) as Row[];
  return row ?? { failures: 0, until_at: null, at: instantOf(nowMs) };
}

export const storeRow = (tx: Knex, key: string, row: Row): PromiseLike<unknown> => tx('throttles').where({ key }).update(row);

/** How many milliseconds are left of what is held against a key. */
export const restOf = (row: Row, nowMs: number): number => (row.until_at === null ? 0 : Math.max(0, msOf(row.until_at) - nowMs));

export const accountPrefix = 'account:';
export const lockPrefix = 'lock:';
const accountKey = ({ login, device, address }: Knock): string => `${accountPrefix}${digestOf(login)}:${digestOf(device || address)}`;
const addressKey = (address: string): string => `address:${address}`;

/** Keys are of one length whatever was typed, and tell nobody who reads the table what it was. */
export const digestOf = (text: string): string =>
  createHash('sha256').update(text.normalize('NFKC').toLowerCase()).digest('hex').slice(0, 32);

/** Whether the address is this machine's own. */
export const isThisMachine = (address: string): boolean => /^(::1$|(::ffff:)?127\.)/.test(address);
