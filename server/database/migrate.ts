import type { Knex } from 'knex';
import { instantOf } from '../../shared/kernel/days.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { clock } from '../clock.ts';
import { version } from '../version.ts';
import type { Following, Migration, MigrationStep } from './migration.ts';
import { migrations as known } from './migrations/index.ts';
import type { Dialect, Store } from './store.ts';
import { readColumn, readIndex, readTable } from './tableSpec.ts';

/** The last migration this program knows. */
export const newestMigration = known.at(-1)?.number ?? 0;

/**
 * Takes every migration the database has not seen, in one transaction: all of them or none. Refuses 'database.newer'
 * {found, known, version} when the database has seen migrations that this program does not know, and changes nothing; `version`
 * is the release that took the last of them.
 */
export async function migrate(
  store: Pick<Store, 'write' | 'dialect'>,
  { migrations = known, step, atEnd }: Following & { migrations?: readonly Migration[] } = {},
): Promise<void> {
  await store.write(async (tx) => {
    await store.dialect.holdSchema(tx);
    const last = await lastMigration(tx);
    refuseNewer(last, migrations);
    const pending = migrations.filter((one) => one.number > last.number);
    const all = pending.reduce((sum, { steps }) => sum + steps.length, 0);
    let done = 0;
    for (const { number, name, steps } of pending) {
      for (const one of steps) {
        await take(tx, store.dialect, one);
        done += 1;
        step?.({ migration: name, statement: firstLineOf(one), done, all });
      }
      await tx('migrations').insert({ number, name, at: instantOf(clock.now()), version });
    }
    if (pending.length > 0) await atEnd?.(tx);
  });
}

/** Where a database stands on the way that this program knows; it is only read. `empty` has seen nothing yet. Refuses 'database.newer' like migrate. */
export function schemaStanding(store: Pick<Store, 'read'>): Promise<'empty' | 'older' | 'current'> {
  return store.read(async (tx) => {
    const last = await lastMigration(tx);
    refuseNewer(last, known);
    if (last.number === 0) return 'empty';
    return last.number < newestMigration ? 'older' : 'current';
  });
}

interface Seen {
  readonly number: number;
  /** The release that took it. */
  readonly version: string | null;
}

async function lastMigration(tx: Knex): Promise<Seen> {
  const nothing = { number: 0, version: null };
  if (!(await tx.schema.hasTable('migrations'))) return nothing;
  return ((await tx('migrations').orderBy('number', 'desc').first('number', 'version')) as Seen | undefined) ?? nothing;
}

function refuseNewer(last: Seen, migrations: readonly Migration[]): void {
  const newest = migrations.at(-1)?.number ?? 0;
  if (last.number > newest) throw new Refusal('database.newer', { found: last.number, known: newest, version: last.version ?? '' });
}

const firstLineOf = (step: MigrationStep): string => Object.values(step)[0]?.trim().split('\n')[0]?.slice(0, 120) ?? '';

async function take(tx: Knex, dialect: Dialect, step: MigrationStep): Promise<void> {
  if ('createTable' in step) return dialect.createTable(tx, readTable(step.createTable));
  if ('addColumn' in step) return dialect.addColumn(tx, step.to, readColumn(step.addColumn));
  if ('createSearchIndex' in step) return dialect.createSearchIndex(tx, step.createSearchIndex);
  if ('createIndex' in step) {
    const index = readIndex(step.createIndex);
    if (!index) throw new Error(`Not an index: ${step.createIndex}`);
    return dialect.createIndex(tx, step.on, index);
  }
  if ('dropIndex' in step) await tx.raw('drop index ??', [step.dropIndex]);
  else await tx.raw(step.sql);
}
