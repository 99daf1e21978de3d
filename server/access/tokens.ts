import type { Knex } from 'knex';
import { type Instant, instantOf, msOf } from '../../shared/kernel/days.ts';
import type { Operation } from '../../shared/kernel/definition.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import type { Actor, Work } from '../work.ts';
import { markQuery } from './memory.ts';
import { hashOf, newSecret } from './sessions.ts';

/** What stands before the company's code in a token for programs. */
export const tokenPrefix = 'tp_';

export interface TokenRow {
  readonly id: number;
  readonly name: string;
  readonly scopes: string[];
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
  readonly expiresAt: Instant | null;
}

/**
 * Makes a token for a program that acts in this person's name, within the scopes: 'all', `type:operation` or a special
 * right. It never reaches further than the person does at the moment it is used. Gives the secret, which is shown once.
 * Refuses 'token.scopeNotHeld' {scope}, 'token.noScope' and 'token.expiryPast'.
 */
export async function createToken(
  work: Work,
  of: { readonly name: string; readonly scopes: readonly string[]; readonly expiresAt?: Instant | null },
): Promise<{ id: number; token: string }> {
  refusePrograms(work.actor);
  if (of.scopes.length === 0) throw new Refusal('token.noScope');
  const foreign = of.scopes.find((scope) => !holds(work.actor, scope));
  if (foreign !== undefined) throw new Refusal('token.scopeNotHeld', { scope: foreign });
  if (of.expiresAt && msOf(of.expiresAt) <= msOf(work.now)) throw new Refusal('token.expiryPast');
  const { token, hash } = newSecret(work.company.code, tokenPrefix);
  const [row] = (await work
    .tx('api_tokens')
    .insert({
      token_hash: hash,
      user: work.actor.userId,
      name: of.name,
      scopes: JSON.stringify([...new Set(of.scopes)]),
      created_at: work.now,
      expires_at: of.expiresAt ?? null,
    })
    .returning('id')) as { id: number }[];
  return { id: row?.id ?? 0, token };
}

/** The person's own tokens that are not revoked. */
export async function listTokens(work: Work): Promise<TokenRow[]> {
  const rows = (await work
    .tx('api_tokens')
    .where({ user: work.actor.userId })
    .whereNull('revoked_at')
    .orderBy('id')
    .limit(500)) as StoredToken[];
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    scopes: JSON.parse(row.scopes) as string[],
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
  }));
}

/** Ends one of the person's own tokens at once. Refuses 'record.notFound' for anybody else's. */
export async function revokeToken(work: Work, id: number): Promise<void> {
  refusePrograms(work.actor);
  const count = await work.tx('api_tokens').where({ id, user: work.actor.userId }).whereNull('revoked_at').update({ revoked_at: work.now });
  if (count !== 1) throw new Refusal('record.notFound', { type: 'apiToken', id });
}

/** A program with a token keeps no passwords, sessions or tokens: refuses 'access.sessionNeeded'. */
export function refusePrograms(actor: Actor): void {
  if (actor.tokenId !== undefined) throw new Refusal('access.sessionNeeded');
}

/** The living token behind a secret; null for anything else. */
export async function findToken(
  tx: Knex,
  token: string,
  nowMs: number,
): Promise<{ id: number; user: number; scopes: string[]; lastUsedAt: Instant | null; mark: number | null } | null> {
  const row = (await tx('api_tokens')
    .where({ token_hash: hashOf(token) })
    .whereNull('revoked_at')
    .where((where) => where.whereNull('expires_at').orWhere('expires_at', '>', instantOf(nowMs)))
    .first('api_tokens.*', tx.raw(`${markQuery} as "mark"`))) as (StoredToken & { mark: number | null }) | undefined;
  if (!row) return null;
  return { id: row.id, user: row.user, scopes: JSON.parse(row.scopes) as string[], lastUsedAt: row.last_used_at, mark: row.mark };
}

interface StoredToken {
  id: number;
  user: number;
  name: string;
  scopes: string;
  created_at: Instant;
  last_used_at: Instant | null;
  expires_at: Instant | null;
}

function holds(actor: Actor, scope: string): boolean {
  if (scope === 'all') return true;
  const [type = '', operation] = scope.split(':');
  return operation === undefined ? actor.special.has(scope) : actor.reach(type, operation as Operation) !== 'none';
}
