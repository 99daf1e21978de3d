const written = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?$/;

/** 1 when the first version comes after the second, -1 before, 0 the same (semver.org, 11); null when one of them is no version. */
export function compareVersions(one: string, other: string): -1 | 0 | 1 | null {
  const [first, second] = [written.exec(one), written.exec(other)];
  if (!first || !second) return null;
  for (const part of [1, 2, 3]) {
    const order = Math.sign(Number(first[part]) - Number(second[part]));
    if (order !== 0) return order as -1 | 1;
  }
  // What is tried out comes before the release itself.
  if (first[4] === undefined || second[4] === undefined) return signOf(Number(first[4] === undefined) - Number(second[4] === undefined));
  return comparePrereleases(first[4].split('.'), second[4].split('.'));
}

function comparePrereleases(first: readonly string[], second: readonly string[]): -1 | 0 | 1 {
  for (const [at, one] of first.entries()) {
    const other = second[at];
    if (other === undefined) return 1;
    if (one === other) continue;
    const [isNumber, isOtherNumber] = [/^\d+$/.test(one), /^\d+$/.test(other)];
    if (isNumber && isOtherNumber) return signOf(Number(one) - Number(other));
    if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
    return one < other ? -1 : 1;
  }
  return first.length < second.length ? -1 : 0;
}

const signOf = (difference: number): -1 | 0 | 1 => Math.sign(difference) as -1 | 0 | 1;
