import type { AnyRow } from '../../../../shared/kernel/definition.ts';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import type { PrintFields, PrintValue } from '../../../../shared/printing/printData.ts';
import type { Block, PrintTemplate } from '../../../../shared/printing/template.ts';
import { isVisible } from '../../../access/trim.ts';
import { loadRecords } from '../../../database/rows.ts';
import type { Work } from '../../../work.ts';
import { readSmall } from '../../files/smallPicture.ts';
import { checkPicture } from '../pictures.ts';
import type { PlannedLineField } from './printPlan.ts';

/** The line fields that a template prints; a picture that is not among them is not even read. */
export function lineFieldsIn({ blocks }: PrintTemplate): ReadonlySet<string> {
  const fieldsOf = (block: Block): string[] => {
    if (block.kind === 'sideBySide') return block.parts.flat().flatMap(fieldsOf);
    return block.kind === 'table' ? block.columns.filter(({ show }) => show !== 'never').map(({ field }) => field) : [];
  };
  return new Set(blocks.flatMap(fieldsOf));
}

/** The lines with the pictures of what they are about, each once in memory however many lines show it. */
export async function withLinePictures(
  work: Work,
  of: { lines: readonly PrintFields[]; rows: readonly AnyRow[]; planned: readonly PlannedLineField[]; shown: ReadonlySet<string> },
): Promise<readonly PrintFields[]> {
  let { lines } = of;
  for (const { name, source, picture } of of.planned) {
    if (!picture || !of.shown.has(name)) continue;
    const files = await filesBehind(work, picture, of.rows, source);
    const pictures = await printable(work, [...files.values()]);
    lines = lines.map((line, index) => {
      const file = files.get(Number(of.rows[index]?.[source]));
      const value = file === undefined ? undefined : pictures.get(file);
      return value ? { ...line, [name]: value } : line;
    });
  }
  return lines;
}

async function filesBehind(
  work: Work,
  picture: NonNullable<PlannedLineField['picture']>,
  rows: readonly AnyRow[],
  source: string,
): Promise<Map<number, number>> {
  const definition = work.company.catalogue.get(picture.type);
  if (definition.visibility.by !== 'company' || !isVisible(work.actor, definition, picture.field)) return new Map();
  const ids = [...new Set(rows.map((row) => Number(row[source])).filter((id) => id > 0))];
  const records = await loadRecords(work.tx, definition, ids, { parts: false });
  return new Map(
    records.flatMap(({ id, values }): [number, number][] => (values[picture.field] ? [[id, Number(values[picture.field])]] : [])),
  );
}

/** A picture that cannot be printed stops no document: its line goes without. */
async function printable(work: Work, files: readonly number[]): Promise<Map<number, PrintValue>> {
  const pictures = new Map<number, PrintValue>();
  for (const [file, bytes] of await readSmall(work, files)) {
    try {
      pictures.set(file, { kind: 'picture', value: checkPicture(new Uint8Array(bytes)).bytes });
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
    }
  }
  return pictures;
}
