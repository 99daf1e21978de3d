import { imageSize } from 'image-size';
import { Refusal } from '../../../shared/kernel/refusal.ts';

export interface Kind {
  readonly mediaType: string;
  /** Pictures only, in pixels. */
  readonly width?: number;
  readonly height?: number;
}

/** 40 megapixels: more than a camera brings, less than what fills the memory of whoever opens it. */
export const pixelsMax = 40_000_000;

/** What a browser may show in place; everything else is only ever saved. */
export const isShown = (mediaType: string): boolean => shownTypes.has(mediaType);
const shownTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf']);

const unknown = 'application/octet-stream';

/**
 * What a file is, by its bytes; the name only tells kinds apart that are equally harmless. What a browser could run (html,
 * svg, scripts) is an octet stream. Refuses 'file.program' for what a computer runs and 'file.pictureTooLarge' above 40
 * megapixels, read from the header alone.
 */
export function kindOf(bytes: Uint8Array, name: string): Kind {
  refuseProgram(bytes, name);
  const picture = pictureTypes.find(({ begins }) => begins(bytes));
  if (picture) return pictureKind(bytes, picture.mediaType);
  if (beginsWith(bytes, '%PDF-')) return { mediaType: 'application/pdf' };
  if (beginsWith(bytes, 'PK\x03\x04')) return { mediaType: archiveType(bytes) };
  if (beginsWith(bytes, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return { mediaType: oldOfficeTypes[endingOf(name)] ?? unknown };
  return { mediaType: plainTypes[endingOf(name)] !== undefined && isPlainText(bytes) ? (plainTypes[endingOf(name)] ?? unknown) : unknown };
}

const pictureTypes: readonly { mediaType: string; begins: (bytes: Uint8Array) => boolean }[] = [
  { mediaType: 'image/png', begins: (bytes) => beginsWith(bytes, '\x89PNG\r\n\x1a\n') },
  { mediaType: 'image/jpeg', begins: (bytes) => beginsWith(bytes, '\xff\xd8\xff') },
  { mediaType: 'image/gif', begins: (bytes) => beginsWith(bytes, 'GIF87a') || beginsWith(bytes, 'GIF89a') },
  { mediaType: 'image/webp', begins: (bytes) => beginsWith(bytes, 'RIFF') && beginsWith(bytes.subarray(8), 'WEBP') },
];

function pictureKind(bytes: Uint8Array, mediaType: string): Kind {
  const size = sizeOf(bytes);
  if (!size) return { mediaType: unknown };
  if (size.width * size.height > pixelsMax) throw new Refusal('file.pictureTooLarge', { ...size, pixelsMax });
  return { mediaType, ...size };
}

/** Null for a header that cannot be read: such a file is kept, but nobody is told that it is a picture. */
function sizeOf(bytes: Uint8Array): { width: number; height: number } | null {
  try {
    const { width, height } = imageSize(bytes);
    return width > 0 && height > 0 ? { width, height } : null;
  } catch {
    return null;
  }
}

/** Windows, Linux and Mac programs, shortcuts and shell scripts by their bytes; batch files, which are plain text, by their name. */
function refuseProgram(bytes: Uint8Array, name: string): void {
  const heads = [
    'MZ',
    '\x7fELF',
    '\xfe\xed\xfa',
    '\xcf\xfa\xed\xfe',
    '\xce\xfa\xed\xfe',
    '\xca\xfe\xba\xbe',
    '#!',
    'L\0\0\0\x01\x14\x02\0',
  ];
  const isProgram = heads.some((head) => beginsWith(bytes, head)) || programEndings.has(endingOf(name));
  if (isProgram) throw new Refusal('file.program', { name });
}

const programEndings = new Set('exe com bat cmd scr pif msi msp ps1 vbs vbe jse wsf wsh hta lnk cpl reg jar app dll'.split(' '));

function archiveType(bytes: Uint8Array): string {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return officeTypes.find(([entry]) => content.includes(entry, 0, 'latin1'))?.[1] ?? 'application/zip';
}

const officeTypes = [
  ['xl/workbook.xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['word/document.xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['ppt/presentation.xml', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
] as const;

const oldOfficeTypes: Readonly<Record<string, string>> = {
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  wps: 'application/vnd.ms-works',
  et: 'application/vnd.ms-excel',
};

const plainTypes: Readonly<Record<string, string>> = { txt: 'text/plain', csv: 'text/csv', log: 'text/plain', md: 'text/plain' };

/** UTF-8 without control characters and without anything that looks like markup at its beginning. */
function isPlainText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return !/[\0-\x08\x0b\x0e-\x1f]/.test(text) && !/<[!?a-z/]/i.test(text.slice(0, 4096));
  } catch {
    return false;
  }
}

const endingOf = (name: string): string => /\.([^.]{1,12})$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** Whether the bytes begin with these, written as characters of the same codes. */
function beginsWith(bytes: Uint8Array, head: string): boolean {
  return bytes.length >= head.length && Array.from(head).every((sign, index) => bytes[index] === sign.charCodeAt(0));
}
