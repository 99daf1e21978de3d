import type { Work } from '../work.ts';

export interface Balance {
  ledger: string;
  subject: number;
  place: string;
  amount: number;
}

/** Balances of some subjects, all places; amounts in the ledger's unit. Locked until the transaction ends with `lock`. */
export async function balancesOf(work: Work, ledger: string, subjects: readonly number[], lock = false): Promise<Balance[]> {
  if (subjects.length === 0) return [];
  const found: Balance[] = [];
  const sorted = [...new Set(subjects)].sort((a, b) => a - b);
  for (let start = 0; start < sorted.length; start += 1000) {
    const query = work
      .tx('balances')
      .where({ ledger })
      .whereIn('subject', sorted.slice(start, start + 1000))
      .orderBy(['subject', 'place'])
      .select('ledger', 'subject', 'place', 'amount');
    found.push(...((await (lock ? work.company.store.dialect.forUpdate(query) : query)) as Balance[]));
  }
  return found;
}

/** The kind of a place: `warehouse` of `warehouse:12`. */
export const kindOfPlace = (place: string): string => place.split(':')[0] ?? place;

/** The record behind a place: 12 of `warehouse:12`; 0 where there is none. */
export const idOfPlace = (place: string): number => Number(place.split(':')[1] ?? 0);
