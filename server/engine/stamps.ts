import { instantOf, msOf, readMoment } from '../../shared/kernel/days.ts';
import type { AnyRecord, Definition, Value } from '../../shared/kernel/definition.ts';
import type { Fields } from '../../shared/kernel/fields.ts';
import type { Work } from '../work.ts';

type Values = Readonly<Record<string, Value>>;

/**
 * The record with a moment on every field that is stamped by another one, where that one was just written: now, or when whoever typed
 * it says that was, within a day.
 */
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
      const [now, was] = [values[field.stampedBy] ?? null, before?.[field.stampedBy] ?? null];
      if (now === was) return [[name, before?.[name] ?? null]];
      return [[name, now === null ? null : momentOf(work, field.derived || values[name] === before?.[name] ? null : values[name])]];
    }),
  );
}

const dayMs = 24 * 60 * 60_000;

/** When something was typed, as told; now where nobody told, or where it cannot be: a wrong clock must not reach into other days. */
function momentOf(work: Work, told: Value | undefined): string {
  const [toldMs, nowMs] = [typeof told === 'string' ? readMoment(told) : null, msOf(work.now)];
  return toldMs !== null && toldMs <= nowMs && toldMs > nowMs - dayMs ? instantOf(toldMs) : work.now;
}
