import type { Definition } from '../../shared/kernel/definition.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { loadRecords, type StoredRecord } from '../database/rows.ts';
import type { Work } from '../work.ts';

/** A living record with its rows. Refuses 'record.notFound'. Rights are the caller's matter. */
export const load = (work: Work, definition: Definition, id: number): Promise<StoredRecord> =>
  loadOne(work, definition, id, { lock: false, deleted: false });

/** The same, locked until the transaction ends. */
export const lock = (work: Work, definition: Definition, id: number): Promise<StoredRecord> =>
  loadOne(work, definition, id, { lock: true, deleted: false });

/** A record in the recycle bin, locked. Refuses 'record.notFound'. */
export const lockDeleted = (work: Work, definition: Definition, id: number): Promise<StoredRecord> =>
  loadOne(work, definition, id, { lock: true, deleted: true });

async function loadOne(work: Work, definition: Definition, id: number, of: { lock: boolean; deleted: boolean }): Promise<StoredRecord> {
  // SQLite has one writer: whoever is in the transaction holds everything already.
  const needsLock = of.lock && work.company.store.engine === 'postgres';
  const [record] = await loadRecords(work.tx, definition, [id], { parts: true, lock: needsLock });
  if (!record || (record.stamps.deletedAt !== null) !== of.deleted) throw new Refusal('record.notFound', { type: definition.type, id });
  return record;
}
