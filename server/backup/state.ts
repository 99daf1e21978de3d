import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type {
  BackupCopy,
  BackupLine,
  BackupListAnswer,
  BackupRefusal,
  BackupStanding,
  BackupsAnswer,
} from '../../shared/contracts/backups.ts';
import { type Day, dayOf, type Instant } from '../../shared/kernel/days.ts';
import type { Facts } from '../../shared/kernel/refusal.ts';
import type { Work } from '../work.ts';
import { backupFolderOf } from './backUp.ts';
import { planOf } from './backupPlan.ts';
import { encryptionOf } from './passphrase.ts';
import { type BackupRow, missedDays, nextDue } from './plan.ts';
import { runningOf } from './running.ts';
import { secondOf } from './secondFolder.ts';
import { standingOf } from './standing.ts';

/** Everything the page of backups shows but the list. */
export async function backupsState(work: Work): Promise<BackupsAnswer> {
  const { company, now } = work;
  const { plan, version } = await planOf(work);
  const { began, newest, standing } = await look(work);
  const rows = await latestDays(work);
  const timed = { timeZone: company.timeZone, at: plan.at };
  return {
    standing: company.practice ? unasked : standing,
    running: runningOf(company),
    newest,
    next: nextDue(timed, now, rows),
    missed: company.practice ? [] : missedDays(timed, now, { began: dayOf(began, company.timeZone), rows }),
    plan,
    planVersion: version,
    folder: backupFolderOf(company),
    second: await secondState(work),
    encryption: await encryptionOf(work),
    lastOnDisk: await lastCopy(work, { target: 'removable' }),
  };
}

/** How the backups of a company stand, in one sign. */
export const backupStanding = async (work: Work): Promise<BackupStanding> =>
  work.company.practice ? unasked : (await look(work)).standing;

/** Nothing is missing where no backup is made. */
const unasked: BackupStanding = { signal: 'waiting', warnings: [] };

async function look(work: Work): Promise<{ began: Instant; newest: BackupLine | null; standing: BackupStanding }> {
  const { now } = work;
  const { plan } = await planOf(work);
  const [newest = null] = await linesOf(work, work.tx('backups').where({ state: 'good' }).orderBy('id', 'desc').limit(1));
  const [last = null] = await linesOf(work, work.tx('backups').whereIn('state', ['good', 'failed']).orderBy('id', 'desc').limit(1));
  const { began } = (await work.tx('migrations').min({ began: 'at' }).first()) as { began: Instant };
  const away = (await work.tx('backup_copies').where({ state: 'good' }).max({ at: 'at' }).first()) as { at: Instant | null } | undefined;
  const second = (await secondOf(work))?.folder ?? null;
  return { began, newest, standing: standingOf({ now, began, newest, last, plan, second, awayAt: away?.at ?? null }) };
}

/** The second folder and what was last copied there, or tried. */
async function secondState(work: Work): Promise<BackupsAnswer['second']> {
  const second = await secondOf(work);
  return second && { folder: second.folder, last: await lastCopy(work, { target: 'second', place: second.folder }) };
}

async function lastCopy(work: Work, which: { target: BackupCopy['target']; place?: string }): Promise<BackupCopy | null> {
  const row = await work.tx('backup_copies').where(which).orderBy('at', 'desc').orderBy('id', 'desc').first();
  return row ? copyFrom(row as StoredCopy) : null;
}

/** What `nextDue` and `missedDays` look back at: a month and some days. */
async function latestDays(work: Work): Promise<BackupRow[]> {
  const rows = await work
    .tx('backups')
    .orderBy('id', 'desc')
    .limit(500)
    .select('id', 'day', 'kind', 'name', 'state', { finishedAt: 'finished_at' });
  return rows as BackupRow[];
}

const pageMax = 50;

/** Backups that were made or tried, the newest first, 50 at a time. */
export async function listBackups(work: Work, after: number | undefined): Promise<BackupListAnswer> {
  const query = work
    .tx('backups')
    .orderBy('id', 'desc')
    .limit(pageMax + 1);
  if (after !== undefined) query.where('id', '<', after);
  const rows = await linesOf(work, query);
  const shown = rows.slice(0, pageMax);
  return { rows: shown, next: rows.length > pageMax ? (shown.at(-1)?.id ?? null) : null };
}

interface StoredBackup {
  readonly id: number;
  readonly day: Day;
  readonly kind: BackupLine['kind'];
  readonly name: string;
  readonly state: BackupLine['state'];
  readonly bytes: number | null;
  readonly rows: number | null;
  readonly files: number | null;
  readonly encrypted: number | null;
  readonly started_at: Instant;
  readonly finished_at: Instant;
  readonly actor: number | null;
  readonly refusal: string | null;
  readonly facts: string | null;
}

async function linesOf(work: Work, query: PromiseLike<unknown>): Promise<BackupLine[]> {
  const rows = (await query) as StoredBackup[];
  const copies = await copiesOf(
    work,
    rows.map(({ id }) => id),
  );
  const actors = rows.flatMap(({ actor }) => actor ?? []);
  const names = (await work.tx('users').whereIn('id', actors).select('id', 'name')) as { id: number; name: string }[];
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  return rows.map((row) => ({
    id: row.id,
    day: row.day,
    kind: row.kind,
    name: row.name,
    state: row.state,
    isThere: existsSync(join(backupFolderOf(work.company), row.name)),
    isEncrypted: row.encrypted === 1,
    bytes: row.bytes,
    rows: row.rows,
    files: row.files,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    by: row.actor === null ? null : (nameOf.get(row.actor) ?? null),
    refusal: refusalOf(row),
    copies: copies.get(row.id) ?? [],
  }));
}

const refusalOf = ({ refusal, facts }: { refusal: string | null; facts: string | null }): BackupRefusal | null =>
  refusal === null ? null : { code: refusal, facts: JSON.parse(facts ?? '{}') as Facts };

interface StoredCopy {
  readonly backup: number;
  readonly target: BackupCopy['target'];
  readonly place: string;
  readonly state: BackupCopy['state'];
  readonly at: Instant;
  readonly refusal: string | null;
  readonly facts: string | null;
}

/** The last word about every place a backup was copied to. */
async function copiesOf(work: Work, backups: readonly number[]): Promise<Map<number, BackupCopy[]>> {
  const rows = (await work.tx('backup_copies').whereIn('backup', backups).orderBy('id', 'desc')) as StoredCopy[];
  const copies = new Map<number, BackupCopy[]>();
  for (const row of rows) {
    const { target, place } = row;
    const known = copies.get(row.backup) ?? [];
    const isLater = known.some((copy) => copy.target === target && copy.place === place);
    if (!isLater) copies.set(row.backup, [...known, copyFrom(row)]);
  }
  return copies;
}

const copyFrom = (row: StoredCopy): BackupCopy => ({
  target: row.target,
  place: row.place,
  state: row.state,
  at: row.at,
  refusal: refusalOf(row),
});
