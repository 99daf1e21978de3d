import type { Definition } from '../kernel/definition.ts';
import type { Field } from '../kernel/fields.ts';
import type { Titles } from './wire.ts';

/** Who gets records of a type by what one of their fields says: the region's person, the grade's person. */
export interface AssignRule {
  readonly field: string;
  readonly table: readonly { readonly value: string | number; readonly owner: number }[];
  /** Whoever gets what the table does not name; without one it stays where it is. */
  readonly otherwise: number | null;
}

export interface AssignRuleAnswer {
  readonly version: number;
  readonly rule: AssignRule | null;
  /** Names of the people and of what the table lists. */
  readonly titles: Titles;
}

/** The fields a rule may go by: a choice, an entry of a dictionary, a place in a tree of another type. */
export function assignableBy(
  definition: { readonly type: string; readonly fields: Readonly<Record<string, Field>> },
  find: (type: string) => Pick<Definition, 'tree'> | undefined,
): string[] {
  return Object.entries(definition.fields).flatMap(([name, field]) => {
    if (name === 'owner' || name === 'department' || field.hidden) return [];
    if (field.kind === 'choice' || field.kind === 'dictionary') return [name];
    return field.kind === 'link' && field.to !== definition.type && find(field.to)?.tree ? [name] : [];
  });
}
