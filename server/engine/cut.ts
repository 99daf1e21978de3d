import type { AnyRecord, AnyRow, Definition, Step } from '../../shared/kernel/definition.ts';
import type { Work } from '../work.ts';
import { type Due, unfeed } from './feed.ts';

/**
 * Cuts the rows of a document down to what others have used of them; their sources get the rest back. Gives the document as it is
 * then and the sources whose automatic step is due.
 */
export async function cutToUsed(
  work: Work,
  definition: Definition,
  document: AnyRecord,
  cut: Step['cutsTo'],
): Promise<{ document: AnyRecord; due: Due[] }> {
  if (!cut) return { document, due: [] };
  const rows = document.parts[cut.part] ?? [];
  const usedOf = (row: AnyRow): number => Number(row[cut.used] ?? 0);
  const unused = rows
    .filter((row) => Number(row[cut.field] ?? 0) > usedOf(row))
    .map((row): AnyRow => ({ ...row, [cut.field]: Number(row[cut.field]) - usedOf(row) }));
  const due = await unfeed(work, definition, { ...document, parts: { [cut.part]: unused } });
  const left = rows.map((row): AnyRow => ({ ...row, [cut.field]: usedOf(row) }));
  return { document: { ...document, parts: { ...document.parts, [cut.part]: left } }, due };
}
