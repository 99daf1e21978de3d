import { Refusal } from '../../shared/kernel/refusal.ts';
import type { Work } from '../work.ts';

/** The departments whose people the actor keeps: all (null) with the right users.manage, the own and those below for whoever they are delegated to. */
export function departmentsKept({ actor }: Pick<Work, 'actor'>): readonly number[] | null {
  if (actor.special.has('users.manage')) return null;
  if (actor.special.has('people.delegate')) return actor.departmentTree;
  throw new Refusal('access.denied', { right: 'users.manage' });
}

/** Refuses 'access.denied' unless the actor keeps people at all, and 'record.notFound' unless this one is among them. */
export async function refuseUnlessKept(work: Work, userId: number): Promise<void> {
  const kept = departmentsKept(work);
  const user = (await work.tx('users').where({ id: userId }).whereNull('deleted_at').first('department')) as
    | { department: number }
    | undefined;
  if (!user || (kept && !kept.includes(user.department))) throw new Refusal('record.notFound', { type: 'user', id: userId });
}
