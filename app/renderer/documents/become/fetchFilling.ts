import type { AnyRow, Value } from '../../../../shared/kernel/definition.ts';
import { sumOf } from '../../../../shared/kernel/numbers.ts';

/** A head field that says the sum of what was fetched into the rows of a part, unless a person has written something else. */
export interface FetchFilling {
  type: string;
  part: string;
  /** The head field, and the field of the rows that is added up. */
  field: string;
  sums: string;
}

const fillings: FetchFilling[] = [];

export const registerFetchFilling = (filling: FetchFilling): void => void fillings.push(filling);

/** The head values that follow from rows being fetched beside those that are there; empty where a person wrote them. */
export function filledByFetch(of: {
  type: string;
  part: string;
  values: Readonly<Record<string, Value>>;
  before: readonly AnyRow[];
  fetched: readonly Readonly<Record<string, Value | undefined>>[];
}): Record<string, Value> {
  const wanted = fillings.filter(({ type, part }) => type === of.type && part === of.part);
  return Object.fromEntries(
    wanted.flatMap(({ field, sums }): [string, Value][] => {
      const sum = (rows: readonly Readonly<Record<string, Value | undefined>>[]) => sumOf(rows.map((row) => Number(row[sums] ?? 0)));
      const known = Number(of.values[field] ?? 0);
      const isOwn = known !== 0 && known !== sum(of.before);
      return isOwn ? [] : [[field, sumOf([sum(of.before), sum(of.fetched)])]];
    }),
  );
}
