import { startOfDay } from '../../../shared/kernel/days.ts';
import { type Facts, Refusal } from '../../../shared/kernel/refusal.ts';
import { tellPeople } from '../../access/notices.ts';
import { administratorsHere } from '../../access/people.ts';
import { writeAudit } from '../../engine/audit.ts';
import { transact } from '../../engine/transact.ts';
import type { Actor, Company, Work } from '../../work.ts';
import { noteRowsOut } from '../reading/noteReading.ts';
import { parameterOf } from '../settings/companySettings.ts';

export interface Export {
  readonly type: string;
  readonly recordId?: number;
  /** So many rows leave the house; what else is known of them stands beside it. */
  readonly changes: Readonly<Record<string, unknown>> & { readonly rows: number };
}

/**
 * Puts on record that rows leave the house, before they do: who, from where, with which device, how many of what. Refuses
 * 'export.dayLimit' {rows, used, most} where the company lets a person, or one who is leaving, take out so many a day;
 * administrators are not counted.
 */
export async function noteExport(work: Work, { type, recordId = 0, changes }: Export): Promise<void> {
  const most = await rowsPerDay(work);
  if (most > 0 && !work.actor.administrator) {
    const used = await rowsToday(work);
    if (used + changes.rows > most) throw new Refusal('export.dayLimit', { rows: changes.rows, used, most });
  }
  await noteRowsOut(work, changes.rows);
  await writeAudit(work, { action: 'export', type, recordId, changes });
}

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

/** How many rows the actor has taken out since midnight. */
async function rowsToday(work: Work): Promise<number> {
  const lines = (await work
    .tx('audit')
    .where({ actor: work.actor.userId, action: 'export' })
    .where('at', '>=', startOfDay(work.today, work.company.timeZone))
    .select('changes')) as { changes: string | null }[];
  return lines.reduce((sum, { changes }) => sum + Number((JSON.parse(changes ?? '{}') as { rows?: number }).rows ?? 0), 0);
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
