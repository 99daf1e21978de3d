import type { SeerLine, SeersAnswer } from '../../../shared/contracts/explaining.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { canSee, groundsOn, refuseUnlessSeen } from '../../access/visibility.ts';
import type { Work } from '../../work.ts';
import { peopleKept } from './peopleKept.ts';
import { asPerson, groundsToSay, personSeen } from './whyRecord.ts';

const pageMax = 50;

/** Everybody who can see a record, among the people whom the asker keeps, each with the reason: 50 at a time. Refuses 'record.notFound' and 'access.denied'. */
export async function whoSees(work: Work, definition: Definition, id: number, after = 0): Promise<SeersAnswer> {
  await refuseUnlessSeen(work, definition, id);
  const rows: SeerLine[] = [];
  for (const { person, department } of await peopleKept(work, (users) => users.where('users.id', '>', after))) {
    const as = asPerson(work, person);
    // Without any reach nothing is found: that need not be asked.
    if (as.actor.reach(definition.type, 'read') === 'none' || !(await canSee(as, definition, id))) continue;
    const grounds = await groundsToSay(work, person, definition, id, await groundsOn(as, definition, id, 'read'));
    const mayChange = definition.operations.includes('change') && (await canSee(as, definition, id, 'change'));
    rows.push({ ...personSeen(person, department), grounds, mayChange });
    if (rows.length === pageMax) return { rows, next: person.userId };
  }
  return { rows, next: null };
}
