import { inflateSync } from 'node:zlib';
import { imageSize } from 'image-size';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import type { PrintData, PrintFields } from '../../../shared/printing/printData.ts';

export interface Picture {
  bytes: Uint8Array;
  type: 'png' | 'jpg';
  widthPx: number;
  heightPx: number;
}

export const pictureLimits = { bytes: 2 * 1024 * 1024, sidePx: 4000 } as const;

/**
 * Looks at the bytes of a picture, not at what it calls itself. Refuses 'print.pictureType' unless it is a whole PNG or
 * JPEG, 'print.pictureTooLarge' above 2 MB or 4,000 pixels a side.
 */
export function checkPicture(bytes: Uint8Array): Picture {
  if (bytes.byteLength > pictureLimits.bytes) {
    throw new Refusal('print.pictureTooLarge', { bytes: bytes.byteLength, bytesMax: pictureLimits.bytes });
  }
  const type = typeOf(bytes);
  if (type === null) throw new Refusal('print.pictureType');
  const { width, height } = sizeOf(bytes);
  if (width > pictureLimits.sidePx || height > pictureLimits.sidePx) {
    throw new Refusal('print.pictureTooLarge', { width, height, sideMax: pictureLimits.sidePx });
  }
  if (type === 'png') refuseUnlessWhole(bytes, width, height);
  return { bytes, type, widthPx: width, heightPx: height };
}

/** The pictures of a print by the dotted name of their field. Refuses as checkPicture does. */
export function picturesOf(data: PrintData): Map<string, Picture> {
  const groups: Record<string, PrintFields> = {
    document: data.fields,
    company: data.company,
    customer: data.customer,
    people: data.people,
  };
  const found = new Map<string, Picture>();
  for (const [group, fields] of Object.entries(groups)) {
    for (const [field, value] of Object.entries(fields)) {
      if (value.kind === 'picture') found.set(`${group}.${field}`, checkPicture(value.value));
    }
  }
  for (const [name, bytes] of linePicturesOf(data)) found.set(name, checkPicture(bytes));
  return found;
}

/** The pictures of the lines, each once: lines about the same thing share its name. */
function linePicturesOf(data: PrintData): Map<string, Uint8Array> {
  const names = linePictureNames(data);
  return new Map(
    data.lines.flatMap((line) =>
      Object.values(line).flatMap((value): [string, Uint8Array][] =>
        value.kind === 'picture' ? [[names.get(value.value) ?? '', value.value]] : [],
      ),
    ),
  );
}

/** What the picture of a line is called among the pictures of its print. */
export function linePictureNames(data: PrintData): Map<Uint8Array, string> {
  const names = new Map<Uint8Array, string>();
  for (const line of data.lines) {
    for (const value of Object.values(line)) {
      if (value.kind === 'picture' && !names.has(value.value)) names.set(value.value, `line.${names.size}`);
    }
  }
  return names;
}

function typeOf(bytes: Uint8Array): Picture['type'] | null {
  const begins = (...head: number[]) => head.every((byte, index) => bytes[index] === byte);
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  return begins(0xff, 0xd8, 0xff) ? 'jpg' : null;
}

function sizeOf(bytes: Uint8Array): { width: number; height: number } {
  try {
    const { width, height } = imageSize(bytes);
    if (width > 0 && height > 0) return { width, height };
  } catch {
    // A header that cannot be read is a picture that cannot be printed.
  }
  throw new Refusal('print.pictureType');
}

/** A PNG whose pixels inflate to more than its size says would fill the memory of whoever opens it. */
function refuseUnlessWhole(bytes: Uint8Array, width: number, height: number): void {
  // Four channels of 16 bit are the most that a pixel can take, and each row has a byte for its filter.
  const maxOutputLength = (width * 8 + 1) * height + 64 * 1024;
  try {
    inflateSync(pixelDataOf(bytes), { maxOutputLength });
  } catch {
    throw new Refusal('print.pictureType');
  }
}

/** The IDAT chunks of a PNG, joined. */
function pixelDataOf(bytes: Uint8Array): Buffer {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Buffer[] = [];
  for (let at = 8; at + 8 <= file.length; ) {
    const length = file.readUInt32BE(at);
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') chunks.push(file.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return Buffer.concat(chunks);
}
