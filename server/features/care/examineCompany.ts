import { existsSync, statSync } from 'node:fs';
import type { Knex } from 'knex';
import { backupFreshMs } from '../../../shared/contracts/backups.ts';
import { instantOf, msOf } from '../../../shared/kernel/days.ts';
import { clock } from '../../clock.ts';
import { newestMigration } from '../../database/migrate.ts';
import type { Store } from '../../database/store.ts';
import { pathOf } from '../files/disk.ts';

/** What was looked at, how it is, and, where it is not well, what to do; in both languages of the console. */
export interface Diagnosis {
  readonly level: 'good' | 'warning' | 'bad';
  readonly what: string;
  readonly advice?: string;
}

export const good = (what: string): Diagnosis => ({ level: 'good', what });
export const warning = (what: string, advice: string): Diagnosis => ({ level: 'warning', what, advice });
export const bad = (what: string, advice: string): Diagnosis => ({ level: 'bad', what, advice });

const clockMs = 5 * 60_000;

/** A company by its name, with its folder, and what to do when its data is lost. */
interface Named {
  readonly name: string;
  readonly folder: string;
  readonly restore: string;
}

/** Looks at a company's database, its files, its newest backup, and whether the clock went on since it was written last; changes nothing. */
export function examineCompany(store: Store, { name, folder, restore }: Named): Promise<Diagnosis[]> {
  return store.read(async (tx) => {
    const found: Diagnosis[] = [];
    const [last] = (await tx('migrations').max({ number: 'number' })) as { number: number }[];
    if ((last?.number ?? 0) > newestMigration)
      return [bad(`${name}: 数据库比程序新 · the database is newer than the program`, '安装较新的版本 · install the newer release')];
    const findings = await store.dialect.integrity(tx);
    found.push(
      findings.length > 0
        ? bad(`${name}: 数据库已损坏 · the database is damaged: ${findings.slice(0, 3).join('; ')}`, restore)
        : good(`${name}: 数据库完好 · the database is whole`),
    );
    found.push(await ofFiles(tx, { name, folder, restore }), await ofBackups(tx, name), await ofClock(tx, name));
    return found;
  });
}

async function ofFiles(tx: Knex, { name, folder, restore }: Named): Promise<Diagnosis> {
  const rows = (await tx('files').orderBy('id').select('hash', 'name', 'size')) as { hash: string; name: string; size: number }[];
  const missing = rows.filter(({ hash, size }) => {
    const path = pathOf({ folder }, hash);
    return !existsSync(path) || statSync(path).size !== size;
  });
  if (missing.length === 0) return good(`${name}: 附件齐全 · all files are there: ${rows.length}`);
  const names = missing.slice(0, 3).map((file) => file.name);
  return bad(`${name}: 缺少附件 · files are missing: ${missing.length} (${names.join(', ')})`, restore);
}

async function ofBackups(tx: Knex, name: string): Promise<Diagnosis> {
  const newest = (await tx('backups').where({ state: 'good' }).orderBy('finished_at', 'desc').first('finished_at', 'name')) as
    | { finished_at: string; name: string }
    | undefined;
  const advice = '立即备份并检查备份文件夹 · make a backup now (tradepost backup) and look at the backup folder';
  if (!newest) return warning(`${name}: 尚无备份 · no backup yet`, advice);
  const what = `${name}: 最近的有效备份 · newest proven backup: ${newest.finished_at} ${newest.name}`;
  return clock.now() - msOf(newest.finished_at) > backupFreshMs ? bad(what, advice) : good(what);
}

/** What was written last tells the earliest moment it can be now. */
async function ofClock(tx: Knex, name: string): Promise<Diagnosis> {
  const row = (await tx('audit').orderBy('seq', 'desc').first('at')) as { at: string } | undefined;
  const now = instantOf(clock.now());
  if (row && msOf(row.at) - clock.now() > clockMs)
    return bad(`${name}: 时钟落后 · the clock is behind: ${now}, last written ${row.at}`, '校准本机时间 · set the clock of this machine');
  return good(`${name}: 时钟 · clock: ${now}`);
}
