/** A scanner types faster than any hand: this many milliseconds between two signs at most. */
const gapMaxMs = 45;
const lengthMin = 4;

export interface Burst {
  readonly text: string;
  readonly lastAtMs: number;
}

export const noBurst: Burst = { text: '', lastAtMs: Number.NEGATIVE_INFINITY };

/** The signs that came in one go, with this one added; a pause begins anew. */
export function withKey(burst: Burst, key: string, atMs: number): Burst {
  if (key.length !== 1) return burst;
  const text = atMs - burst.lastAtMs <= gapMaxMs ? burst.text + key : key;
  return { text, lastAtMs: atMs };
}

/** Whether the text in a field, ended with Enter at this moment, came from a scanner and not from a hand. */
export function isScanned(burst: Burst, typed: string, atMs: number): boolean {
  return typed.length >= lengthMin && burst.text === typed && atMs - burst.lastAtMs <= gapMaxMs * 2;
}
