import type { Definition, Operation, Part, Sort } from './definition.ts';
import { type Fields, link } from './fields.ts';

type RecordInput = Omit<Definition, 'kind' | 'parts' | 'operations' | 'sort' | 'states' | 'steps' | 'becomes'> & {
  readonly parts?: Readonly<Record<string, Part>>;
  readonly operations?: readonly Operation[];
  readonly sort?: readonly Sort[];
};

const masterOperations = ['read', 'create', 'change', 'delete', 'export'] as const;

/** A record of master data: it is created, changed and deleted, and has no life of its own beyond that. */
export function defineRecord<const D extends RecordInput>(input: D) {
  const definition = {
    parts: {} as D['parts'] extends object ? D['parts'] : Record<never, Part>,
    operations: input.visibility.by === 'owner' ? [...masterOperations, 'share', 'assign'] : masterOperations,
    sort: [{ field: input.title, direction: 'ascending' }],
    ...input,
    kind: 'record',
    fields: { ...input.fields, ...(input.visibility.by === 'owner' ? ownership : {}) } as D['fields'] & Fields,
  } as const;
  return definition as typeof definition & Definition;
}

/** Who answers for the record, and the department that counts it. */
export const ownership = {
  owner: link('user', { list: true, default: 'actor', group: 'responsible', indexed: true }),
  department: link('department', { default: 'actorDepartment', group: 'responsible', indexed: true }),
} as const;
