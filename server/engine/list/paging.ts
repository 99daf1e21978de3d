import type { ListQuery } from '../../../shared/contracts/wire.ts';
import type { Definition, Sort } from '../../../shared/kernel/definition.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import type { DatabaseRow } from '../../database/codec.ts';
import type { FieldPlace, FieldPlaces } from './fieldPlaces.ts';
import type { Condition } from './filterSql.ts';

/** One column that a list is sorted by, and the name it has in the row that is read. */
export interface SortColumn {
  readonly place: FieldPlace;
  readonly direction: Sort['direction'];
  readonly alias: string;
}

const sortsMax = 4;

/** The columns a list is sorted by, ending in the id so that no two rows are alike. Refuses 'list.unknownField' and 'list.tooComplex'. */
export function sortColumnsFor(definition: Definition, query: ListQuery, places: FieldPlaces): SortColumn[] {
  const asked = query.sort?.length ? query.sort : visibleSort(definition, places);
  if (asked.length > sortsMax) throw new Refusal('list.tooComplex', { sorts: sortsMax });
  const end = asked.findIndex((sort) => sort.field === 'id');
  const last = asked.at(-1)?.direction ?? 'ascending';
  const sorts = end < 0 ? [...asked, { field: 'id', direction: last }] : asked.slice(0, end + 1);
  return sorts.map((sort, index) => {
    const place = places.findForSort(sort.field);
    if (place.partTable) throw new Refusal('list.unknownField', { field: place.path });
    return { place, direction: sort.direction === 'descending' ? 'descending' : 'ascending', alias: `sort_${index}` };
  });
}

/** What follows the row the cursor names. Refuses 'list.badCursor' when it was made for another order or is no cursor. */
export function conditionAfter(cursor: string, columns: readonly SortColumn[]): Condition {
  const values = readCursor(cursor, columns);
  const steps = columns.map((column, index) => {
    const same = columns.slice(0, index).map((before, position) => equals(before, values[position] ?? null));
    return all([...same, follows(column, values[index] ?? null)]);
  });
  return { sql: `(${steps.map((step) => step.sql).join(' or ')})`, bindings: steps.flatMap((step) => step.bindings) };
}

/** Where the next page begins: what the last row holds in the columns the list is sorted by. */
export function cursorAfter(row: Readonly<DatabaseRow>, columns: readonly SortColumn[]): string {
  return Buffer.from(JSON.stringify([signatureOf(columns), ...columns.map((column) => row[column.alias] ?? null)])).toString('base64url');
}

/** A definition may be sorted by a field that this actor does not see; then the id alone decides. */
function visibleSort(definition: Definition, places: FieldPlaces): Sort[] {
  return definition.sort.filter((sort) => {
    try {
      return places.findForSort(sort.field) !== undefined;
    } catch (refusal) {
      if (refusal instanceof Refusal) return false;
      throw refusal;
    }
  });
}

const signatureOf = (columns: readonly SortColumn[]): string =>
  columns.map((column) => `${column.direction === 'ascending' ? '+' : '-'}${column.place.path}`).join();

type CursorValue = string | number | null;

function readCursor(cursor: string, columns: readonly SortColumn[]): CursorValue[] {
  const [signature, ...values] = cursorContent(cursor);
  const fits =
    signature === signatureOf(columns) &&
    values.length === columns.length &&
    columns.every((column, index) => isFitting(column, values[index]));
  if (!fits) throw new Refusal('list.badCursor');
  return values as CursorValue[];
}

function cursorContent(cursor: string): unknown[] {
  try {
    const content: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(content) ? content : [];
  } catch {
    return [];
  }
}

function isFitting({ place }: SortColumn, value: unknown): boolean {
  if (value === null) return place.path !== 'id';
  if (['text', 'note', 'day', 'instant', 'choice'].includes(place.field.kind))
    return typeof value === 'string' && value.isWellFormed() && !value.includes('\0');
  return Number.isSafeInteger(value);
}

function equals({ place }: SortColumn, value: CursorValue): Condition {
  if (value === null) return { sql: '?? is null', bindings: [place.sortColumn] };
  return { sql: '?? = ?', bindings: [place.sortColumn, value] };
}

// Nothing comes last ascending and first descending, as Dialect.orderBy has it.
function follows({ place, direction }: SortColumn, value: CursorValue): Condition {
  const column = place.sortColumn;
  if (direction === 'descending') {
    return value === null ? { sql: '?? is not null', bindings: [column] } : { sql: '?? < ?', bindings: [column, value] };
  }
  if (value === null) return { sql: '1 = 0', bindings: [] };
  if (place.path === 'id') return { sql: '?? > ?', bindings: [column, value] };
  return { sql: '(?? > ? or ?? is null)', bindings: [column, value, column] };
}

function all(conditions: readonly Condition[]): Condition {
  return { sql: `(${conditions.map((one) => one.sql).join(' and ')})`, bindings: conditions.flatMap((one) => one.bindings) };
}
