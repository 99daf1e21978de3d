import type { Definition } from '../../shared/kernel/definition.ts';
import { linksOf } from '../../shared/kernel/definition.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { refuseUnlessSeen } from '../access/visibility.ts';
import { type StoredRecord, updateRecord } from '../database/rows.ts';
import { columnOf, partTableOf, tableOf } from '../database/tables.ts';
import type { Work } from '../work.ts';
import { writeAudit } from './audit.ts';
import { lockForChange } from './changeRecord.ts';
import { refuseDuplicates } from './duplicates.ts';
import { effectsOf } from './effects.ts';
import { lockDeleted } from './load.ts';
import { announce, indexRecord } from './store.ts';

/**
 * Puts a record into the recycle bin. Refuses 'record.locked' when its state does not allow it and 'record.inUse' {type,
 * count} while other living records point to it.
 */
export async function deleteRecord(work: Work, definition: Definition, id: number, version: number | undefined): Promise<void> {
  await refuseUnlessSeen(work, definition, id, 'delete');
  const record = await lockForChange(work, definition, id, version);
  const state = record.state ? definition.states?.[record.state] : undefined;
  if (state && !state.deletable) throw new Refusal('record.locked', { state: record.state ?? '' });
  await refuseInUse(work, definition, id);
  const gone = await updateRecord(work.tx, definition, record, { deleted: true, stamps: { at: work.now, by: work.actor.userId } });
  await indexRecord(work, definition, gone, true);
  await effectsOf(work, definition, { kind: 'removed', record: gone });
  await writeAudit(work, { action: 'delete', type: definition.type, recordId: id, version: gone.version });
  await announce(work, definition, gone);
}

/** Takes a record out of the recycle bin. Refuses 'record.duplicate' when its place was taken meanwhile. */
export async function restoreRecord(work: Work, definition: Definition, id: number): Promise<StoredRecord> {
  await refuseUnlessSeen(work, definition, id, 'delete');
  const record = await lockDeleted(work, definition, id);
  if (definition.duplicates) await refuseDuplicates(work, definition, record, ['record.nearDuplicate']);
  const back = await updateRecord(work.tx, definition, record, { deleted: false, stamps: { at: work.now, by: work.actor.userId } });
  await indexRecord(work, definition, back);
  await effectsOf(work, definition, { kind: 'stored', record: back, before: null });
  await writeAudit(work, { action: 'restore', type: definition.type, recordId: id, version: back.version });
  await announce(work, definition, back);
  return back;
}

/** Removes a record in the recycle bin for good; its audit rows stay. */
export async function purgeRecord(work: Work, definition: Definition, id: number): Promise<void> {
  await refuseUnlessSeen(work, definition, id, 'delete');
  const record = await lockDeleted(work, definition, id);
  await work.tx(tableOf(definition)).where({ id }).delete();
  await work.tx('attachments').where({ type: definition.type, record_id: id }).delete();
  await work.tx('shares').where({ type: definition.type, record_id: id }).delete();
  await writeAudit(work, { action: 'purge', type: definition.type, recordId: id, version: record.version });
}

/** Nothing that lives may point to what is thrown away. */
async function refuseInUse(work: Work, definition: Definition, id: number): Promise<void> {
  for (const other of work.company.catalogue.definitions) {
    const user = (await headPointingTo(work, definition, other, id)) ?? (await rowPointingTo(work, definition, other, id));
    if (user) throw new Refusal('record.inUse', { type: other.type, id: user });
  }
}

const pointing = (fields: Definition['fields'], type: string): string[] =>
  linksOf(fields).flatMap(([name, field]) => (field.to === type ? [columnOf(name)] : []));

async function headPointingTo(work: Work, definition: Definition, other: Definition, id: number): Promise<number | null> {
  for (const column of pointing(other.fields, definition.type)) {
    const row = (await work
      .tx(tableOf(other))
      .where({ [column]: id })
      .whereNull('deleted_at')
      .first('id')) as { id: number } | undefined;
    if (row) return row.id;
  }
  return null;
}

async function rowPointingTo(work: Work, definition: Definition, other: Definition, id: number): Promise<number | null> {
  const columns = Object.entries(other.parts).flatMap(([part, { fields }]) =>
    pointing(fields, definition.type).map((column) => [part, column] as const),
  );
  for (const [part, column] of columns) {
    const row = (await work
      .tx(`${partTableOf(other, part)} as row`)
      .join(`${tableOf(other)} as head`, 'head.id', 'row.parent')
      .where({ [`row.${column}`]: id })
      .whereNull('head.deleted_at')
      .first('head.id')) as { id: number } | undefined;
    if (row) return row.id;
  }
  return null;
}
