import type { AnyRecord, Definition, Value } from '../../shared/kernel/definition.ts';
import { loadRecords } from '../database/rows.ts';
import type { Work } from '../work.ts';

/**
 * Takes over what the definition copies from linked records, as they are now: an order keeps the ways of its type as they were
 * when it was last written. Whoever writes need not see them. An empty link leaves the copy empty.
 */
export async function withCopies(work: Work, definition: Definition, record: AnyRecord): Promise<AnyRecord> {
  const copies = Object.entries(definition.copies ?? {});
  if (copies.length === 0) return record;
  const taken: Record<string, Value> = {};
  for (const [link, group] of Map.groupBy(copies, ([, copy]) => copy.link)) {
    const from = await linkedRecord(work, definition, link, record.values[link]);
    for (const [own, { field }] of group) taken[own] = from?.values[field] ?? null;
  }
  return { ...record, values: { ...record.values, ...taken } };
}

/** The record that a link of this definition points to, whoever asks. */
export async function linkedRecord(
  work: Work,
  definition: Definition,
  link: string,
  id: Value | undefined,
): Promise<AnyRecord | undefined> {
  const field = definition.fields[link];
  if (field?.kind !== 'link' || typeof id !== 'number') return undefined;
  const [found] = await loadRecords(work.tx, work.company.catalogue.get(field.to), [id], { parts: false });
  return found;
}
