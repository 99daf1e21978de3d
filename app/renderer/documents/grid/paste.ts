import { linksOf } from '../../../../shared/kernel/definition.ts';
import type { RowValues } from '../form/draft.ts';
import { type CellSetting, readCell } from './cellValue.ts';
import type { Column } from './columns.ts';

/** One pasted row: what could be read, and which cells could not. */
export interface PastedRow {
  values: RowValues;
  /** By index of the pasted cell: why it was not read. */
  problems: Record<number, string>;
}

/** Names the record a text stands for, once it has been looked up: by type, then by the text as it was pasted. */
export type Found = Readonly<Record<string, ReadonlyMap<string, { id: number; title: string }>>>;

/** Reads pasted cells into the columns chosen for them (null: left out). Nothing is written yet. */
export function readPaste(
  cells: readonly (readonly string[])[],
  targets: readonly (Column | null)[],
  found: Found,
  setting: CellSetting,
): PastedRow[] {
  return cells.map((line) => {
    const row: PastedRow = { values: {}, problems: {} };
    targets.forEach((column, index) => {
      const text = line[index]?.trim() ?? '';
      if (!column?.isEditable || text === '') return;
      const type = linkedType(column);
      const record = type === null ? undefined : found[type]?.get(text);
      const read =
        type === null ? readCell(text, column.name, column.field, setting) : record ? { value: record.id } : { problem: 'unknownCode' };
      if (read.problem === undefined) row.values[column.name] = read.value;
      else row.problems[index] = read.problem;
    });
    return row;
  });
}

/** The texts that have to be looked up, by type of record. */
export function textsToFind(cells: readonly (readonly string[])[], targets: readonly (Column | null)[]): Record<string, string[]> {
  const wanted: Record<string, Set<string>> = {};
  targets.forEach((column, index) => {
    const type = column ? linkedType(column) : null;
    if (type === null) return;
    const texts = wanted[type] ?? new Set<string>();
    for (const line of cells) if (line[index]?.trim()) texts.add(line[index].trim());
    wanted[type] = texts;
  });
  return Object.fromEntries(Object.entries(wanted).map(([type, texts]) => [type, [...texts]]));
}

/** Each pasted column goes into the column it was pasted at, counted from the marked cell. */
export function targetsAt(columns: readonly Column[], from: number, width: number): (Column | null)[] {
  return Array.from({ length: width }, (_, index) => {
    const column = columns[from + index];
    return column?.isEditable ? column : null;
  });
}

export const linkedType = (column: Column): string | null => linksOf({ field: column.field })[0]?.[1].to ?? null;
