import { crc32 } from 'node:zlib';
import { SaxesParser } from 'saxes';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import type { WorkbookLimits } from './limits.ts';
import type { OpenZip, ZipPart } from './zipFile.ts';

/** What a reader wants to hear of a part. Names come without their namespace prefix. */
export interface PartHandlers {
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  text(text: string): void;
  /** Called between two pieces of the file with the inflated bytes read so far: the place to hand on what was found and to wait. */
  afterChunk?(bytesRead: number): Promise<void>;
}

export type Attributes = Record<string, string | undefined>;

/**
 * Parses one XML part as a stream; memory does not grow with its size.
 * Refuses 'workbook.doctype', 'workbook.sizesLie', 'workbook.cellTooLong' (a piece of text beyond every cell), 'workbook.damaged'.
 */
export async function parsePart(zip: OpenZip, part: ZipPart, limits: WorkbookLimits, handlers: PartHandlers): Promise<void> {
  const parser = parserFor(part.name, handlers);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const refuseLongRun = runGuard(limits);
  let bytesRead = 0;
  let sum = 0;
  try {
    const stream = await zip.file.openReadStreamPromise(part.entry);
    for await (const piece of stream) {
      const chunk = piece as Buffer;
      bytesRead += chunk.length;
      sum = crc32(chunk, sum);
      refuseLongRun(chunk);
      parser.write(decoder.decode(chunk, { stream: true }));
      await handlers.afterChunk?.(bytesRead);
    }
    parser.write(decoder.decode()).close();
  } catch (error) {
    throw partRefusal(part.name, error);
  }
  if (sum !== part.entry.crc32) throw new Refusal('workbook.damaged', { part: part.name });
}

/** The attribute without regard to its prefix: 'id' finds 'r:id'. */
export function prefixedAttribute(attributes: Attributes, name: string): string | undefined {
  const key = Object.keys(attributes).find((one) => one.endsWith(`:${name}`));
  return key === undefined ? undefined : attributes[key];
}

/** Thrown where a part cannot mean what it says; becomes 'workbook.damaged' with the part's name. */
export class MalformedPart extends Error {}

// Real parts are about ten levels deep. The parser remembers every open element.
const DEPTH_MAX = 100;
// A character can be written as an entity of up to ten bytes.
const BYTES_PER_CHARACTER_MAX = 10;

function parserFor(part: string, handlers: PartHandlers): SaxesParser {
  const parser = new SaxesParser({ fileName: part });
  let depth = 0;
  parser.on('doctype', () => {
    throw new Refusal('workbook.doctype', { part });
  });
  parser.on('opentag', (tag) => {
    depth += 1;
    if (depth > DEPTH_MAX) throw new MalformedPart();
    handlers.open(localName(tag.name), tag.attributes as Attributes);
  });
  parser.on('closetag', (tag) => {
    depth -= 1;
    handlers.close(localName(tag.name));
  });
  parser.on('text', handlers.text);
  parser.on('cdata', handlers.text);
  parser.on('error', (error) => {
    throw new MalformedPart(error.message);
  });
  return parser;
}

/** The parser gathers text up to the next tag, however long it is; this stops it before that costs memory. */
function runGuard(limits: WorkbookLimits): (chunk: Buffer) => void {
  const most = limits.cellCharactersMax;
  let run = 0;
  return (chunk) => {
    const first = chunk.indexOf('<');
    run += first < 0 ? chunk.length : first;
    if (run > most * BYTES_PER_CHARACTER_MAX) throw new Refusal('workbook.cellTooLong', { most });
    if (first >= 0) run = chunk.length - chunk.lastIndexOf('<');
  };
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

function partRefusal(part: string, error: unknown): unknown {
  if (error instanceof Refusal) return error;
  if (error instanceof MalformedPart) return new Refusal('workbook.damaged', { part });
  if (!(error instanceof Error)) return error;
  if (error.message.includes('bytes in the stream')) return new Refusal('workbook.sizesLie', { part });
  const code = 'code' in error ? String(error.code) : '';
  return code.startsWith('Z_') || code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? new Refusal('workbook.damaged', { part }) : error;
}
