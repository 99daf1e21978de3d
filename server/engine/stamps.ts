import type { AnyRecord, Definition, Value } from '../../shared/kernel/definition.ts';
import type { Fields } from '../../shared/kernel/fields.ts';
import type { Work } from '../work.ts';

type Values = Readonly<Record<string, Value>>;

/** The record with the moment of now on every field that is stamped by another one, where that one was just written. */
export function stamped<R extends Pick<AnyRecord, 'values' | 'parts'>>(work: Work, definition: Definition, record: R, before: R | null): R {
  const own = stampsIn(work, definition.fields, record.values, before?.values);
  const parts = { ...record.parts };
  for (const [name, { fields }] of Object.entries(definition.parts)) {
    if (!Object.values(fields).some(isStamped)) continue;
    const known = new Map((before?.parts[name] ?? []).map((row) => [row.id, row]));
    parts[name] = (parts[name] ?? []).map((row) => ({ ...row, ...stampsIn(work, fields, row, row.id ? known.get(row.id) : undefined) }));
  }
  return { ...record, values: { ...record.values, ...own }, parts };
}

const isStamped = (field: Fields[string]): boolean => field.kind === 'instant' && field.stampedBy !== undefined;

function stampsIn(work: Work, fields: Fields, values: Values, before: Values | undefined): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]): [string, Value][] => {
      if (field.kind !== 'instant' || field.stampedBy === undefined) return [];
      const now = values[field.stampedBy] ?? null;
      return now === (before?.[field.stampedBy] ?? null) ? [] : [[name, now === null ? null : work.now]];
    }),
  );
}
