import type { Knex } from 'knex';
import type { Facts } from '../../shared/kernel/refusal.ts';

/** What people are told, and of which record, if of any. */
export interface ToldNotice {
  /** UTC. */
  readonly at: string;
  readonly code: string;
  readonly facts: Facts;
  readonly about?: { readonly type: string; readonly id: number };
}

/** Tells each of these people the same, once. */
export async function tellPeople(tx: Knex, people: Iterable<number>, { at, code, facts, about }: ToldNotice): Promise<void> {
  const notice = { at, code, facts: JSON.stringify(facts), type: about?.type ?? null, record_id: about?.id ?? null };
  const rows = [...new Set(people)].map((user) => ({ ...notice, user }));
  if (rows.length > 0) await tx('notices').insert(rows);
}
