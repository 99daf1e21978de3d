import type { Knex } from 'knex';
import { departmentsKept } from '../../access/delegation.ts';
import { loadPeople, type Person } from '../../access/people.ts';
import type { Work } from '../../work.ts';

/** Somebody with what their department is called. */
export interface KeptPerson {
  readonly person: Person;
  readonly department: string;
}

/** Those of the people who work here and whom the asker keeps that `narrow` leaves, by their ids. Refuses 'access.denied'. */
export async function peopleKept(work: Work, narrow: (users: Knex.QueryBuilder) => unknown): Promise<KeptPerson[]> {
  const kept = departmentsKept(work);
  const query = work
    .tx('users')
    .leftJoin('departments', 'departments.id', 'users.department')
    .where({ 'users.employment': 'employed' })
    .whereNull('users.deleted_at')
    .orderBy('users.id');
  if (kept) query.whereIn('users.department', [...kept]);
  narrow(query);
  const rows = (await query.select('users.id', { department: 'departments.name' })) as { id: number; department: string }[];
  const people = await loadPeople(
    work.tx,
    rows.map(({ id }) => id),
  );
  return rows.flatMap(({ id, department }) => {
    const person = people.get(id);
    return person ? [{ person, department }] : [];
  });
}
