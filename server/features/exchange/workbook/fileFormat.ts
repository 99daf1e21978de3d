import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Refusal } from '../../../../shared/kernel/refusal.ts';

export type FileFormat = 'xlsx' | 'csv';

/**
 * What a file is by its first bytes, whatever its name says.
 * Refuses 'workbook.oldFormat' (.xls), 'workbook.encrypted' (a workbook with a password), 'workbook.unsupportedFormat' {format}.
 */
export async function formatOf(path: string): Promise<FileFormat> {
  const head = await readStart(path);
  if (head.subarray(0, 2).toString('latin1') === 'PK') return 'xlsx';
  if (head.subarray(0, 8).equals(COMPOUND_FILE)) {
    throw new Refusal((await contains(path, ENCRYPTED_PACKAGE)) ? 'workbook.encrypted' : 'workbook.oldFormat', {});
  }
  if (hasUtf16Mark(head)) return 'csv';
  if (head.includes(0)) throw new Refusal('workbook.unsupportedFormat', { format: 'unknown' });
  // Many programs export a web page and call it .xls.
  if (/^(\u00ef\u00bb\u00bf)?\s*<(\?xml|!doctype|html|table|head|meta)/i.test(head.toString('latin1', 0, 512))) {
    throw new Refusal('workbook.unsupportedFormat', { format: 'html' });
  }
  return 'csv';
}

/** Whether the text begins with the mark of UTF-16, either way round. */
export function hasUtf16Mark(head: Buffer): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
}

/** The first 256 KB of a file. */
export async function readStart(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(256 * 1024);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

// Excel puts a workbook with a password into the container of the old format, in a stream of this name ([MS-OFFCRYPTO] 2.3.4).
const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le');

async function contains(path: string, wanted: Buffer): Promise<boolean> {
  let tail = Buffer.alloc(0);
  for await (const chunk of createReadStream(path)) {
    const window = Buffer.concat([tail, chunk as Buffer]);
    if (window.includes(wanted)) return true;
    tail = window.subarray(Math.max(0, window.length - wanted.length));
  }
  return false;
}
