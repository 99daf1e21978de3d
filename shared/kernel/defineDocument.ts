import { ownership } from './defineRecord.ts';
import type { Definition, Operation, Part, Sort } from './definition.ts';
import { type Fields, note, text } from './fields.ts';

type DocumentInput = Omit<Definition, 'kind' | 'title' | 'operations' | 'sort' | 'numbering' | 'parts'> & {
  readonly numbering: Omit<NonNullable<Definition['numbering']>, 'field'>;
  readonly parts?: Readonly<Record<string, Part>>;
  readonly operations?: readonly Operation[];
  readonly sort?: readonly Sort[];
  readonly states: NonNullable<Definition['states']>;
  readonly steps: NonNullable<Definition['steps']>;
};

const documentOperations = ['read', 'create', 'change', 'delete', 'approve', 'void', 'print', 'export'] as const;

/** What every document carries before its own fields. */
export const documentHead = {
  number: text({ max: 40, derived: true, unique: true, list: true, search: 'code' }),
} as const;

/** What every document carries after its own fields. */
export const documentFoot = {
  ...ownership,
  remark: note({ max: 1000 }),
  reason: text({ max: 200, derived: true, hidden: true }),
} as const;

/** A document: it has a number, states and steps, and its steps move goods and money. The first state is where it begins. */
export function defineDocument<const D extends DocumentInput>(input: D) {
  const definition = {
    parts: {} as D['parts'] extends object ? D['parts'] : Record<never, Part>,
    operations: documentOperations,
    sort: [
      { field: 'day', direction: 'descending' },
      { field: 'id', direction: 'descending' },
    ],
    ...input,
    kind: 'document',
    title: 'number',
    fields: { ...documentHead, ...input.fields, ...documentFoot } as typeof documentHead & D['fields'] & typeof documentFoot & Fields,
    numbering: { field: 'number', ...input.numbering },
  } as const;
  return definition as typeof definition & Definition;
}

/** The state a new document begins in. */
export const firstState = (definition: Definition): string | undefined => Object.keys(definition.states ?? {})[0];
