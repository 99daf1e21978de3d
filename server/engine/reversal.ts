import type { AnyRecord, Definition } from '../../shared/kernel/definition.ts';
import { insertRecord, type StoredRecord } from '../database/rows.ts';
import type { Work } from '../work.ts';
import { registered } from './createRecord.ts';
import { drawNumber } from './numbering.ts';

/**
 * Stores the document that reverses another one: the same head and rows, of today, with a number of its own and in the state
 * given. What it moves is the caller's matter.
 */
export async function storeReversal(
  work: Work,
  definition: Definition,
  document: AnyRecord,
  of: { readonly state: string; readonly reason: string | undefined },
): Promise<StoredRecord> {
  const values = { ...document.values, day: work.today, reversalOf: document.id, reason: of.reason?.trim().slice(0, 200) ?? null };
  const number = definition.numbering ? { [definition.numbering.field]: await drawNumber(work, definition, work.today) } : {};
  const parts = Object.entries(document.parts).map(([name, rows]) => [name, rows.map(({ id: _none, ...row }) => row)]);
  const stored = await insertRecord(work.tx, definition, {
    state: of.state,
    values: { ...values, ...number },
    parts: Object.fromEntries(parts),
    stamps: { at: work.now, by: work.actor.userId },
  });
  return registered(work, definition, stored);
}
