import type { Knex } from 'knex';
import type { ColumnSpec, IndexSpec, TableSpec } from '../tableSpec.ts';
import { columnsIn, searchTableOf, whereIn } from './tableSql.ts';

type ColumnInfo = { table: string; name: string; type: string; is_nullable: string; column_default: string | null; is_identity: string };
type KeyColumn = { table: string; name: string };
type ParentInfo = { table: string; parent: string };
type IndexInfo = { table: string; name: string; sql: string };
type TriggerInfo = { table: string; name: string };

/** Reads the tables of the current schema of a PostgreSQL database as they are. */
export async function readPostgresTables(tx: Knex): Promise<TableSpec[]> {
  const columns = await rowsOf<ColumnInfo>(tx, columnQuery);
  const keys = await rowsOf<KeyColumn>(tx, keyQuery);
  const parents = await rowsOf<ParentInfo>(tx, parentQuery);
  const indexes = await rowsOf<IndexInfo>(tx, indexQuery);
  const triggers = await rowsOf<TriggerInfo>(tx, triggerQuery);
  const names = [...new Set(columns.map((column) => column.table))];
  return names
    .filter((name) => !names.some((other) => searchTableOf(other) === name))
    .map((name) => ({
      name,
      columns: columns.filter((column) => column.table === name).map(columnFrom),
      primaryKey: keys.filter((key) => key.table === name).map((key) => key.name),
      countsUp: columns.some((column) => column.table === name && column.is_identity === 'YES'),
      indexes: indexes.filter((index) => index.table === name).map(indexFrom),
      rowsOf: parents.find((parent) => parent.table === name)?.parent ?? null,
      appendOnly: triggers.some((trigger) => trigger.table === name && trigger.name === `${name}_no_change`),
      searched: names.includes(searchTableOf(name)),
    }));
}

async function rowsOf<R>(tx: Knex, sql: string): Promise<R[]> {
  return ((await tx.raw(sql)) as { rows: R[] }).rows;
}

const columnQuery = `
  select table_name as "table", column_name as name, data_type as type, is_nullable, column_default, is_identity
  from information_schema.columns where table_schema = current_schema() order by table_name, ordinal_position`;

const keyQuery = `
  select c.relname as "table", a.attname as name
  from pg_constraint k join pg_class c on c.oid = k.conrelid
  cross join lateral unnest(k.conkey) with ordinality as u(attnum, place)
  join pg_attribute a on a.attrelid = c.oid and a.attnum = u.attnum
  where k.contype = 'p' and c.relnamespace = current_schema()::regnamespace order by c.relname, u.place`;

const parentQuery = `
  select c.relname as "table", p.relname as parent
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
  where k.contype = 'f' and k.confdeltype = 'c' and c.relnamespace = current_schema()::regnamespace`;

// Indexes that belong to a primary key are told by it.
const indexQuery = `
  select t.relname as "table", i.relname as name, pg_get_indexdef(i.oid) as sql
  from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
  where t.relnamespace = current_schema()::regnamespace and not x.indisprimary order by i.oid`;

const triggerQuery = `
  select c.relname as "table", g.tgname as name from pg_trigger g join pg_class c on c.oid = g.tgrelid
  where c.relnamespace = current_schema()::regnamespace and not g.tgisinternal`;

function columnFrom(column: ColumnInfo): ColumnSpec {
  return {
    name: column.name,
    type: column.type === 'text' ? 'text' : 'integer',
    nullable: column.is_nullable === 'YES',
    default: column.column_default === null ? null : Number(/-?\d+/.exec(column.column_default)?.[0]),
  };
}

function indexFrom({ name, sql }: IndexInfo): IndexSpec {
  return { name, columns: columnsIn(sql), unique: /^create unique/i.test(sql), where: whereIn(sql) };
}
