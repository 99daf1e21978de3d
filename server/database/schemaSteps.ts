import type { MigrationStep } from './migration.ts';
import { type TableSpec, writeColumn, writeIndex, writeTable } from './tableSpec.ts';

/**
 * The steps that turn the tables that are into the tables that should be. Throws where a step would lose or rewrite what
 * people have stored (a column or table that is gone, another type): such a step is written by hand.
 */
export function stepsBetween(are: readonly TableSpec[], should: readonly TableSpec[]): MigrationStep[] {
  const known = new Map(are.map((table) => [table.name, table]));
  const gone = are.filter((table) => !should.some((one) => one.name === table.name));
  if (gone.length > 0) throw new Error(`No definition asks for ${gone.map((table) => table.name).join(', ')} any more`);
  return should.flatMap((table) => {
    const before = known.get(table.name);
    return before ? changes(before, table) : [{ createTable: writeTable(table) }];
  });
}

function changes(before: TableSpec, after: TableSpec): MigrationStep[] {
  const { name } = after;
  const gone = before.columns.filter((column) => !after.columns.some((one) => one.name === column.name));
  const altered = after.columns.filter((column) => {
    const old = before.columns.find((one) => one.name === column.name);
    return old !== undefined && writeColumn(old) !== writeColumn(column);
  });
  const unlike = [...gone, ...altered].map((column) => `${name}.${column.name}`);
  const isOther = (key: 'countsUp' | 'rowsOf' | 'appendOnly'): boolean => before[key] !== after[key];
  if (isOther('countsUp') || isOther('rowsOf') || isOther('appendOnly') || before.primaryKey.join() !== after.primaryKey.join())
    unlike.push(name);
  if (unlike.length > 0) throw new Error(`Write the migration of ${unlike.join(', ')} by hand`);

  const isIn = (table: TableSpec, text: string): boolean => table.indexes.some((index) => writeIndex(index) === text);
  const added = after.columns.filter((column) => !before.columns.some((one) => one.name === column.name));
  return [
    ...before.indexes.filter((index) => !isIn(after, writeIndex(index))).map((index) => ({ dropIndex: index.name })),
    ...added.map((column) => ({ addColumn: writeColumn(column), to: name })),
    ...after.indexes
      .map(writeIndex)
      .filter((text) => !isIn(before, text))
      .map((text) => ({ createIndex: text, on: name })),
    ...(after.searched && !before.searched ? [{ createSearchIndex: name }] : []),
  ];
}
