/** A scanner types faster than any hand: on average no more than this between two signs, and never a longer pause than that. */
const averageMaxMs = 40;
const gapMaxMs = 130;
const lengthMin = 4;

export interface Burst {
  readonly text: string;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
}

export const noBurst: Burst = { text: '', firstAtMs: Number.NEGATIVE_INFINITY, lastAtMs: Number.NEGATIVE_INFINITY };

/** The signs that came in one go, with this one added; a pause begins anew, and so does a key that leaves the field or changes it. */
export function withKey(burst: Burst, key: string, atMs: number): Burst {
  if (key === 'Shift') return burst;
  if (key.length !== 1) return noBurst;
  const goesOn = atMs - burst.lastAtMs <= gapMaxMs;
  return goesOn ? { text: burst.text + key, firstAtMs: burst.firstAtMs, lastAtMs: atMs } : { text: key, firstAtMs: atMs, lastAtMs: atMs };
}

/** Whether the text in a field, ended with Enter at this moment, came from a scanner and not from a hand. */
export function isScanned(burst: Burst, typed: string, atMs: number): boolean {
  if (typed.length < lengthMin || burst.text !== typed || atMs - burst.lastAtMs > gapMaxMs) return false;
  return atMs - burst.firstAtMs <= typed.length * averageMaxMs;
}
