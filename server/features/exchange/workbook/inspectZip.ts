import { Refusal } from '../../../../shared/kernel/refusal.ts';
import type { WorkbookLimits } from './limits.ts';
import { RATIO_COUNTS_FROM_BYTES } from './limits.ts';
import type { OpenZip, ZipPart } from './zipFile.ts';
import { DEFLATED, openZip, readHead, STORED } from './zipFile.ts';

/**
 * Judges a workbook by its zip directory and the first bytes of each part, before anything of it is parsed.
 * Refuses 'workbook.tooManyEntries', 'workbook.unsafeName', 'workbook.duplicatePart', 'workbook.symlink', 'workbook.encrypted',
 * 'workbook.tooLarge', 'workbook.suspiciousCompression', 'workbook.sizesLie', 'workbook.overlappingParts', 'workbook.nestedArchive',
 * 'workbook.macros', 'workbook.externalLinks', 'workbook.dde', 'workbook.unsupportedFormat', 'workbook.doctype', 'workbook.damaged'.
 * Sizes that lie without contradicting themselves are found while inflating, which stops at the size that was promised.
 */
export async function inspectZip(path: string, limits: WorkbookLimits): Promise<void> {
  const zip = await openZip(path, limits.entriesMax);
  try {
    refuseBadNames(zip.parts);
    zip.parts.forEach(refuseUnreadable);
    refuseTooLarge(zip.parts, limits);
    await refuseOverlapping(zip);
    await refuseForeignContent(zip);
  } finally {
    zip.file.close();
  }
}

const CONTENT_TYPES = '[content_types].xml';
const HEAD_COMPRESSED_BYTES = 4 * 1024;
const CONTENT_TYPES_COMPRESSED_BYTES = 32 * 1024;
const SYMLINK = 0o120000;
const FILE_KIND = 0o170000;

function refuseBadNames(parts: ZipPart[]): void {
  const seen = new Set<string>();
  for (const { name } of parts) {
    if (isUnsafeName(name)) throw new Refusal('workbook.unsafeName', { part: name });
    // Part names differ by more than case: ECMA-376 part 2, 6.2.2.3.
    const key = name.toLowerCase();
    if (seen.has(key)) throw new Refusal('workbook.duplicatePart', { part: name });
    seen.add(key);
  }
}

function isUnsafeName(name: string): boolean {
  return name === '' || name.startsWith('/') || /^[a-z]:/i.test(name) || name.includes('\0') || name.split(/[\\/]/).includes('..');
}

function refuseUnreadable({ name, entry }: ZipPart): void {
  if (((entry.externalFileAttributes >>> 16) & FILE_KIND) === SYMLINK) throw new Refusal('workbook.symlink', { part: name });
  if (entry.isEncrypted()) throw new Refusal('workbook.encrypted', {});
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) throw new Refusal('workbook.damaged', { part: name });
}

function refuseTooLarge(parts: ZipPart[], limits: WorkbookLimits): void {
  let total = 0;
  for (const { name, entry } of parts) {
    const { compressedSize, uncompressedSize: bytes } = entry;
    total += bytes;
    if (bytes > limits.entryBytesMax) throw new Refusal('workbook.tooLarge', { part: name, bytes, most: limits.entryBytesMax });
    if (total > limits.inflatedBytesMax) throw new Refusal('workbook.tooLarge', { bytes: total, most: limits.inflatedBytesMax });
    if (bytes > RATIO_COUNTS_FROM_BYTES && bytes > compressedSize * limits.ratioMax) {
      throw new Refusal('workbook.suspiciousCompression', { part: name, ratio: Math.round(bytes / Math.max(compressedSize, 1)) });
    }
  }
}

/** Every part must have its own bytes in the file, and its local header must say the same as the directory. */
async function refuseOverlapping(zip: OpenZip): Promise<void> {
  const parts = [...zip.parts].sort((a, b) => a.entry.relativeOffsetOfLocalHeader - b.entry.relativeOffsetOfLocalHeader);
  let freeFrom = 0;
  for (const part of parts) {
    if (part.entry.relativeOffsetOfLocalHeader < freeFrom) throw new Refusal('workbook.overlappingParts', { part: part.name });
    freeFrom = await endOfData(zip, part);
  }
}

async function endOfData(zip: OpenZip, { name, entry }: ZipPart): Promise<number> {
  const header = await zip.file.readLocalFileHeaderPromise(entry).catch(() => {
    throw new Refusal('workbook.damaged', { part: name });
  });
  if (!header.fileName.equals(entry.fileNameRaw)) throw new Refusal('workbook.damaged', { part: name });
  // Streamed parts carry their sizes behind the data, zip64 parts in the extra field: the header then says nothing.
  const saysNothing = (header.generalPurposeBitFlag & 8) !== 0 || header.uncompressedSize === 0xffffffff;
  const agrees = header.uncompressedSize === entry.uncompressedSize && header.compressedSize === entry.compressedSize;
  if (!saysNothing && !agrees) throw new Refusal('workbook.sizesLie', { part: name });
  return header.fileDataStart + entry.compressedSize;
}

async function refuseForeignContent(zip: OpenZip): Promise<void> {
  for (const part of zip.parts) {
    const name = part.name.toLowerCase();
    refuseByName(name);
    if (name.endsWith('/')) continue;
    const head = await readHead(zip, part, name === CONTENT_TYPES ? CONTENT_TYPES_COMPRESSED_BYTES : HEAD_COMPRESSED_BYTES);
    if (isArchive(head)) throw new Refusal('workbook.nestedArchive', { part: part.name });
    if (isXmlName(name) || startsLikeXml(head)) refuseDoctype(part.name, head);
    if (name === CONTENT_TYPES && head.includes('macroEnabled')) throw new Refusal('workbook.macros', {});
    if (name.includes('externallinks/')) refuseExternalLink(head);
  }
  if (!zip.parts.some(({ name }) => name.toLowerCase() === CONTENT_TYPES)) throw new Refusal('workbook.damaged', {});
}

function refuseByName(name: string): void {
  if (name.includes('vbaproject.bin') || name.includes('macrosheets/')) throw new Refusal('workbook.macros', {});
  if (name === 'xl/workbook.bin') throw new Refusal('workbook.unsupportedFormat', { format: 'xlsb' });
  if (name === 'mimetype') throw new Refusal('workbook.unsupportedFormat', { format: 'ods' });
  if (/\.(zip|xls[xmb]?|doc[xm]?|ppt[xm]?|7z|rar|gz)$/.test(name)) throw new Refusal('workbook.nestedArchive', { part: name });
}

/** Both fetch from elsewhere; the conversation with another program (DDE) can start it, so it is named for what it is. */
function refuseExternalLink(head: Buffer): void {
  throw new Refusal(head.includes('ddeLink') ? 'workbook.dde' : 'workbook.externalLinks', {});
}

function isArchive(head: Buffer): boolean {
  const start = head.toString('latin1', 0, 6);
  return (
    start.startsWith('PK\u0003\u0004') || start.startsWith('Rar!') || start.startsWith('7z\u00bc\u00af') || start.startsWith('\u001f\u008b')
  );
}

function isXmlName(name: string): boolean {
  return name.endsWith('.xml') || name.endsWith('.rels');
}

function startsLikeXml(head: Buffer): boolean {
  return /^(\u00ef\u00bb\u00bf)?\s*</.test(head.toString('latin1', 0, 64));
}

/** A document type may only stand before the first element, so only what comes before it is looked at: declaration and comments. */
function refuseDoctype(part: string, head: Buffer): void {
  const text = head.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
  let at = skipSpace(text, 0);
  while (text.startsWith('<?', at) || text.startsWith('<!--', at)) {
    const ending = text.startsWith('<?', at) ? '?>' : '-->';
    const end = text.indexOf(ending, at);
    if (end < 0) throw new Refusal('workbook.damaged', { part });
    at = skipSpace(text, end + ending.length);
  }
  if (/^<!doctype/i.test(text.slice(at, at + 9))) throw new Refusal('workbook.doctype', { part });
  if (!/^<[a-z_]/i.test(text.slice(at, at + 2))) throw new Refusal('workbook.damaged', { part });
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (' \t\r\n'.includes(text[at] ?? 'x')) at += 1;
  return at;
}
