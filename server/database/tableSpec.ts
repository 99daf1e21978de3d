/**
 * A table in words of ours, the same on every engine. All columns are whole numbers of 64 bits or text: flags are 0 and 1,
 * days, instants and JSON are text.
 */
export interface TableSpec {
  readonly name: string;
  readonly columns: readonly ColumnSpec[];
  readonly primaryKey: readonly string[];
  /** The key is one number given by the database and never given twice. */
  readonly countsUp: boolean;
  readonly indexes: readonly IndexSpec[];
  /** The table whose rows these belong to (column `parent`); they go when it goes. */
  readonly rowsOf: string | null;
  /** Rows can be added and read, never changed or deleted. */
  readonly appendOnly: boolean;
  /** An index of search tokens stands beside it. */
  readonly searched: boolean;
}

export interface ColumnSpec {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly default: number | null;
}
export type ColumnType = 'integer' | 'text';

export interface IndexSpec {
  readonly name: string;
  readonly columns: readonly string[];
  readonly unique: boolean;
  readonly where: string | null;
}

/**
 * Reads a table from text:
 *
 *     table customers
 *       id integer, name text, grade integer?, stopped integer = 0
 *       unique customers_name (name) where deleted_at is null
 *       index customers_grade_id (grade, id)
 *       searched
 *
 * `?` allows null. Without a line `primary key ledger, place` the key is `id` and counts up; `primary key seq counts up` is
 * another one that does. Other lines: `rows of customers`, `append only`.
 */
export function readTable(text: string): TableSpec {
  const [head = '', ...lines] = text
    .trim()
    .split('\n')
    .map((line) => line.trim());
  const name = /^table (\w+)$/.exec(head)?.[1];
  if (!name) throw new Error(`A table begins with its name, not with ${head}`);
  const key = lines.map((line) => /^primary key ([\w, ]+?)( counts up)?$/.exec(line)).find((match) => match !== null);
  const indexes = lines.map(readIndex).filter((index) => index !== null);
  const rowsOf = lines.map((line) => /^rows of (\w+)$/.exec(line)?.[1]).find((match) => match !== undefined) ?? null;
  return {
    name,
    columns: lines.filter((line) => !/^(primary key|index|unique|rows of|append only|searched)\b/.test(line)).flatMap(readColumns),
    primaryKey: namesIn(key?.[1] ?? 'id'),
    countsUp: key === undefined || key[2] !== undefined,
    indexes,
    rowsOf,
    appendOnly: lines.includes('append only'),
    searched: lines.includes('searched'),
  };
}

/** The text that readTable reads, with lines short enough for a page. */
export function writeTable(table: TableSpec): string {
  const lines = [
    ...wrapped(table.columns.map(writeColumn)),
    ...(isUsualKey(table) ? [] : [`primary key ${table.primaryKey.join(', ')}${table.countsUp ? ' counts up' : ''}`]),
    ...(table.rowsOf ? [`rows of ${table.rowsOf}`] : []),
    ...table.indexes.map(writeIndex),
    ...(table.appendOnly ? ['append only'] : []),
    ...(table.searched ? ['searched'] : []),
  ];
  return [`table ${table.name}`, ...lines.map((line) => `  ${line}`)].join('\n');
}

const isUsualKey = (table: TableSpec): boolean => table.countsUp && table.primaryKey.join() === 'id';

/** Reads `name text?` or `stopped integer = 0`. */
export function readColumn(text: string): ColumnSpec {
  const match = /^(\w+) (integer|text)(\?)?(?: = (-?\d+))?$/.exec(text.trim());
  if (!match?.[1]) throw new Error(`Not a column: ${text}`);
  return {
    name: match[1],
    type: match[2] as ColumnType,
    nullable: match[3] !== undefined,
    default: match[4] === undefined ? null : Number(match[4]),
  };
}

export const writeColumn = (column: ColumnSpec): string =>
  `${column.name} ${column.type}${column.nullable ? '?' : ''}${column.default === null ? '' : ` = ${column.default}`}`;

/** Reads `unique customers_name (name) where deleted_at is null`; null when the line is no index. */
export function readIndex(text: string): IndexSpec | null {
  const match = /^(index|unique) (\w+) \(([^)]+)\)(?: where (.+))?$/.exec(text.trim());
  if (!match?.[2] || !match[3]) return null;
  return { name: match[2], columns: namesIn(match[3]), unique: match[1] === 'unique', where: match[4] ?? null };
}

export const writeIndex = (index: IndexSpec): string =>
  `${index.unique ? 'unique' : 'index'} ${index.name} (${index.columns.join(', ')})${index.where ? ` where ${index.where}` : ''}`;

const readColumns = (line: string): ColumnSpec[] =>
  line
    .split(',')
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
    .map(readColumn);

const namesIn = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

const lineLengthMax = 130;

/** The pieces, comma after each, on as few lines as they need. */
function wrapped(pieces: readonly string[]): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + piece.length + 2 <= lineLengthMax) lines[lines.length - 1] = `${last} ${piece},`;
    else lines.push(`${piece},`);
  }
  return lines;
}
