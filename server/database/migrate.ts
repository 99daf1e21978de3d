import type { Knex } from 'knex';
import { instantOf } from '../../shared/kernel/days.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { clock } from '../clock.ts';
import type { Migration, MigrationStep } from './migration.ts';
import { migrations as known } from './migrations/index.ts';
import type { Dialect, Store } from './store.ts';
import { readColumn, readIndex, readTable } from './tableSpec.ts';

/** The last migration this program knows. */
export const newestMigration = known.at(-1)?.number ?? 0;

/**
 * Takes every migration the database has not seen, in one transaction: all of them or none. Refuses 'database.newer'
 * {found, known} when the database has seen migrations that this program does not know, and changes nothing.
 */
export async function migrate(store: Pick<Store, 'write' | 'dialect'>, migrations: readonly Migration[] = known): Promise<void> {
  await store.write(async (tx) => {
    await store.dialect.holdSchema(tx);
    const last = await lastMigration(tx);
    const newest = migrations.at(-1)?.number ?? 0;
    if (last > newest) throw new Refusal('database.newer', { found: last, known: newest });
    for (const migration of migrations.filter((one) => one.number > last)) {
      for (const step of migration.steps) await take(tx, store.dialect, step);
      await tx('migrations').insert({ number: migration.number, name: migration.name, at: instantOf(clock.now()) });
    }
  });
}

async function lastMigration(tx: Knex): Promise<number> {
  if (!(await tx.schema.hasTable('migrations'))) return 0;
  const row = (await tx('migrations').max({ last: 'number' }).first()) as { last: number | null } | undefined;
  return row?.last ?? 0;
}

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
