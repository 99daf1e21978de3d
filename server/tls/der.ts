/** The few words of DER (ITU-T X.690) that a certificate of ours is written in. Each gives the bytes of one value with its head. */
export type Der = Buffer;

export const sequence = (...parts: Der[]): Der => tagged(0x30, ...parts);
export const set = (...parts: Der[]): Der => tagged(0x31, ...parts);
export const octets = (...parts: Der[]): Der => tagged(0x04, ...parts);
export const utf8 = (text: string): Der => tagged(0x0c, Buffer.from(text, 'utf8'));
export const yes: Der = tagged(0x01, Buffer.from([0xff]));

/** A value under a tag of the surrounding structure; `constructed` when it holds values rather than bytes. */
export const inContext = (number: number, value: Der, constructed = true): Der => tagged((constructed ? 0xa0 : 0x80) | number, value);

/** Bytes as a whole number that is not negative. */
export function whole(bytes: Uint8Array): Der {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const plain = Buffer.from(bytes.subarray(start));
  // A first bit that is set would make it negative.
  return tagged(0x02, (plain[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), plain]) : plain);
}

/** Bits, of which the last `unused` do not count. */
export const bits = (bytes: Uint8Array, unused = 0): Der => tagged(0x03, Buffer.from([unused]), Buffer.from(bytes));

/** A name of a standard, written '1.2.840.10045.4.3.2'. */
export function oid(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(sevenBitsEach)]));
}

function sevenBitsEach(number: number): number[] {
  const groups = [number & 0x7f];
  for (let left = number >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
  return groups;
}

/** A moment, UTC ISO text, to the second: two digits of the year before 2050, four from then on (RFC 5280, 4.1.2.5). */
export function moment(instant: string): Der {
  const digits = `${instant.slice(0, 19).replaceAll(/\D/g, '')}Z`;
  return instant < '2050' ? tagged(0x17, Buffer.from(digits.slice(2))) : tagged(0x18, Buffer.from(digits));
}

function tagged(tag: number, ...parts: Der[]): Der {
  const value = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(value.length)]), value]);
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let left = length; left > 0; left >>= 8) bytes.unshift(left & 0xff);
  return [0x80 | bytes.length, ...bytes];
}
