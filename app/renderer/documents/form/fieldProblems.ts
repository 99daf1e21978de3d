import type { DefinitionAnswer } from '../../../../shared/contracts/wire.ts';
import type { FieldRefusal } from '../../../../shared/kernel/refusal.ts';

/** What stands in the way, by the place in the form: 'name', or 'lines.-3.quantity' with the id of the row. */
export type FieldProblems = ReadonlyMap<string, FieldRefusal>;

export const noProblems: FieldProblems = new Map();

/** The server counts rows as they were sent; the form knows them by id. */
export function placeProblems(fields: readonly FieldRefusal[], rowIds: Readonly<Record<string, readonly number[]>>): FieldProblems {
  return new Map(fields.map((refusal) => [placeOf(refusal.path, rowIds), refusal]));
}

/** Problems without those at places that have been changed since. */
export function withoutPlaces(problems: FieldProblems, places: readonly string[]): FieldProblems {
  if (!places.some((place) => problems.has(place))) return problems;
  return new Map([...problems].filter(([place]) => !places.includes(place)));
}

/** The first problem in the order in which the form shows its fields. */
export function firstPlace(
  problems: FieldProblems,
  definition: DefinitionAnswer,
  rows: Readonly<Record<string, readonly { id: number }[]>>,
): string | undefined {
  const head = Object.keys(definition.fields).find((name) => problems.has(name));
  if (head !== undefined) return head;
  for (const [part, shape] of Object.entries(definition.parts)) {
    for (const row of rows[part] ?? []) {
      const name = Object.keys(shape.fields).find((field) => problems.has(`${part}.${row.id}.${field}`));
      if (name !== undefined) return `${part}.${row.id}.${name}`;
    }
  }
  return [...problems.keys()][0];
}

function placeOf(path: string, rowIds: Readonly<Record<string, readonly number[]>>): string {
  const [part = '', index, field] = path.split('.');
  if (field === undefined) return path;
  return `${part}.${rowIds[part]?.[Number(index)] ?? index}.${field}`;
}
