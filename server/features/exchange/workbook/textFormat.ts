import { createReadStream } from 'node:fs';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import { hasUtf16Mark, readStart } from './fileFormat.ts';

export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5';

/**
 * The encoding in which the whole file makes sense. UTF-8 is tried first because nothing else is valid UTF-8 by chance; between GB18030
 * and Big5, in which the same bytes can be valid, the habits of their characters decide. Refuses 'workbook.unknownEncoding'.
 */
export async function encodingOf(path: string): Promise<TextEncodingName> {
  const start = await readStart(path);
  const candidates: TextEncodingName[] = hasUtf16Mark(start)
    ? [start[0] === 0xff ? 'utf-16le' : 'utf-16be']
    : ['utf-8', ...chineseEncodings(start)];
  for (const encoding of candidates) {
    if (await isValid(path, encoding)) return encoding;
  }
  throw new Refusal('workbook.unknownEncoding', {});
}

/** The delimiter that is most frequent outside quotes in the first lines, and how much of the text is Excel's own line that names it. */
export function delimiterOf(start: string): { delimiter: string; charactersToSkip: number } {
  const named = /^sep=(.)\r?\n/.exec(start);
  if (named?.[1] !== undefined) return { delimiter: named[1], charactersToSkip: named[0].length };
  const bare = start
    .replace(/"[^"]*"/g, '')
    .split(/\r\n|\r|\n/, LINES_LOOKED_AT)
    .join('\n');
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: bare.split(delimiter).length - 1 }));
  counted.sort((a, b) => b.count - a.count);
  return { delimiter: counted[0]?.count ? counted[0].delimiter : ',', charactersToSkip: 0 };
}

const DELIMITERS = [',', ';', '\t'];
const LINES_LOOKED_AT = 20;

async function isValid(path: string, encoding: TextEncodingName): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const chunks = createReadStream(path);
  try {
    for await (const chunk of chunks) decoder.decode(chunk as Buffer, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

// In Big5 four characters of ten have a second byte below 0x7F, in GB 2312 none has.
const BIG5_SHARE_MIN = 0.1;

/**
 * Which to try first. First bytes 0x81–0xA0 are everyday characters in GBK and unused in Big5; a second byte 0x30–0x39 exists in
 * GB18030 only.
 */
function chineseEncodings(sample: Buffer): TextEncodingName[] {
  let pairs = 0;
  let lowSeconds = 0;
  let onlyInGb = 0;
  for (let at = 0; at + 1 < sample.length; at += 1) {
    const [first = 0, second = 0] = [sample[at], sample[at + 1]];
    if (first < 0x81) continue;
    pairs += 1;
    at += 1;
    if (first <= 0xa0 || (second >= 0x30 && second <= 0x39)) onlyInGb += 1;
    else if (second < 0x7f) lowSeconds += 1;
  }
  const isBig5 = onlyInGb === 0 && lowSeconds > pairs * BIG5_SHARE_MIN;
  return isBig5 ? ['big5', 'gb18030'] : ['gb18030', 'big5'];
}
