import type { DefinitionAnswer } from '../../../../shared/contracts/wire.ts';
import type { AnyRow, Value } from '../../../../shared/kernel/definition.ts';
import type { DraftContent } from './calculations.ts';
import { isGiven, isWritable } from './input.ts';

/** One value that both people changed: the form holds `mine`, the server holds `theirs`. */
export interface Conflict {
  /** 'name', or 'lines.17.quantity' with the id of the row. */
  readonly path: string;
  readonly base: Value;
  readonly mine: Value;
  readonly theirs: Value;
}
export type Choice = 'mine' | 'theirs';

export interface Merge {
  /** Both sides' changes together; where they differ, the side that was chosen (mine, until somebody chooses). */
  readonly content: DraftContent;
  readonly conflicts: readonly Conflict[];
}

/**
 * What two people made of the same record: what only one of them changed is taken, what both changed alike too, the rest is a
 * conflict. Rows meet by id; a row one of them deleted and the other changed stays.
 */
export function mergeDrafts(of: {
  definition: DefinitionAnswer;
  base: DraftContent;
  mine: DraftContent;
  theirs: DraftContent;
  choices?: Readonly<Record<string, Choice>>;
}): Merge {
  const conflicts: Conflict[] = [];
  const settle = (path: string, base: Value | undefined, mine: Value | undefined, theirs: Value | undefined): Value => {
    const [before, own, other] = [base ?? null, mine ?? null, theirs ?? null];
    if (own === other || own === before) return other;
    if (other === before) return own;
    conflicts.push({ path, base: before, mine: own, theirs: other });
    return of.choices?.[path] === 'theirs' ? other : own;
  };
  const values = { ...of.theirs.values };
  for (const name of writableNames(of.definition.fields)) {
    values[name] = settle(name, of.base.values[name], of.mine.values[name], of.theirs.values[name]);
  }
  const parts: Record<string, AnyRow[]> = {};
  for (const [part, shape] of Object.entries(of.definition.parts)) {
    parts[part] = mergeRows({ base: of.base.parts[part], mine: of.mine.parts[part], theirs: of.theirs.parts[part] }, (row, side) =>
      mergeRow(`${part}.${row}`, writableNames(shape.fields), side, settle),
    );
  }
  return { content: { values, parts }, conflicts };
}

interface Sides<T> {
  base: T | undefined;
  mine: T | undefined;
  theirs: T | undefined;
}
type Settle = (path: string, base: Value | undefined, mine: Value | undefined, theirs: Value | undefined) => Value;

function mergeRows(sides: Sides<AnyRow[]>, mergeOne: (id: number, side: Sides<AnyRow>) => AnyRow | null): AnyRow[] {
  const find = (rows: AnyRow[] | undefined, id: number) => rows?.find((row) => row.id === id);
  const mine = sides.mine ?? [];
  const fromThem = (sides.theirs ?? []).filter((row) => !find(mine, row.id));
  const kept = [...mine, ...fromThem].map(({ id }) => {
    if (id < 0) return find(mine, id) ?? null;
    return mergeOne(id, { base: find(sides.base, id), mine: find(mine, id), theirs: find(sides.theirs, id) });
  });
  return kept.filter((row) => row !== null);
}

function mergeRow(path: string, names: readonly string[], { base, mine, theirs }: Sides<AnyRow>, settle: Settle): AnyRow | null {
  if (!mine) return theirs && (!base || isRowChanged(names, base, theirs)) ? theirs : null;
  if (!theirs) return base && isRowChanged(names, base, mine) ? { ...mine } : null;
  const settled = names.map((name): [string, Value] => [name, settle(`${path}.${name}`, base?.[name], mine[name], theirs[name])]);
  return { ...theirs, ...Object.fromEntries(settled), id: theirs.id };
}

function isRowChanged(names: readonly string[], before: AnyRow, after: AnyRow): boolean {
  return names.some((name) => (isGiven(before[name]) || isGiven(after[name])) && before[name] !== after[name]);
}

function writableNames(fields: DefinitionAnswer['fields']): string[] {
  return Object.keys(fields).filter((name) => {
    const field = fields[name];
    return field !== undefined && isWritable(field);
  });
}
