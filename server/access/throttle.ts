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

interface Row {
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
  await store(tx, accountKey(knock), { failures, at: instantOf(nowMs), until_at: pauseMs > 0 ? instantOf(nowMs + pauseMs) : null });
  if (address) await countAddress(tx, addressKey(knock.address), address, nowMs);
  return 0;
}

/** A try that succeeded: the account is free on this device again, and the address has one failure less to answer for. */
export async function forgetTries(tx: Knex, knock: Knock): Promise<void> {
  await tx('throttles')
    .where({ key: accountKey(knock) })
    .delete();
  await tx('throttles')
    .where({ key: addressKey(knock.address) })
    .where('failures', '>', 0)
    .update({ failures: tx.raw('failures - 1'), until_at: null });
}

/** Frees an account on every device, after an administrator has set its password. */
export async function unlockAccount(tx: Knex, login: string): Promise<void> {
  await tx('throttles')
    .where('key', 'like', `account:${digest(login)}:%`)
    .delete();
}

/** The address's failures are counted by the hour that began with the first. */
async function countAddress(tx: Knex, key: string, row: Row, nowMs: number): Promise<void> {
  const isNewHour = row.failures === 0 || nowMs - msOf(row.at) >= hourMs;
  const began = isNewHour ? nowMs : msOf(row.at);
  const failures = isNewHour ? 1 : row.failures + 1;
  await store(tx, key, { failures, at: instantOf(began), until_at: failures >= triesPerAddressMax ? instantOf(began + hourMs) : null });
}

async function lockRow(tx: Knex, dialect: Dialect, key: string, nowMs: number): Promise<Row> {
  await tx('throttles')
    .insert({ key, failures: 0, until_at: null, at: instantOf(nowMs) })
    .onConflict('key')
    .ignore();
  const [row] = (await dialect.forUpdate(tx('throttles').where({ key }).select('failures', 'until_at', 'at'))) as Row[];
  return row ?? { failures: 0, until_at: null, at: instantOf(nowMs) };
}

const store = (tx: Knex, key: string, row: Row) => tx('throttles').where({ key }).update(row);

const restOf = (row: Row, nowMs: number): number => (row.until_at === null ? 0 : Math.max(0, msOf(row.until_at) - nowMs));

const accountKey = ({ login, device, address }: Knock): string => `account:${digest(login)}:${digest(device || address)}`;
const addressKey = (address: string): string => `address:${address}`;

/** Keys are of one length whatever was typed, and tell nobody who reads the table what it was. */
const digest = (text: string): string => createHash('sha256').update(text.normalize('NFKC').toLowerCase()).digest('hex').slice(0, 32);

/** Whether the address is this machine's own. */
export const isThisMachine = (address: string): boolean => /^(::1$|(::ffff:)?127\.)/.test(address);
