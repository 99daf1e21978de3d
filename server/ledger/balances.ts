import type { Day } from '../../shared/kernel/days.ts';
import { marksOf, rowsOf } from '../database/rows.ts';
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
    const few = sorted.slice(start, start + 1000);
    const text =
      `select "ledger", "subject", "place", "amount" from "balances" where "ledger" = ? and "subject" in (${marksOf(few)}) ` +
      `order by "subject", "place"${lock ? work.company.store.dialect.forUpdateText : ''}`;
    found.push(...((await rowsOf(work.tx, text, [ledger, ...few])) as unknown as Balance[]));
  }
  return found;
}

/** The kind of a place: `warehouse` of `warehouse:12`. */
export const kindOfPlace = (place: string): string => place.split(':')[0] ?? place;

/** The record behind a place: 12 of `warehouse:12`; 0 where there is none. */
export const idOfPlace = (place: string): number => Number(place.split(':')[1] ?? 0);

/** The same as of the end of a day: what the moves up to and with it add up to. Places that hold nothing then are left out. */
export async function balancesOn(work: Work, ledger: string, subjects: readonly number[], day: Day): Promise<Balance[]> {
  const found: Balance[] = [];
  for (let start = 0; start < subjects.length; start += 500) {
    const moves = () =>
      work
        .tx('moves')
        .where({ ledger })
        .whereIn('subject', subjects.slice(start, start + 500))
        .where('day', '<=', day);
    const sides = work.tx
      .unionAll([
        moves().select('subject', { place: 'to_place' }, 'amount'),
        moves().select('subject', { place: 'from_place' }, work.tx.raw('-amount as amount')),
      ])
      .as('sides');
    const sums = work.tx.from(sides).groupBy('subject', 'place').havingRaw('sum(amount) <> 0');
    const rows = (await sums.orderBy(['subject', 'place']).select('subject', 'place').sum({ amount: 'amount' })) as Omit<
      Balance,
      'ledger'
    >[];
    found.push(...rows.map((row) => ({ ...row, ledger })));
  }
  return found;
}
