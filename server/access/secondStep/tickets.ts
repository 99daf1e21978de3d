import type { Knex } from 'knex';
import { type Instant, instantOf } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { clock } from '../../clock.ts';
import { hashOf, newSecret } from '../sessions.ts';

const lifeMs = 5 * 60_000;
const failuresMax = 5;

/** What was begun and is to be ended within minutes, by the same person, from the same address. */
export interface Ticket {
  readonly token_hash: string;
  readonly purpose: 'signIn' | 'code' | 'key';
  readonly user: number;
  readonly login: string;
  readonly address: string;
  /** The session it was begun in; null before there is one. */
  readonly session: number | null;
  /** A sealed secret, or what a security key has to sign. */
  readonly content: string | null;
  /** The line of the history that speaks of the right password. */
  readonly sign_in: number | null;
  /** The device by its key that the password was typed at. */
  readonly known_device: number | null;
}

type NewTicket = Omit<Ticket, 'token_hash' | 'known_device'> & { readonly known_device?: number | null };

/** Writes a ticket and gives the secret it is good under; only its hash is kept, where every process of the server finds it. */
export async function openTicket(tx: Knex, companyCode: string, of: NewTicket): Promise<{ ticket: string; until: Instant }> {
  const { token, hash } = newSecret(companyCode);
  const nowMs = clock.now();
  const until = instantOf(nowMs + lifeMs);
  await tx('tickets').where('expires_at', '<=', instantOf(nowMs)).delete();
  await tx('tickets').insert({ ...of, token_hash: hash, failures: 0, expires_at: until });
  return { ticket: token, until };
}

/** The ticket of a secret. Refuses 'secondStep.over' alike for one that is used, past its time, from elsewhere or made up. */
export async function findTicket(
  tx: Knex,
  secret: string,
  of: { readonly purpose: Ticket['purpose']; readonly address: string; readonly session?: number | undefined },
): Promise<Ticket> {
  const row = (await tx('tickets')
    .where({ token_hash: hashOf(secret), purpose: of.purpose, address: of.address, session: of.session ?? null })
    .where('expires_at', '>', instantOf(clock.now()))
    .first()) as Ticket | undefined;
  if (!row) throw new Refusal('secondStep.over');
  return row;
}

/** Uses the ticket up. Gives whether it was still there: of two who come at the same moment one is too late. */
export const spendTicket = async (tx: Knex, { token_hash }: Ticket): Promise<boolean> =>
  (await tx('tickets').where({ token_hash }).delete()) === 1;

/** Counts a failure; after five the password has to be typed anew. */
export async function failTicket(tx: Knex, { token_hash }: Ticket): Promise<void> {
  await tx('tickets').where({ token_hash }).increment('failures', 1);
  await tx('tickets').where({ token_hash }).where('failures', '>=', failuresMax).delete();
}

/** Gives a ticket something new to be signed, and takes the old off it. */
export const fillTicket = (tx: Knex, { token_hash }: Ticket, content: string | null): PromiseLike<unknown> =>
  tx('tickets').where({ token_hash }).update({ content });
