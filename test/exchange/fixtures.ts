import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, crc32, deflateRawSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import type { CellValue, RowCells, SheetReader } from '../../server/features/exchange/workbook/cells.ts';
import type { ReadOptions } from '../../server/features/exchange/workbook/readWorkbook.ts';
import { readWorkbook } from '../../server/features/exchange/workbook/readWorkbook.ts';

/** A file in a folder of its own that is removed after the test. Without content it is only a place to write to. */
export async function aFile(name: string, content?: Buffer | string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tradepost-exchange-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  if (content !== undefined) await writeFile(path, content);
  return path;
}

export async function rowsIn(path: string, sheet?: string, options?: ReadOptions): Promise<RowCells[]> {
  return collect(await readWorkbook(path, options), sheet);
}

export async function collect(reader: SheetReader, sheet?: string): Promise<RowCells[]> {
  const rows: RowCells[] = [];
  for await (const row of reader.rows(sheet)) rows.push(row);
  return rows;
}

/** The cells of the first row of a file. */
export async function firstRow(path: string): Promise<CellValue[]> {
  return (await rowsIn(path))[0]?.cells ?? [];
}

/** What a person would read in a cell. */
export function shown(cell: CellValue | undefined): string {
  if (cell === undefined || cell.kind === 'empty') return '';
  if (cell.kind === 'text' || cell.kind === 'number') return cell.text;
  if (cell.kind === 'day') return cell.day;
  if (cell.kind === 'flag') return String(cell.value);
  if (cell.kind === 'formula') return `=${cell.formula}`;
  return cell.error;
}

export interface RawEntry {
  name: string;
  content?: Buffer | string;
  /** Already deflated bytes, with the sizes that are claimed for them. */
  deflated?: Buffer;
  size?: number;
  crc?: number;
  method?: number;
  flags?: number;
  /** Unix mode. */
  mode?: number;
  /** What the local header claims where it differs. */
  localSize?: number;
  localName?: string;
  /** Points the directory at the data of an earlier entry and writes none of its own. */
  sameDataAs?: number;
}

/** A zip byte by byte, so that it can say things no zip library would write. */
export function rawZip(entries: RawEntry[], repeatDirectory = 1): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content ?? '');
    const data = entry.deflated ?? (entry.method === 0 ? content : deflateRawSync(content));
    const facts = {
      data,
      size: entry.size ?? content.length,
      crc: entry.crc ?? crc32(content),
      method: entry.method ?? 8,
      flags: entry.flags ?? 0x800,
    };
    const own = entry.sameDataAs === undefined;
    offsets.push(own ? offset : offsets[entry.sameDataAs ?? 0]!);
    if (own) {
      const local = Buffer.concat([localHeader(entry, facts), data]);
      pieces.push(local);
      offset += local.length;
    }
    directory.push(directoryHeader(entry, facts, offsets.at(-1)!));
  }
  const list = Buffer.concat(Array.from({ length: repeatDirectory }, () => directory).flat());
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  const count = Math.min(directory.length * repeatDirectory, 0xffff);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...pieces, list, end]);
}

interface EntryFacts {
  data: Buffer;
  size: number;
  crc: number;
  method: number;
  flags: number;
}

function localHeader(entry: RawEntry, facts: EntryFacts): Buffer {
  const name = Buffer.from(entry.localName ?? entry.name);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(facts.flags, 6);
  header.writeUInt16LE(facts.method, 8);
  header.writeUInt32LE(facts.crc, 14);
  header.writeUInt32LE(facts.data.length, 18);
  header.writeUInt32LE(entry.localSize ?? facts.size, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function directoryHeader(entry: RawEntry, facts: EntryFacts, offset: number): Buffer {
  const name = Buffer.from(entry.name);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE((3 << 8) | 20, 4);
  header.writeUInt16LE(20, 6);
  header.writeUInt16LE(facts.flags, 8);
  header.writeUInt16LE(facts.method, 10);
  header.writeUInt32LE(facts.crc, 16);
  header.writeUInt32LE(facts.data.length, 20);
  header.writeUInt32LE(facts.size, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, name]);
}

/** Deflated zeros: every megabyte as a block of its own, so that a gigabyte is made in no time. Ends with the given text. */
export function deflatedMegabytes(megabytes: number, fill = ' '): Buffer {
  const block = deflateRawSync(Buffer.alloc(1024 * 1024, fill), { finishFlush: constants.Z_FULL_FLUSH, level: 9 });
  const last = deflateRawSync(Buffer.alloc(0));
  return Buffer.concat([...Array.from({ length: megabytes }, () => block), last]);
}

export interface WorkbookShape {
  /** The XML inside <sheetData> of the first sheet. */
  rows?: string;
  /** The whole XML of the first sheet, instead of `rows`. */
  sheet?: string;
  sharedStrings?: string;
  /** The XML inside <styleSheet>. */
  styles?: string;
  workbookProperties?: string;
  contentTypes?: string;
  /** Further entries, or replacements for the usual ones of the same name. */
  entries?: RawEntry[];
}

/** The entries of a small workbook as Excel writes it. */
export function workbookEntries(shape: WorkbookShape = {}): RawEntry[] {
  const sheet = shape.sheet ?? `<worksheet xmlns="${MAIN}"><sheetData>${shape.rows ?? ''}</sheetData></worksheet>`;
  const usual: RawEntry[] = [
    { name: '[Content_Types].xml', content: shape.contentTypes ?? '<Types xmlns="x"/>' },
    { name: '_rels/.rels', content: relations([['rId1', 'officeDocument', 'xl/workbook.xml']]) },
    {
      name: 'xl/workbook.xml',
      content: `<?xml version="1.0"?><workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${shape.workbookProperties ?? ''}<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relations([
        ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
        ['rId2', 'sharedStrings', '/xl/sharedStrings.xml'],
        ['rId3', 'styles', 'styles.xml'],
      ]),
    },
    { name: 'xl/worksheets/sheet1.xml', content: `<?xml version="1.0" encoding="UTF-8"?>\n${sheet}` },
    { name: 'xl/sharedStrings.xml', content: `<sst xmlns="${MAIN}">${shape.sharedStrings ?? ''}</sst>` },
    { name: 'xl/styles.xml', content: `<styleSheet xmlns="${MAIN}">${shape.styles ?? ''}</styleSheet>` },
  ];
  const replaced = new Set(shape.entries?.map((entry) => entry.name));
  return [...usual.filter((entry) => !replaced.has(entry.name)), ...(shape.entries ?? [])];
}

export function aWorkbook(shape: WorkbookShape = {}): Promise<string> {
  return aFile('workbook.xlsx', rawZip(workbookEntries(shape)));
}

export function relations(list: [id: string, kind: string, target: string][]): string {
  const items = list.map(([id, kind, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`);
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items.join('')}</Relationships>`;
}

export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** Text in a two-byte encoding, made by asking the decoder what each pair of bytes means. */
export function encoded(text: string, encoding: 'gb18030' | 'big5'): Buffer {
  const decoder = new TextDecoder(encoding);
  const bytes = new Map<string, number[]>();
  for (let first = 0x81; first <= 0xfe; first += 1) {
    for (let second = 0x40; second <= 0xfe; second += 1) bytes.set(decoder.decode(Uint8Array.of(first, second)), [first, second]);
  }
  return Buffer.from([...text].flatMap((character) => (character < '\u0080' ? character.charCodeAt(0) : (bytes.get(character) ?? []))));
}
