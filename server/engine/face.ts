import type { AnyRecord, Definition } from '../../shared/kernel/definition.ts';

/** A record that has pictures and no main one takes the first of them for it. */
export function withFace(definition: Definition, record: AnyRecord): AnyRecord {
  const { face } = definition;
  if (!face || record.values[face.field]) return record;
  const first = record.parts[face.part]?.find((row) => row[face.row])?.[face.row];
  return first ? { ...record, values: { ...record.values, [face.field]: first } } : record;
}
