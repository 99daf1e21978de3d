import type { RecordAnswer, Titles } from '../../shared/contracts/wire.ts';
import { type Definition, linksOf } from '../../shared/kernel/definition.ts';
import { isVisible, trimRecord } from '../access/trim.ts';
import { operationsOn, refuseUnlessReached } from '../access/visibility.ts';
import type { StoredRecord } from '../database/rows.ts';
import type { Work } from '../work.ts';
import { titlesFor } from './list/titles.ts';
import { load } from './load.ts';
import { stepsInOpenPeriod } from './periods.ts';
import { relatedOf } from './related.ts';

/** One record as the actor may see it. Refuses 'record.notFound'. */
export async function readRecord(work: Work, definition: Definition, id: number): Promise<RecordAnswer> {
  await refuseUnlessReached(work, definition, id, 'read');
  return answerFor(work, definition, await load(work, definition, id), { related: true });
}

/** What goes out over the wire for a record: trimmed by rights, with the names of what it links to and what may be done. */
export async function answerFor(
  work: Work,
  definition: Definition,
  record: StoredRecord,
  of: { related?: boolean } = {},
): Promise<RecordAnswer> {
  const trimmed = trimRecord(work.actor, definition, record);
  const may = await operationsOn(work, definition, record);
  const own = Object.entries(definition.steps ?? {}).filter(
    ([, step]) => !step.automatic && step.from.includes(record.state ?? '') && may.includes(step.operation),
  );
  const steps = own.length > 0 ? await stepsInOpenPeriod(work, record, own) : [];
  return {
    type: definition.type,
    id: record.id,
    version: record.version,
    ...(record.state === undefined ? {} : { state: record.state }),
    values: trimmed.values,
    parts: trimmed.parts,
    titles: await titlesOf(work, definition, trimmed),
    ...(definition.steps ? { steps } : {}),
    may,
    ...(of.related ? { related: await relatedOf(work, definition, record) } : {}),
    createdAt: record.stamps.createdAt,
    createdBy: record.stamps.createdBy,
    changedAt: record.stamps.changedAt,
    changedBy: record.stamps.changedBy,
  };
}

/** Names of everything a record and its rows link to. */
export async function titlesOf(work: Work, definition: Definition, record: Pick<StoredRecord, 'values' | 'parts'>): Promise<Titles> {
  const wanted = new Map<string, Set<number>>();
  const collect = (fields: Definition['fields'], values: Readonly<Record<string, unknown>>, path: string): void => {
    for (const [name, field] of linksOf(fields)) {
      const id = values[name];
      if (typeof id !== 'number' || !isVisible(work.actor, definition, path + name)) continue;
      wanted.set(field.to, (wanted.get(field.to) ?? new Set()).add(id));
    }
  };
  collect(definition.fields, record.values, '');
  for (const [name, part] of Object.entries(definition.parts))
    for (const row of record.parts[name] ?? []) collect(part.fields, row, `${name}.`);
  return titlesFor(work, wanted);
}
