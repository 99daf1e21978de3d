import type { Definition } from '../../../shared/kernel/definition.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { isVisible } from '../../access/trim.ts';
import { canSee, restrict } from '../../access/visibility.ts';
import { columnOf, partTableOf, tableOf } from '../../database/tables.ts';
import { settingOf } from '../../engine/settings.ts';
import type { Work } from '../../work.ts';
import { logoSetting } from '../printing/data/letterhead.ts';
import { findFile, type StoredFile } from './storedFiles.ts';

/**
 * A file that the actor may have: one of their own, the company's logo, or one that a record they may see refers to. Refuses
 * 'record.notFound' for every other, whether it exists or not.
 */
export async function fileFor(work: Work, id: number): Promise<StoredFile> {
  const file = await findFile(work, id);
  if (file && (await maySee(work, file))) return file;
  throw new Refusal('record.notFound', { id });
}

async function maySee(work: Work, file: StoredFile): Promise<boolean> {
  if (file.createdBy === work.actor.userId || (await settingOf(work, logoSetting)) === file.id) return true;
  if (await isAttachedWithinSight(work, file.id)) return true;
  for (const definition of work.company.catalogue.definitions) {
    for (const place of filePlacesOf(definition)) {
      if (isVisible(work.actor, definition, place.path) && (await isNamedWithinSight(work, definition, place, file.id))) return true;
    }
  }
  return false;
}

async function isAttachedWithinSight(work: Work, file: number): Promise<boolean> {
  const rows = (await work.tx('attachments').where({ file }).select('type', 'record_id')) as { type: string; record_id: number }[];
  for (const { type, record_id } of rows) {
    const definition = work.company.catalogue.find(type);
    if (definition && (await canSee(work, definition, record_id))) return true;
  }
  return false;
}

/** A field that holds a file: of the record itself or of a part. */
export interface FilePlace {
  readonly path: string;
  readonly table: string;
  readonly column: string;
  readonly isPart: boolean;
}

/** Every field of a type that holds a file or picture. */
export function filePlacesOf(definition: Definition): FilePlace[] {
  const isFile = ([, field]: [string, Definition['fields'][string]]) => field.kind === 'file' || field.kind === 'picture';
  const own = Object.entries(definition.fields)
    .filter(isFile)
    .map(([name]) => ({ path: name, table: tableOf(definition), column: columnOf(name), isPart: false }));
  const inParts = Object.entries(definition.parts).flatMap(([part, { fields }]) =>
    Object.entries(fields)
      .filter(isFile)
      .map(([name]) => ({ path: `${part}.${name}`, table: partTableOf(definition, part), column: columnOf(name), isPart: true })),
  );
  return [...own, ...inParts];
}

async function isNamedWithinSight(work: Work, definition: Definition, place: FilePlace, file: number): Promise<boolean> {
  const table = tableOf(definition);
  const query = work.tx(table);
  const naming = work.tx(place.table).where({ [place.column]: file });
  query.whereIn(`${table}.id`, naming.select(place.isPart ? 'parent' : 'id'));
  restrict(work, definition, query, 'read');
  return (await query.first(`${table}.id`)) !== undefined;
}
