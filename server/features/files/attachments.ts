import type { Definition } from '../../../shared/kernel/definition.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { canSee, refuseUnlessSeen } from '../../access/visibility.ts';
import { writeAudit } from '../../engine/audit.ts';
import { load } from '../../engine/load.ts';
import { announce } from '../../engine/store.ts';
import type { Work } from '../../work.ts';
import { cleanFileName } from './fileName.ts';
import { fileFor } from './fileSight.ts';

export const attachmentsMax = 100;

export interface AttachmentRow {
  readonly id: number;
  readonly file: number;
  readonly name: string;
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
  readonly createdAt: string;
  readonly createdBy: number;
  readonly byName: string | null;
}

/** What hangs on a record, for everybody who sees it. Refuses 'record.notFound'. */
export async function listAttachments(work: Work, definition: Definition, id: number): Promise<AttachmentRow[]> {
  await refuseUnlessSeen(work, definition, id);
  return attachmentRows(work, { 'attachments.type': definition.type, 'attachments.record_id': id });
}

/**
 * Hangs a file that the actor may have on a record that they may change. Refuses 'record.notFound', 'access.denied' and
 * 'file.tooMany'.
 */
export async function addAttachment(
  work: Work,
  definition: Definition,
  id: number,
  given: { readonly file: number; readonly name?: string | undefined },
): Promise<AttachmentRow> {
  await refuseUnlessSeen(work, definition, id, 'change');
  const record = await load(work, definition, id);
  const file = await fileFor(work, given.file);
  const hanging = await work.tx('attachments').where({ type: definition.type, record_id: id }).select('id');
  if (hanging.length >= attachmentsMax) throw new Refusal('file.tooMany', { max: attachmentsMax });
  const name = given.name === undefined ? file.name : cleanFileName(given.name);
  const row = { type: definition.type, record_id: id, file: file.id, name, created_at: work.now, created_by: work.actor.userId };
  const [made] = (await work.tx('attachments').insert(row).returning('id')) as { id: number }[];
  await writeAudit(work, { action: 'attach', type: definition.type, recordId: id, changes: { file: file.id, name } });
  await announce(work, definition, record);
  const [answer] = await attachmentRows(work, { 'attachments.id': made?.id ?? 0 });
  if (!answer) throw new Error('The attachment was not stored');
  return answer;
}

/** Takes an attachment off its record; the bytes go when nothing refers to them any more. Refuses 'record.notFound' and 'access.denied'. */
export async function removeAttachment(work: Work, attachmentId: number): Promise<void> {
  const row = (await work.tx('attachments').where({ id: attachmentId }).first('type', 'record_id', 'file', 'name')) as
    | { type: string; record_id: number; file: number; name: string }
    | undefined;
  const definition = work.company.catalogue.find(row?.type ?? '');
  if (!row || !definition || !(await canSee(work, definition, row.record_id))) throw new Refusal('record.notFound', { id: attachmentId });
  await refuseUnlessSeen(work, definition, row.record_id, 'change');
  const record = await load(work, definition, row.record_id);
  await work.tx('attachments').where({ id: attachmentId }).delete();
  await writeAudit(work, { action: 'detach', type: row.type, recordId: row.record_id, changes: { file: row.file, name: row.name } });
  await announce(work, definition, record);
}

const attachmentRows = (work: Work, where: Record<string, string | number>): Promise<AttachmentRow[]> =>
  work
    .tx('attachments')
    .join('files', 'files.id', 'attachments.file')
    .leftJoin('users', 'users.id', 'attachments.created_by')
    .where(where)
    .orderBy('attachments.id')
    .select('attachments.id', 'attachments.file', 'attachments.name', 'files.size', {
      mediaType: 'files.media_type',
      createdAt: 'attachments.created_at',
      createdBy: 'attachments.created_by',
      byName: 'users.name',
    }) as unknown as Promise<AttachmentRow[]>;
