import type { Definition, Part } from '../../shared/kernel/definition.ts';
import type { Field, Fields } from '../../shared/kernel/fields.ts';
import { systemTables } from './systemTables.ts';
import type { ColumnSpec, IndexSpec, TableSpec } from './tableSpec.ts';

/** Every table a server with these definitions needs: theirs and the system's own. */
export function tablesFor(definitions: readonly Definition[]): TableSpec[] {
  const tables = [...definitions.flatMap(tablesOf), ...systemTables];
  const twice = tables.find((table, index) => tables.findIndex((other) => other.name === table.name) !== index);
  if (twice) throw new Error(`Two tables are called ${twice.name}`);
  return tables;
}

/** The table of a definition and one for each of its parts. */
export function tablesOf(definition: Definition): TableSpec[] {
  return [recordTable(definition), ...Object.entries(definition.parts).map(([name, part]) => partTable(definition, name, part))];
}

/** `salesOrder` → `sales_orders`. */
export const tableOf = (definition: Definition): string => pluralOf(snakeOf(definition.type));

/** `salesOrder`, `lines` → `sales_order_lines`. */
export const partTableOf = (definition: Definition, part: string): string => `${snakeOf(definition.type)}_${snakeOf(part)}`;

/** `grossPrice` → `gross_price`. */
export const columnOf = (field: string): string => snakeOf(field);

/** The column beside a text field that lists in phone book order are sorted by. */
export const sortColumnOf = (field: string): string => `${snakeOf(field)}_sort`;

/** Whether records of the type are found by words: some field of it or of its rows is searched. */
export const isSearched = (definition: Definition): boolean =>
  [definition.fields, ...Object.values(definition.parts).map((part) => part.fields)].some((fields) => searchedFields(fields).length > 0);

/** The searched fields whose own text goes into the index. A searched link is answered by the index of what it points to. */
export const searchedFields = (fields: Fields): [string, Field][] =>
  Object.entries(fields).filter(([, field]) => field.search !== undefined && field.kind !== 'link' && field.kind !== 'dictionary');

// The column is named too, so that only a query that asks for it is tempted to read the whole table by way of its index.
const livingWith = (column: string): string => `deleted_at is null and ${column} is not null`;

function recordTable(definition: Definition): TableSpec {
  const name = tableOf(definition);
  const columns = [
    column('id', 'integer'),
    column('version', 'integer'),
    ...(definition.states ? [column('state', 'text')] : []),
    ...fieldColumns(definition.fields),
    ...(definition.duplicates ? [column('fold_key', 'text', true)] : []),
    ...(definition.duplicates?.near ? [column('near_key', 'text', true)] : []),
    column('extra', 'text', true),
    column('created_at', 'text'),
    column('created_by', 'integer'),
    column('changed_at', 'text'),
    column('changed_by', 'integer'),
    column('deleted_at', 'text', true),
    column('deleted_by', 'integer', true),
  ];
  return checked({
    name,
    columns,
    primaryKey: ['id'],
    countsUp: true,
    indexes: recordIndexes(definition, name),
    rowsOf: null,
    appendOnly: false,
    searched: isSearched(definition),
  });
}

function recordIndexes(definition: Definition, table: string): IndexSpec[] {
  const fields = Object.entries(definition.fields);
  const sortedFirst = definition.sort[0]?.field;
  const isPlain = ([name, field]: [string, Field]): boolean => !isSorted(field) && (field.indexed === true || name === sortedFirst);
  return [
    ...fields.filter(([, field]) => field.unique).map(([field]) => index(table, [columnOf(field)], { unique: true })),
    ...(definition.duplicates ? [index(table, ['fold_key'], { unique: true })] : []),
    ...(definition.duplicates?.near ? [index(table, ['near_key', 'id'])] : []),
    ...fields.filter(isPlain).map(([field]) => index(table, [columnOf(field), 'id'])),
    ...fields.filter(([, field]) => isSorted(field)).map(([field]) => index(table, [sortColumnOf(field), 'id'])),
    ...(definition.states ? [index(table, ['state', 'id'])] : []),
    // The picker offers what was used last.
    ...(isSearched(definition) && definition.kind === 'record' ? [index(table, ['changed_at', 'id'])] : []),
  ];
}

function partTable(definition: Definition, part: string, { fields }: Part): TableSpec {
  const name = partTableOf(definition, part);
  const indexed = Object.entries(fields).filter(([, field]) => field.indexed);
  return checked({
    name,
    columns: [
      column('id', 'integer'),
      column('parent', 'integer'),
      column('row_order', 'integer'),
      ...fieldColumns(fields),
      column('extra', 'text', true),
    ],
    primaryKey: ['id'],
    countsUp: true,
    indexes: [index(name, ['parent', 'row_order']), ...indexed.map(([field]) => index(name, [columnOf(field), 'id']))],
    rowsOf: tableOf(definition),
    appendOnly: false,
    searched: false,
  });
}

function fieldColumns(fields: Fields): ColumnSpec[] {
  return Object.entries(fields).flatMap(([name, field]) => [
    field.kind === 'flag'
      ? { ...column(columnOf(name), 'integer'), default: field.default ? 1 : 0 }
      : column(columnOf(name), columnTypeOf(field), true),
    ...(isSorted(field) ? [column(sortColumnOf(name), 'text', true)] : []),
  ]);
}

/** Text that lists sort by pinyin. */
export const isSorted = (field: Field): boolean => field.kind === 'text' && field.sorted !== undefined;

function columnTypeOf(field: Field): ColumnSpec['type'] {
  return ['text', 'note', 'day', 'instant', 'choice'].includes(field.kind) ? 'text' : 'integer';
}

const column = (name: string, type: ColumnSpec['type'], nullable = false): ColumnSpec => ({ name, type, nullable, default: null });

function index(table: string, columns: readonly string[], { unique = false } = {}): IndexSpec {
  return {
    name: [table, ...columns, ...(unique ? ['unique'] : [])].join('_'),
    columns,
    unique,
    where: unique && columns[0] ? livingWith(columns[0]) : null,
  };
}

function checked(table: TableSpec): TableSpec {
  const names = table.columns.map((one) => one.name);
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  if (twice) throw new Error(`${table.name} has two columns called ${twice}`);
  return table;
}

// Asked for every field of every row that is written; there are a few hundred names in all.
const snakes = new Map<string, string>();

function snakeOf(name: string): string {
  let snake = snakes.get(name);
  if (snake === undefined) {
    snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    snakes.set(name, snake);
  }
  return snake;
}

function pluralOf(name: string): string {
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}
