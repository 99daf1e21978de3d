import { startOfDay } from '../../../shared/kernel/days.ts';
import { type Facts, Refusal } from '../../../shared/kernel/refusal.ts';
import { tellPeople } from '../../access/notices.ts';
import { administratorsHere } from '../../access/people.ts';
import { writeAudit } from '../../engine/audit.ts';
import { transact } from '../../engine/transact.ts';
import type { Actor, Company, Work } from '../../work.ts';
import { noteRowsOut } from '../reading/noteReading.ts';
import { parameterOf } from '../settings/companySettings.ts';

interface HandOut {
  readonly type: string;
  readonly recordId?: number;
  readonly changes: Readonly<Record<string, unknown>>;
}

export interface Export extends HandOut {
  /** So many rows leave the house; what else is known of them stands beside it. */
  readonly changes: Readonly<Record<string, unknown>> & { readonly rows: number };
}

/**
 * Puts on record that rows leave the house, before they do: who, from where, with which device, how many of what. Refuses
 * 'export.dayLimit' {rows, used, most} where the company lets a person, or one who is leaving, take out so many a day;
 * administrators are not counted.
 */
export async function noteExport(work: Work, of: Export): Promise<void> {
  const { rows } = of.changes;
  const most = await rowsPerDay(work);
  // Counted first and compared then: whoever takes out more in the same moment, here or at another process, waits for this count.
  const taken = await noteRowsOut(work, rows);
  if (most > 0 && taken > most && !work.actor.administrator) throw new Refusal('export.dayLimit', { rows, used: taken - rows, most });
  await noteHandOut(work, of);
}

/** Puts on record that something leaves the house which is not counted in rows. */
export const noteHandOut = (work: Work, { type, recordId = 0, changes }: HandOut): Promise<void> =>
  writeAudit(work, { action: 'export', type, recordId, changes });

/** The same in a transaction of its own. */
export const noteExported = (company: Company, actor: Actor, of: Export): Promise<void> =>
  transact(company, actor, (work) => noteExport(work, of));

/** How many rows the actor may take out in a day, 0 for any number: fewer once their last day is set. */
async function rowsPerDay(work: Work): Promise<number> {
  const limits = [await parameterOf<number>(work, 'parameter.exportRowsPerDay')];
  const user = (await work.tx('users').where({ id: work.actor.userId }).first('left_on')) as { left_on: string | null } | undefined;
  if (user?.left_on) limits.push(await parameterOf<number>(work, 'parameter.exportRowsLeaving'));
  return Math.min(...limits.filter((most) => most > 0), Number.MAX_SAFE_INTEGER) % Number.MAX_SAFE_INTEGER;
}

/** Tells every administrator, once a day of each person, that somebody would take out more than they may. */
export async function askForMoreRows(work: Work, by: Actor, facts: Readonly<Record<string, unknown>>): Promise<void> {
  const { rows, used, most } = facts;
  const code = 'notice.exportLimit';
  const told = await work
    .tx('notices')
    .where({ code, type: 'user', record_id: by.userId })
    .where('at', '>=', startOfDay(work.today, work.company.timeZone))
    .first('id');
  if (told) return;
  await tellPeople(work.tx, await administratorsHere(work.tx), {
    at: work.now,
    code,
    facts: { by: by.name, rows, used, most } as Facts,
    about: { type: 'user', id: by.userId },
  });
}
