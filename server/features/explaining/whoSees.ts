import type { SeerLine, SeersAnswer } from '../../../shared/contracts/explaining.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { departmentsKept } from '../../access/delegation.ts';
import { loadPerson } from '../../access/people.ts';
import { canSee, groundsOn, refuseUnlessSeen } from '../../access/visibility.ts';
import type { Work } from '../../work.ts';
import { asPerson, groundsToSay, personSeen } from './whyRecord.ts';

const pageMax = 50;

/** Everybody who can see a record, among the people whom the asker keeps, each with the reason: 50 at a time. Refuses 'record.notFound' and 'access.denied'. */
export async function whoSees(work: Work, definition: Definition, id: number, after = 0): Promise<SeersAnswer> {
  await refuseUnlessSeen(work, definition, id);
  const rows: SeerLine[] = [];
  for (const { id: userId, department } of await peopleKept(work, after)) {
    const person = await loadPerson(work.tx, userId);
    const as = asPerson(work, person);
    if (!(await canSee(as, definition, id))) continue;
    const grounds = await groundsToSay(work, person, definition, id, await groundsOn(as, definition, id, 'read'));
    const mayChange = definition.operations.includes('change') && (await canSee(as, definition, id, 'change'));
    rows.push({ ...personSeen(person, department), grounds, mayChange });
    if (rows.length === pageMax) return { rows, next: userId };
  }
  return { rows, next: null };
}

async function peopleKept(work: Work, after: number): Promise<{ id: number; department: string }[]> {
  const kept = departmentsKept(work);
  const query = work
    .tx('users')
    .leftJoin('departments', 'departments.id', 'users.department')
    .where({ 'users.employment': 'employed' })
    .where('users.id', '>', after)
    .whereNull('users.deleted_at')
    .orderBy('users.id');
  if (kept) query.whereIn('users.department', [...kept]);
  return (await query.select('users.id', { department: 'departments.name' })) as { id: number; department: string }[];
}
