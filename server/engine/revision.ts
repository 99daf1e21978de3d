import type { AnyRecord, AnyRow, Definition, Value } from '../../shared/kernel/definition.ts';
import type { Fields } from '../../shared/kernel/fields.ts';
import { insertRecord, type StoredRecord } from '../database/rows.ts';
import type { Work } from '../work.ts';
import { filled, registered } from './createRecord.ts';
import { calculated } from './store.ts';

/**
 * Stores the next revision of a document: the same head and rows, of today and in the state given, with the number of the first
 * one and `-R2`, `-R3` … behind it. What followed from the old one did not follow from the new one, so nothing fed comes along,
 * and days that hang on its day are counted again.
 */
export async function storeRevision(work: Work, definition: Definition, document: AnyRecord, state: string): Promise<StoredRecord> {
  const revision = Number(document.values.revision ?? 1) + 1;
  const values = {
    ...unfed(definition.fields, document.values),
    ...Object.fromEntries(Object.keys(definition.fills ?? {}).map((name) => [name, null])),
    day: work.today,
    reason: null,
    revision,
    revisionOf: document.values.revisionOf ?? document.id,
    ...numberOf(definition, document, revision),
  };
  const parts = Object.fromEntries(
    Object.entries(document.parts).map(([name, rows]) => [
      name,
      rows.map((row): AnyRow => ({ ...unfed(definition.parts[name]?.fields ?? {}, row), id: 0 })),
    ]),
  );
  const fresh = { ...document, id: 0, version: 1, state, values: await filled(work, definition, values), parts };
  const reckoned = await calculated(work, definition, fresh);
  const stored = await insertRecord(work.tx, definition, {
    state,
    values: reckoned.values,
    parts: Object.fromEntries(Object.entries(reckoned.parts).map(([name, rows]) => [name, rows.map(({ id: _none, ...row }) => row)])),
    stamps: { at: work.now, by: work.actor.userId },
  });
  return registered(work, definition, stored);
}

function unfed(fields: Fields, values: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fields[name]?.fedBy === undefined ? value : null]));
}

function numberOf({ numbering }: Definition, document: AnyRecord, revision: number): Record<string, Value> {
  if (!numbering) return {};
  const first = String(document.values[numbering.field] ?? '').replace(/-R\d+$/, '');
  return { [numbering.field]: `${first}-R${revision}` };
}
