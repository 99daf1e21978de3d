declare const __TRADEPOST_VERSION__: string;

/** The release these screens were built for. */
export const ownVersion = (): string => __TRADEPOST_VERSION__;

/** Whether release `a` came after release `b`, number by number: 0.10.0 after 0.9.2. */
export function isNewer(a: string, b: string): boolean {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  const at = left.findIndex((number, index) => number !== (right[index] ?? 0));
  return at >= 0 && (left[at] ?? 0) > (right[at] ?? 0);
}

const numbersOf = (version: string): number[] => version.split(/[.-]/, 3).map((part) => Number(part) || 0);
