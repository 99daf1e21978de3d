import type { Definition } from '../../shared/kernel/definition.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { loadRecords, quoted, rowsOf, type StoredRecord } from '../database/rows.ts';
import { tableOf } from '../database/tables.ts';
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

/** Keeps what a unit of work has just read or stored: sources and what they become are asked for again and again on the way. */
export function hold(work: Work, record: StoredRecord): void {
  if (work.readOnly) return;
  const held = heldBy.get(work) ?? new Map<string, StoredRecord>();
  heldBy.set(work, held);
  if (held.size >= heldMax) held.clear();
  held.set(`${record.type}:${record.id}`, record);
}

// An import touches thousands, each once.
const heldMax = 200;
const heldBy = new WeakMap<Work, Map<string, StoredRecord>>();

/** The record as it is held, if it is still of the version that lies in the database; locked on the way where that is wanted. */
async function heldNow(work: Work, definition: Definition, id: number, lock: boolean): Promise<StoredRecord | undefined> {
  const held = heldBy.get(work)?.get(`${definition.type}:${id}`);
  if (!held) return undefined;
  const text = `select "version" from ${quoted(tableOf(definition))} where "id" = ? and "deleted_at" is null`;
  const [row] = await rowsOf(work.tx, lock ? text + work.company.store.dialect.forUpdateText : text, [id]);
  return row?.version === held.version && held.stamps.deletedAt === null ? held : undefined;
}

async function loadOne(work: Work, definition: Definition, id: number, of: { lock: boolean; deleted: boolean }): Promise<StoredRecord> {
  const held = of.deleted ? undefined : await heldNow(work, definition, id, of.lock);
  if (held) return held;
  // SQLite has one writer: whoever is in the transaction holds everything already.
  const needsLock = of.lock && work.company.store.engine === 'postgres';
  const [record] = await loadRecords(work.tx, definition, [id], { parts: true, lock: needsLock });
  if (!record || (record.stamps.deletedAt !== null) !== of.deleted) throw new Refusal('record.notFound', { type: definition.type, id });
  hold(work, record);
  return record;
}
