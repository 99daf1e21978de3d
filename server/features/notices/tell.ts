import type { Definition } from '../../../shared/kernel/definition.ts';
import type { Facts } from '../../../shared/kernel/refusal.ts';
import { loadActor } from '../../access/rights.ts';
import { canSee } from '../../access/visibility.ts';
import type { Actor, Work } from '../../work.ts';

export interface Notice {
  readonly user: number;
  readonly code: string;
  readonly facts: Facts;
  readonly definition: Definition;
  readonly record: number;
}

/** Tells people of records, each of whom hears only of what they may see. Gives how many notices were written. */
export async function tellThose(work: Work, notices: readonly Notice[]): Promise<number> {
  const actors = new Map<number, Actor | null>();
  let told = 0;
  for (const { user, code, facts, definition, record } of notices) {
    if (!actors.has(user)) actors.set(user, await loadActor(work.tx, work.company.catalogue, user).catch(() => null));
    const actor = actors.get(user);
    if (!actor || !(await canSee({ ...work, actor }, definition, record))) continue;
    await work.tx('notices').insert({ user, at: work.now, code, facts: JSON.stringify(facts), type: definition.type, record_id: record });
    told += 1;
  }
  return told;
}
