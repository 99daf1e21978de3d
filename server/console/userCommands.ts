import { Refusal } from '../../shared/kernel/refusal.ts';
import { hashNewPassword, setPassword } from '../access/changePassword.ts';
import { administratorsHere } from '../access/people.ts';
import { systemActor } from '../access/rights.ts';
import { loadRecords } from '../database/rows.ts';
import { writeAudit } from '../engine/audit.ts';
import { changeRecord } from '../engine/changeRecord.ts';
import { look, transact } from '../engine/transact.ts';
import { newTypedCode } from '../tls/typedCode.ts';
import type { Company, Work } from '../work.ts';

/** Somebody who may sign in, as the console lists them. */
export interface ListedUser {
  readonly login: string;
  readonly name: string;
  readonly isEmployed: boolean;
  readonly isAdministrator: boolean;
}

/** The people of a company that have a login. */
export const usersOf = (company: Company): Promise<ListedUser[]> =>
  look(company, systemActor(company), async ({ tx }) => {
    const rows = (await tx('users')
      .whereNull('deleted_at')
      .whereNotNull('login')
      .orderBy('login')
      .select('id', 'login', 'name', 'employment')) as {
      id: number;
      login: string;
      name: string;
      employment: string;
    }[];
    const powerful = new Set(await administratorsHere(tx));
    return rows.map(({ id, login, name, employment }) => ({
      login,
      name,
      isEmployed: employment === 'employed',
      isAdministrator: powerful.has(id),
    }));
  });

/**
 * Gives a person a temporary password that has to be changed at the next sign-in, ends their sessions and frees the account. Audited
 * under the program's name. Refuses 'access.unknownPerson' {user}.
 */
export async function resetPassword(company: Company, login: string): Promise<string> {
  const userId = await look(company, systemActor(company), (work) => userNamed(work, login));
  const password = `${newTypedCode()}-${newTypedCode()}`;
  const hash = await hashNewPassword(company, userId, password);
  await transact(company, systemActor(company), async (work) => {
    await setPassword(work, { userId, hash, mustChange: true });
    await writeAudit(work, { action: 'password', type: 'user', recordId: userId, changes: { console: true } });
  });
  return password;
}

/**
 * Gives a person the position of administrators, where nobody holds it any more. Audited under the program's name. Refuses
 * 'access.unknownPerson' {user}, 'access.hasAdministrator' {user} with one who is, 'access.noAdministratorPosition'.
 */
export const makeAdministrator = (company: Company, login: string): Promise<void> =>
  transact(company, systemActor(company), async (work) => {
    const userId = await userNamed(work, login);
    const [other] = await administratorsHere(work.tx);
    if (other !== undefined) {
      const { login: known } = (await work.tx('users').where({ id: other }).first('login')) as { login: string };
      throw new Refusal('access.hasAdministrator', { user: known });
    }
    const position = (await work.tx('positions').where({ administrator: 1 }).whereNull('deleted_at').orderBy('id').first('id')) as
      | { id: number }
      | undefined;
    if (!position) throw new Refusal('access.noAdministratorPosition');
    const definition = work.company.catalogue.get('user');
    const [user] = await loadRecords(work.tx, definition, [userId], { parts: true });
    const held = (user?.parts.positions ?? []).map((row) => ({ id: row.id, held: row.held }));
    await changeRecord(work, definition, userId, { version: user?.version ?? 0, parts: { positions: [...held, { held: position.id }] } });
  });

async function userNamed({ tx }: Work, login: string): Promise<number> {
  const user = (await tx('users').where({ login, employment: 'employed' }).whereNull('deleted_at').first('id')) as
    | { id: number }
    | undefined;
  if (!user) throw new Refusal('access.unknownPerson', { user: login });
  return user.id;
}
