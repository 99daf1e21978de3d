import type { Dialect } from '../store.ts';
import type { ColumnSpec, IndexSpec, TableSpec } from '../tableSpec.ts';

/** How an engine spells what a table is made of. */
export interface Spelling {
  readonly types: Readonly<Record<ColumnSpec['type'], string>>;
  /** Of the key that counts up. */
  readonly counter: string;
  /** After the closing bracket. */
  readonly ending: string;
}

/** The statements that make a table and its indexes; triggers and search index are the engine's own matter. */
export function createTableSql(table: TableSpec, spelling: Spelling): string[] {
  const pieces = [
    ...table.columns.map((column) =>
      isCounter(table, column) ? `${quoted(column.name)} ${spelling.counter}` : columnSql(column, spelling),
    ),
    ...(table.countsUp ? [] : [`primary key (${table.primaryKey.map(quoted).join(', ')})`]),
    ...(table.rowsOf ? [`foreign key ("parent") references ${quoted(table.rowsOf)} ("id") on delete cascade`] : []),
  ];
  const create = `create table ${quoted(table.name)} (${pieces.join(', ')})${spelling.ending}`;
  return [create, ...table.indexes.map((index) => createIndexSql(table.name, index))];
}

function createIndexSql(table: string, index: IndexSpec): string {
  const columns = index.columns.map(quoted).join(', ');
  const where = index.where ? ` where ${index.where}` : '';
  return `create ${index.unique ? 'unique ' : ''}index ${quoted(index.name)} on ${quoted(table)} (${columns})${where}`;
}

/** What changes a table that is there. A column that is added to one with rows must allow null or have a default. */
export const tableChanges = (spelling: Spelling): Pick<Dialect, 'addColumn' | 'createIndex' | 'dropIndex'> => ({
  addColumn: async (tx, table, column) => {
    await tx.raw(`alter table ${quoted(table)} add column ${columnSql(column, spelling)}`);
  },
  createIndex: async (tx, table, index) => {
    await tx.raw(createIndexSql(table, index));
  },
  dropIndex: async (tx, index) => {
    await tx.raw(`drop index ${quoted(index.name)}`);
  },
});

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const searchTableOf = (table: string): string => `${table}_search`;

/** The columns of an index as the engine wrote them down: `create index … (a, b)`. */
export const columnsIn = (sql: string): string[] =>
  (/\(([^()]*)\)/.exec(sql)?.[1] ?? '').split(',').map((name) => name.trim().replaceAll('"', ''));

/** The condition of a partial index as it was asked for; engines add brackets and capitals of their own. */
export const whereIn = (sql: string): string | null => / where (.+)$/i.exec(sql)?.[1]?.toLowerCase().replace(/[()]/g, '') ?? null;

function columnSql(column: ColumnSpec, spelling: Spelling): string {
  const nullable = column.nullable ? '' : ' not null';
  const value = column.default === null ? '' : ` default ${column.default}`;
  return `${quoted(column.name)} ${spelling.types[column.type]}${nullable}${value}`;
}

const isCounter = (table: TableSpec, column: ColumnSpec): boolean => table.countsUp && table.primaryKey[0] === column.name;
