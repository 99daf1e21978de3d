import { z } from 'zod';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { look, transact } from '../../engine/transact.ts';
import { addAttachment, listAttachments, removeAttachment } from '../../features/files/attachments.ts';
import { fileFor } from '../../features/files/fileSight.ts';
import { isShown } from '../../features/files/mediaType.ts';
import { recordSmall, smallOf, smallPicture, takeSmall } from '../../features/files/smallPicture.ts';
import { fileOnDisk } from '../../features/files/storedFiles.ts';
import { recordUpload, takeUpload, uploadBytesMax } from '../../features/files/storeFile.ts';
import { once } from '../once.ts';
import { type Route, route } from '../route.ts';
import { flagPart } from './queryParts.ts';
import { definitionOf, idOf } from './records.ts';

/** Uploads, downloads, and what hangs on records. */
export const fileRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/api/files',
    access: 'signedIn',
    summary: 'Upload a file; its kind is read from its bytes, its name from the percent-encoded header X-File-Name',
    rawLimitBytes: uploadBytesMax,
    creates: true,
    handle: async (ask) => {
      const upload = await takeUpload(ask.company, ask.raw ?? Buffer.alloc(0), nameFrom(ask.header('x-file-name')));
      // The bytes stand in for the body, so that a key used again for another file is noticed.
      const json = await once({ ...ask, body: { hash: upload.hash, name: upload.name } }, (work) => recordUpload(work, upload));
      return { json, status: 201 };
    },
  }),
  route({
    method: 'get',
    path: '/api/files/:id',
    access: 'signedIn',
    summary: 'Download a file that a record in sight refers to, or the small version of a picture',
    query: z.strictObject({ small: flagPart.optional() }),
    handle: async (ask) => {
      const found = await look(ask.company, ask.actor, (work) => fileFor(work, idOf(ask)));
      const file = ask.query.small ? smallOf(found) : found;
      const path = await fileOnDisk(ask.company, file);
      return { file: path, mediaType: file.mediaType, fileName: file.name, inline: isShown(file.mediaType) };
    },
  }),
  route({
    method: 'post',
    path: '/api/files/:id/small',
    access: 'signedIn',
    summary: 'Bring the small version of a picture one has uploaded: a JPEG of at most 320 pixels a side',
    rawLimitBytes: smallPicture.bytesMax,
    handle: async (ask) => {
      const small = await takeSmall(ask.company, ask.raw ?? Buffer.alloc(0));
      await transact(ask.company, ask.actor, (work) => recordSmall(work, idOf(ask), small));
      return { json: {} };
    },
  }),
  route({
    method: 'get',
    path: '/api/records/:type/:id/attachments',
    access: { operation: 'read' },
    summary: 'Files that hang on a record',
    handle: async (ask) => ({
      json: { rows: await look(ask.company, ask.actor, (work) => listAttachments(work, definitionOf(ask), idOf(ask))) },
    }),
  }),
  route({
    method: 'post',
    path: '/api/records/:type/:id/attachments',
    access: { operation: 'change' },
    summary: 'Hang an uploaded file on a record',
    body: z.strictObject({ file: z.int().positive(), name: z.string().max(1000).optional() }),
    creates: true,
    handle: async (ask) => ({
      json: await once(ask, (work) => addAttachment(work, definitionOf(ask), idOf(ask), ask.body)),
      status: 201,
    }),
  }),
  route({
    method: 'delete',
    path: '/api/attachments/:id',
    access: 'signedIn',
    summary: 'Take a file off its record',
    handle: async (ask) => {
      await transact(ask.company, ask.actor, (work) => removeAttachment(work, idOf(ask)));
      return { json: {} };
    },
  }),
];

/** Refuses 'file.badName' for a header that is not percent-encoded UTF-8. */
function nameFrom(header: string | undefined): string {
  try {
    return decodeURIComponent(header ?? '');
  } catch {
    throw new Refusal('file.badName');
  }
}
