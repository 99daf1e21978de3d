import type { AddressRules } from '../../../shared/contracts/addressRules.ts';
import type { DoorsWhatIf } from '../../../shared/contracts/whatIf.ts';
import { instantOf, msOf } from '../../../shared/kernel/days.ts';
import { compileRules, judge } from '../../access/addressRules.ts';
import { loadPeople } from '../../access/people.ts';
import { rulesAt, safetyOf } from '../../access/safety.ts';
import type { Work } from '../../work.ts';
import { personSeen } from './whyRecord.ts';

const lookedBackMs = 30 * 24 * 60 * 60_000;
const rowsMax = 500;

/** Who would be let in otherwise at this moment by other address rules, from each address they came in from in the last thirty days. */
export async function doorsWhatIf(work: Work, rules: AddressRules): Promise<DoorsWhatIf> {
  const nowMs = msOf(work.now);
  const [before, after] = [rulesAt(await safetyOf(work.company), nowMs), compileRules(rules)];
  const doors = await recentDoors(work);
  const people = await loadPeople(work.tx, [...new Set(doors.map(({ user }) => user))]);
  const rows: DoorsWhatIf['rows'][number][] = [];
  for (const { user, address, department } of doors) {
    const person = people.get(user);
    if (!person) continue;
    const at = { address, nowMs, timeZone: work.company.timeZone };
    const admissions = { before: judge(before, person, at).admission, after: judge(after, person, at).admission };
    if (admissions.before !== admissions.after) rows.push({ person: personSeen(person, department), address, ...admissions });
  }
  return { rows };
}

async function recentDoors(work: Work): Promise<{ user: number; address: string; department: string }[]> {
  return (await work
    .tx('sign_ins')
    .join('users', 'users.id', 'sign_ins.user')
    .leftJoin('departments', 'departments.id', 'users.department')
    .where({ 'users.employment': 'employed' })
    .whereNull('users.deleted_at')
    .whereIn('sign_ins.result', ['signedIn', 'address'])
    .whereNotNull('sign_ins.address')
    .where('sign_ins.at', '>=', instantOf(msOf(work.now) - lookedBackMs))
    .groupBy('sign_ins.user', 'sign_ins.address', 'departments.name')
    .orderBy('sign_ins.user')
    .orderBy('sign_ins.address')
    .limit(rowsMax)
    .select('sign_ins.user', 'sign_ins.address', { department: 'departments.name' })) as {
    user: number;
    address: string;
    department: string;
  }[];
}
