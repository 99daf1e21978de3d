import { posix } from 'node:path';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import type { WorkbookLimits } from './limits.ts';
import { isBuiltInDay, showsDay } from './serialDays.ts';
import { MalformedPart, parsePart, prefixedAttribute } from './xmlPart.ts';
import type { OpenZip, ZipPart } from './zipFile.ts';

/** A workbook's table of contents: its visible sheets in order and what their cells refer to. */
export interface WorkbookParts {
  sheets: Map<string, ZipPart>;
  date1904: boolean;
  styles: ZipPart | undefined;
  sharedStrings: ZipPart | undefined;
}

/** Finds the sheets by the relations between the parts, as the format asks, not by their usual names. Refuses 'workbook.damaged'. */
export async function findParts(zip: OpenZip, limits: WorkbookLimits): Promise<WorkbookParts> {
  const root = await relationsOf(zip, '', limits);
  const workbook = targetOfKind(zip, root, 'officeDocument');
  if (workbook === undefined) throw new Refusal('workbook.damaged', {});
  const relations = await relationsOf(zip, workbook.name, limits);
  const { listed, date1904 } = await readContents(zip, workbook, limits);
  const sheets = new Map<string, ZipPart>();
  for (const { name, relation } of listed) {
    const target = relations.get(relation);
    // Chart sheets stand in the same list and have no cells.
    if (target?.kind !== 'worksheet') continue;
    const part = partNamed(zip, target.name);
    if (part === undefined) throw new Refusal('workbook.damaged', { part: target.name });
    sheets.set(name, part);
  }
  return { sheets, date1904, styles: targetOfKind(zip, relations, 'styles'), sharedStrings: targetOfKind(zip, relations, 'sharedStrings') };
}

/** For each cell style whether it shows its number as a day. */
export async function readDayStyles(zip: OpenZip, part: ZipPart | undefined, limits: WorkbookLimits): Promise<boolean[]> {
  const dayFormats = new Map<string, boolean>();
  const styles: boolean[] = [];
  let inCellStyles = false;
  if (part === undefined) return styles;
  await parsePart(zip, part, limits, {
    open(name, attributes) {
      if (name === 'numFmt')
        dayFormats.set(attributes.numFmtId ?? '', showsDay((attributes.formatCode ?? '').slice(0, FORMAT_CHARACTERS_MAX)));
      if (name === 'cellXfs') inCellStyles = true;
      if (name === 'xf' && inCellStyles) {
        const id = attributes.numFmtId ?? '0';
        styles.push(dayFormats.get(id) ?? isBuiltInDay(Number(id)));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellStyles = false;
    },
    text() {},
  });
  return styles;
}

/** The texts that cells refer to by number; pieces of rich text are joined, readings (phonetic runs) left out. */
export async function readSharedStrings(zip: OpenZip, part: ZipPart | undefined, limits: WorkbookLimits): Promise<string[]> {
  const strings: string[] = [];
  if (part === undefined) return strings;
  const rich = richText(limits);
  await parsePart(zip, part, limits, {
    open(name) {
      if (name === 'si') rich.start();
      else rich.open(name);
    },
    close(name) {
      if (name === 'si') strings.push(rich.take());
      else rich.close(name);
    },
    text: rich.text,
  });
  return strings;
}

/** Gathers the text of one string item: plain or in pieces. Refuses 'workbook.cellTooLong'. */
export function richText(limits: WorkbookLimits) {
  let gathered = '';
  let inText = false;
  let inReading = false;
  return {
    start() {
      gathered = '';
      inReading = false;
    },
    open(name: string) {
      if (name === 'rPh') inReading = true;
      if (name === 't') inText = true;
    },
    close(name: string) {
      if (name === 'rPh') inReading = false;
      if (name === 't') inText = false;
    },
    text(text: string) {
      if (!inText || inReading) return;
      gathered += text;
      // Excel counts the character an escape stands for, so the measure is generous.
      if (gathered.length > limits.cellCharactersMax * ESCAPE_CHARACTERS) refuseLongText(limits);
    },
    take(): string {
      const text = unescapeText(gathered);
      if (text.length > limits.cellCharactersMax) refuseLongText(limits);
      return text;
    },
  };
}

/** Characters that XML cannot carry are written _x000D_ in a workbook (ECMA-376 part 1, 22.4.2.4). */
export function unescapeText(text: string): string {
  return text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16))) : text;
}

const ESCAPE_CHARACTERS = 7;
// Excel allows 255 characters; nothing may make the pattern run long.
const FORMAT_CHARACTERS_MAX = 512;
const SHEETS_MAX = 1000;

function refuseLongText(limits: WorkbookLimits): never {
  throw new Refusal('workbook.cellTooLong', { most: limits.cellCharactersMax });
}

interface Relation {
  kind: string;
  name: string;
}

/** The relations of a part (or of the whole file, for '') by their ids, with names from the root of the zip. */
async function relationsOf(zip: OpenZip, source: string, limits: WorkbookLimits): Promise<Map<string, Relation>> {
  const folder = posix.dirname(source);
  const part = partNamed(zip, posix.join(folder, '_rels', `${posix.basename(source)}.rels`));
  const relations = new Map<string, Relation>();
  if (part === undefined) return relations;
  await parsePart(zip, part, limits, {
    open(name, attributes) {
      const { Id: id, Type: type, Target: target, TargetMode: mode } = attributes;
      if (name !== 'Relationship' || mode === 'External' || id === undefined || target === undefined) return;
      relations.set(id, {
        kind: type?.split('/').at(-1) ?? '',
        name: posix.join('/', target.startsWith('/') ? '' : folder, target).slice(1),
      });
    },
    close() {},
    text() {},
  });
  return relations;
}

function targetOfKind(zip: OpenZip, relations: Map<string, Relation>, kind: string): ZipPart | undefined {
  const relation = [...relations.values()].find((one) => one.kind === kind);
  return relation === undefined ? undefined : partNamed(zip, relation.name);
}

function partNamed(zip: OpenZip, name: string): ZipPart | undefined {
  return zip.parts.find((part) => part.name.toLowerCase() === name.toLowerCase());
}

async function readContents(zip: OpenZip, workbook: ZipPart, limits: WorkbookLimits) {
  const listed: { name: string; relation: string }[] = [];
  let date1904 = false;
  await parsePart(zip, workbook, limits, {
    open(name, attributes) {
      if (name === 'workbookPr') date1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
      if (name !== 'sheet' || (attributes.state ?? 'visible') !== 'visible') return;
      listed.push({ name: unescapeText(attributes.name ?? ''), relation: prefixedAttribute(attributes, 'id') ?? '' });
      if (listed.length > SHEETS_MAX) throw new MalformedPart();
    },
    close() {},
    text() {},
  });
  return { listed, date1904 };
}
