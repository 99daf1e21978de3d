import type { DefinitionAnswer, RecordInput, WireField } from '../../../../shared/contracts/wire.ts';
import type { AnyRow, Value } from '../../../../shared/kernel/definition.ts';
import { isDerived } from '../../../../shared/kernel/fields.ts';
import type { DraftContent } from './calculations.ts';

/** What is sent to the server, and which row of the form stands at which place of each part (for refusals by path). */
export interface Parcel {
  readonly input: RecordInput;
  readonly rowIds: Readonly<Record<string, readonly number[]>>;
}

/** The body of a create (everything filled) or of a change (what differs from `base`); a changed part travels whole. */
export function parcelOf(definition: DefinitionAnswer, base: DraftContent | null, now: DraftContent): Parcel {
  const values = Object.fromEntries(
    Object.entries(definition.fields)
      .filter(([name, field]) => isWritable(field) && (base ? differs(base.values[name], now.values[name]) : isGiven(now.values[name])))
      .map(([name]) => [name, now.values[name] ?? null]),
  );
  const parts: NonNullable<RecordInput['parts']> = {};
  const rowIds: Record<string, number[]> = {};
  for (const name of Object.keys(definition.parts)) {
    const rows = filledRows(definition, name, now);
    rowIds[name] = rows.map((row) => row.id);
    if (base ? !isPartChanged(definition, name, base, now) : rows.length === 0) continue;
    parts[name] = rows.map((row) => wireRow(definition, name, row));
  }
  return { input: { values, ...(Object.keys(parts).length > 0 ? { parts } : {}) }, rowIds };
}

/** Whether something a person typed is not saved yet. */
export function isChanged(definition: DefinitionAnswer, base: DraftContent, now: DraftContent): boolean {
  if (base === now) return false;
  const hasChangedField = Object.entries(definition.fields).some(
    ([name, field]) => base.values !== now.values && isWritable(field) && differs(base.values[name], now.values[name]),
  );
  return hasChangedField || Object.keys(definition.parts).some((name) => isPartChanged(definition, name, base, now));
}

/** Rows in which something stands that makes them a row; the others are dropped on saving. */
export function filledRows(definition: DefinitionAnswer, part: string, content: DraftContent): AnyRow[] {
  const shape = definition.parts[part];
  const names = shape?.key ?? Object.keys(shape?.fields ?? {});
  return (content.parts[part] ?? []).filter((row) => names.some((name) => isGiven(row[name]) && row[name] !== false));
}

/** Whether a client may send the field at all. */
export const isWritable = (field: WireField): boolean => !isDerived(field) && field.readOnly !== true;

export const isGiven = (value: Value | undefined): value is Exclude<Value, null> => value !== undefined && value !== null && value !== '';

function isPartChanged(definition: DefinitionAnswer, part: string, base: DraftContent, now: DraftContent): boolean {
  if (base.parts[part] === now.parts[part]) return false;
  const [before, after] = [filledRows(definition, part, base), filledRows(definition, part, now)];
  if (before.length !== after.length) return true;
  const writable = Object.entries(definition.parts[part]?.fields ?? {}).filter(([, field]) => isWritable(field));
  return after.some((row, index) => {
    const old = before[index];
    if (row === old) return false;
    return !old || old.id !== row.id || writable.some(([name, field]) => differs(orDefault(field, old[name]), orDefault(field, row[name])));
  });
}

/** A calculation fills in what a field begins with; that alone is no change. */
function orDefault(field: WireField, value: Value | undefined): Value | undefined {
  return !isGiven(value) && 'default' in field && field.kind !== 'link' ? (field.default ?? null) : value;
}

function wireRow(definition: DefinitionAnswer, part: string, row: AnyRow): { id?: number } & Record<string, Value | undefined> {
  const fields = Object.entries(definition.parts[part]?.fields ?? {});
  const values = Object.fromEntries(
    fields.filter(([name, field]) => isWritable(field) && row[name] !== undefined).map(([name]) => [name, row[name]]),
  );
  return row.id > 0 ? { ...values, id: row.id } : values;
}

function differs(before: Value | undefined, after: Value | undefined): boolean {
  return plain(before) !== plain(after);
}

/** An empty text, a flag nobody set and nothing at all are the same to a person. */
function plain(value: Value | undefined): Value {
  return value === undefined || value === '' || value === false ? null : value;
}
