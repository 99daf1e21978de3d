import type { RightsChange } from '../../../../shared/contracts/whatIf.ts';
import type { RecordAnswer, RecordInput } from '../../../../shared/contracts/wire.ts';
import type { Operation, Scope } from '../../../../shared/kernel/definition.ts';

export interface FieldRight {
  type: string;
  field: string;
  access: 'hidden' | 'readOnly';
}

/** A position while it is being edited. Grants by `type:operation`; what reaches nobody is left out. */
export interface PositionDraft {
  name: string;
  administrator: boolean;
  delegable: boolean;
  grants: Record<string, Scope>;
  rights: string[];
  fields: FieldRight[];
}

export const grantKey = (type: string, operation: Operation): string => `${type}:${operation}`;

export function draftOf(record: RecordAnswer | null): PositionDraft {
  const grants = (record?.parts.grants ?? []).filter((row) => row.scope !== 'none');
  return {
    name: String(record?.values.name ?? ''),
    administrator: record?.values.administrator === true,
    delegable: record?.values.delegable === true,
    grants: Object.fromEntries(grants.map((row) => [`${row.type}:${row.operation}`, row.scope as Scope])),
    rights: (record?.parts.specialRights ?? []).map((row) => String(row.right)),
    fields: (record?.parts.fieldRights ?? []).map((row) => ({
      type: String(row.type),
      field: String(row.field),
      access: row.access as FieldRight['access'],
    })),
  };
}

/** What is sent when the draft is saved; rows the record already has keep their ids. */
export function inputOf(draft: PositionDraft, record: RecordAnswer | null): RecordInput {
  const idOf = (part: string, fits: (row: Record<string, unknown>) => boolean) => record?.parts[part]?.find(fits)?.id;
  const grants = Object.entries(draft.grants)
    .filter(([, scope]) => scope !== 'none')
    .map(([key, scope]) => {
      const [type = '', operation = ''] = key.split(':');
      return { id: idOf('grants', (row) => row.type === type && row.operation === operation), type, operation, scope };
    });
  const specialRights = draft.rights.map((right) => ({ id: idOf('specialRights', (row) => row.right === right), right }));
  const fieldRights = draft.fields
    .filter(({ type, field }) => type !== '' && field !== '')
    .map((right) => ({ id: idOf('fieldRights', (row) => row.type === right.type && row.field === right.field), ...right }));
  return {
    version: record?.version,
    values: { name: draft.name.trim(), administrator: draft.administrator, delegable: draft.delegable },
    parts: { grants, specialRights, fieldRights },
  };
}

/** The draft as a change to be tried before it is saved; null for a position that nobody holds yet. */
export function changeOf(draft: PositionDraft, record: RecordAnswer | null): RightsChange | null {
  if (record === null) return null;
  const grants = Object.entries(draft.grants).map(([key, scope]) => {
    const [type = '', operation = ''] = key.split(':');
    return { type, operation: operation as Operation, scope };
  });
  const fieldRights = draft.fields.filter(({ type, field }) => type !== '' && field !== '');
  return { kind: 'position', id: record.id, position: { administrator: draft.administrator, grants, special: draft.rights, fieldRights } };
}
