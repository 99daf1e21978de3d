import type { Knex } from 'knex';
import type { ColumnSpec, IndexSpec, TableSpec } from '../tableSpec.ts';
import { columnsIn, quoted, searchTableOf, whereIn } from './tableSql.ts';

type Entry = { type: string; name: string; tbl_name: string; sql: string | null };
type ColumnInfo = { name: string; type: string; notnull: number; dflt_value: string | null; pk: number };

/** Reads the tables of a SQLite database as they are. */
export async function readSqliteTables(tx: Knex): Promise<TableSpec[]> {
  const entries = (await tx.raw('select type, name, tbl_name, sql from sqlite_master order by rowid')) as Entry[];
  const searched = new Set(entries.filter((entry) => /^create virtual table/i.test(entry.sql ?? '')).map((entry) => entry.name));
  const isShadow = (name: string): boolean => [...searched].some((search) => name.startsWith(search));
  const tables = entries.filter((entry) => entry.type === 'table' && !isShadow(entry.name) && !entry.name.startsWith('sqlite_'));
  const found: TableSpec[] = [];
  for (const { name, sql } of tables) {
    const columns = (await tx.raw(`pragma table_info(${quoted(name)})`)) as ColumnInfo[];
    const [parent] = (await tx.raw(`pragma foreign_key_list(${quoted(name)})`)) as { table: string; on_delete: string }[];
    const belonging = entries.filter((entry) => entry.tbl_name === name);
    found.push({
      name,
      columns: columns.map(columnFrom),
      primaryKey: columns
        .filter((column) => column.pk > 0)
        .sort((a, b) => a.pk - b.pk)
        .map((column) => column.name),
      countsUp: /autoincrement/i.test(sql ?? ''),
      indexes: belonging.filter((entry) => entry.type === 'index' && entry.sql !== null).map(indexFrom),
      rowsOf: parent?.on_delete === 'CASCADE' ? parent.table : null,
      appendOnly: ['update', 'delete'].every((deed) => belonging.some((entry) => entry.name === `${name}_no_${deed}`)),
      searched: searched.has(searchTableOf(name)),
    });
  }
  return found;
}

function columnFrom(column: ColumnInfo): ColumnSpec {
  return {
    name: column.name,
    type: column.type.toLowerCase() === 'text' ? 'text' : 'integer',
    nullable: column.notnull === 0,
    default: column.dflt_value === null ? null : Number(column.dflt_value),
  };
}

function indexFrom(entry: Entry): IndexSpec {
  const sql = entry.sql ?? '';
  return { name: entry.name, columns: columnsIn(sql), unique: /^create unique/i.test(sql), where: whereIn(sql) };
}
