import type { Migration, MigrationStep } from './migration.ts';
import { migrations as known } from './migrations/index.ts';
import { readColumn, readIndex, readTable, type TableSpec } from './tableSpec.ts';

/** The tables of a database that has seen these migrations, those of this program unless said. Written SQL changes rows, never tables. */
export function tablesAfter(migrations: readonly Migration[] = known): TableSpec[] {
  const tables = new Map<string, TableSpec>();
  for (const step of migrations.flatMap(({ steps }) => steps)) take(tables, step);
  return [...tables.values()];
}

function take(tables: Map<string, TableSpec>, step: MigrationStep): void {
  if ('createTable' in step) {
    const table = readTable(step.createTable);
    tables.set(table.name, table);
  } else if ('addColumn' in step) {
    change(tables, step.to, ({ columns }) => ({ columns: [...columns, readColumn(step.addColumn)] }));
  } else if ('createSearchIndex' in step) {
    change(tables, step.createSearchIndex, () => ({ searched: true }));
  } else if ('createIndex' in step) {
    const index = readIndex(step.createIndex);
    if (index) change(tables, step.on, ({ indexes }) => ({ indexes: [...indexes, index] }));
  } else if ('dropIndex' in step) {
    for (const name of tables.keys())
      change(tables, name, ({ indexes }) => ({ indexes: indexes.filter((index) => index.name !== step.dropIndex) }));
  }
}

function change(tables: Map<string, TableSpec>, name: string, to: (table: TableSpec) => Partial<TableSpec>): void {
  const table = tables.get(name);
  if (!table) throw new Error(`No migration has made a table ${name}`);
  tables.set(name, { ...table, ...to(table) });
}
