import type { Definition } from '../../shared/kernel/definition.ts';
import { linksOf } from '../../shared/kernel/definition.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { refuseUnlessSeen } from '../access/visibility.ts';
import { type StoredRecord, updateRecord } from '../database/rows.ts';
import { columnOf, partTableOf, tableOf } from '../database/tables.ts';
import type { Work } from '../work.ts';
import { writeAudit } from './audit.ts';
import { type Belonging, belongingsOf, type ThrownWith, thrownAlong } from './belongings.ts';
import { lockForChange } from './changeRecord.ts';
import { refuseDuplicates } from './duplicates.ts';
import { effectsOf } from './effects.ts';
import { lock, lockDeleted } from './load.ts';
import { announce, indexRecord } from './store.ts';

/**
 * Puts a record into the recycle bin, and with it what belongs to it. Refuses 'record.locked' when its state does not allow it
 * and 'record.inUse' {type, id} while other living records point to it or to what belongs to it.
 */
export async function deleteRecord(work: Work, definition: Definition, id: number, version: number | undefined): Promise<void> {
  await refuseUnlessSeen(work, definition, id, 'delete');
  const record = await lockForChange(work, definition, id, version);
  const state = record.state ? definition.states?.[record.state] : undefined;
  if (state && !state.deletable) throw new Refusal('record.locked', { state: record.state ?? '' });
  const along = await belongingsOf(work, definition, id);
  const leaving = [{ definition, id }, ...along];
  for (const one of leaving) await refuseInUse(work, one, leaving);
  const gone = await putAway(work, definition, record);
  const thrownWith: ThrownWith = { type: definition.type, id, version: gone.version };
  for (const one of along) await putAway(work, one.definition, await lock(work, one.definition, one.id), thrownWith);
}

async function putAway(work: Work, definition: Definition, record: StoredRecord, thrownWith?: ThrownWith): Promise<StoredRecord> {
  const gone = await updateRecord(work.tx, definition, record, { deleted: true, stamps: { at: work.now, by: work.actor.userId } });
  await indexRecord(work, definition, gone, true);
  await effectsOf(work, definition, { kind: 'removed', record: gone });
  await writeAudit(work, {
    action: 'delete',
    type: definition.type,
    recordId: gone.id,
    version: gone.version,
    ...(thrownWith ? { changes: { with: thrownWith } } : {}),
  });
  await announce(work, definition, gone);
  return gone;
}

/**
 * Takes a record out of the recycle bin with everything that was thrown away together with it, and nothing else. Refuses
 * 'record.duplicate' when its place was taken meanwhile, and 'record.ownerDeleted' {type, title} while the record it belongs to
 * lies in the recycle bin itself.
 */
export async function restoreRecord(work: Work, definition: Definition, id: number): Promise<StoredRecord> {
  await refuseUnlessSeen(work, definition, id, 'delete');
  const record = await lockDeleted(work, definition, id);
  await refuseWithoutOwner(work, definition, record);
  const along = (await thrownAlong(work, definition, [record])).get(id) ?? [];
  const back = await takeOut(work, definition, record);
  for (const one of along) await takeOut(work, one.definition, await lockDeleted(work, one.definition, one.id));
  return back;
}

async function takeOut(work: Work, definition: Definition, record: StoredRecord): Promise<StoredRecord> {
  if (definition.duplicates) await refuseDuplicates(work, definition, record, ['record.nearDuplicate']);
  const back = await updateRecord(work.tx, definition, record, { deleted: false, stamps: { at: work.now, by: work.actor.userId } });
  await indexRecord(work, definition, back);
  await effectsOf(work, definition, { kind: 'stored', record: back, before: null });
  await writeAudit(work, { action: 'restore', type: definition.type, recordId: back.id, version: back.version });
  await announce(work, definition, back);
  return back;
}

/** Removes a record in the recycle bin for good, with everything in the recycle bin that belongs to it; the audit rows stay. */
export async function purgeRecord(work: Work, definition: Definition, id: number): Promise<void> {
  await refuseUnlessSeen(work, definition, id, 'delete');
  await lockDeleted(work, definition, id);
  const along = await belongingsOf(work, definition, id, true);
  for (const one of [...along, { definition, id }]) await erase(work, one);
}

async function erase(work: Work, { definition, id }: Belonging): Promise<void> {
  const record = await lockDeleted(work, definition, id);
  await work.tx(tableOf(definition)).where({ id }).delete();
  await work.tx('attachments').where({ type: definition.type, record_id: id }).delete();
  await work.tx('shares').where({ type: definition.type, record_id: id }).delete();
  const number = definition.numbering ? record.values[definition.numbering.field] : undefined;
  // Where a number has gone must be told when its record cannot be looked at any more.
  const changes = typeof number === 'string' ? { changes: { number } } : {};
  await writeAudit(work, { action: 'purge', type: definition.type, recordId: id, version: record.version, ...changes });
}

async function refuseWithoutOwner(work: Work, definition: Definition, record: StoredRecord): Promise<void> {
  for (const [name, field] of Object.entries(definition.fields)) {
    const owner = record.values[name];
    if (field.kind !== 'link' || !field.owned || typeof owner !== 'number') continue;
    const target = work.company.catalogue.get(field.to);
    const row = (await work
      .tx(tableOf(target))
      .where({ id: owner })
      .whereNotNull('deleted_at')
      .first({ title: columnOf(target.title) })) as { title: string } | undefined;
    if (row) throw new Refusal('record.ownerDeleted', { type: target.type, title: row.title });
  }
}

/** Nothing that lives may point to what is thrown away, except what is thrown away with it. */
async function refuseInUse(work: Work, { definition, id }: Belonging, leaving: readonly Belonging[]): Promise<void> {
  for (const other of work.company.catalogue.definitions) {
    const without = leaving.filter((one) => one.definition === other).map((one) => one.id);
    const wanted = { definition, id, other, without };
    const user = (await headPointingTo(work, wanted)) ?? (await rowPointingTo(work, wanted));
    if (user) throw new Refusal('record.inUse', { type: other.type, id: user });
  }
}

interface Wanted extends Belonging {
  readonly other: Definition;
  /** Records of the other type that do not count. */
  readonly without: readonly number[];
}

const pointing = (fields: Definition['fields'], type: string): string[] =>
  linksOf(fields).flatMap(([name, field]) => (field.to === type ? [columnOf(name)] : []));

async function headPointingTo(work: Work, { definition, id, other, without }: Wanted): Promise<number | null> {
  for (const column of pointing(other.fields, definition.type)) {
    const row = (await work
      .tx(tableOf(other))
      .where({ [column]: id })
      .whereNotIn('id', [...without])
      .whereNull('deleted_at')
      .first('id')) as { id: number } | undefined;
    if (row) return row.id;
  }
  return null;
}

async function rowPointingTo(work: Work, { definition, id, other, without }: Wanted): Promise<number | null> {
  const columns = Object.entries(other.parts).flatMap(([part, { fields }]) =>
    pointing(fields, definition.type).map((column) => [part, column] as const),
  );
  for (const [part, column] of columns) {
    const row = (await work
      .tx(`${partTableOf(other, part)} as row`)
      .join(`${tableOf(other)} as head`, 'head.id', 'row.parent')
      .where({ [`row.${column}`]: id })
      .whereNotIn('head.id', [...without])
      .whereNull('head.deleted_at')
      .first('head.id')) as { id: number } | undefined;
    if (row) return row.id;
  }
  return null;
}
