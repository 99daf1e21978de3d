/** Amounts that a person or a rule has set against each other, by the key of the row; minor units. */
export interface Matched {
  readonly debts: ReadonlyMap<string, number>;
  readonly credits: ReadonlyMap<string, number>;
}

/** Something owed: rows come with the earliest due first. */
export interface MatchDebt {
  readonly key: string;
  readonly number: string;
  readonly open: number;
}
/** Something that may pay it: rows come with the oldest first. `note` is what was written on it. */
export interface MatchCredit {
  readonly key: string;
  readonly left: number;
  readonly note: string;
}

export type MatchMethod = 'exact' | 'firstInFirstOut' | 'byNumber';

/** Sets money against debts by a rule; what fits nowhere stays out. */
export function match(debts: readonly MatchDebt[], credits: readonly MatchCredit[], method: MatchMethod): Matched {
  const paid = new Map<string, number>();
  const used = new Map<string, number>();
  const openOf = (debt: MatchDebt): number => Math.max(0, debt.open) - (paid.get(debt.key) ?? 0);
  for (const credit of credits) {
    let left = Math.max(0, credit.left);
    for (const debt of paysFor(credit, debts, { method, openOf })) {
      const amount = Math.min(left, openOf(debt));
      if (amount <= 0) continue;
      left -= amount;
      paid.set(debt.key, (paid.get(debt.key) ?? 0) + amount);
    }
    if (left < credit.left) used.set(credit.key, credit.left - left);
  }
  return { debts: paid, credits: used };
}

/** The debts that the rule lets this money pay, in their order. */
function paysFor(
  credit: MatchCredit,
  debts: readonly MatchDebt[],
  { method, openOf }: { method: MatchMethod; openOf: (debt: MatchDebt) => number },
): readonly MatchDebt[] {
  if (method === 'firstInFirstOut') return debts;
  if (method === 'byNumber') return debts.filter((debt) => names(credit.note, debt.number));
  const equal = debts.find((debt) => debt.open === credit.left && openOf(debt) === debt.open);
  return equal ? [equal] : [];
}

/** How much of each credit is used, the oldest first, to pay a sum; less when there is not enough. */
export function fillCredits(credits: readonly MatchCredit[], sum: number): ReadonlyMap<string, number> {
  const used = new Map<string, number>();
  let rest = sum;
  for (const credit of credits) {
    const amount = Math.min(rest, credit.left);
    if (amount <= 0) continue;
    used.set(credit.key, amount);
    rest -= amount;
  }
  return used;
}

/** A number stands in a text as a word of its own: SO-1 is not named by SO-12. */
function names(note: string, number: string): boolean {
  if (number === '') return false;
  const [text, word] = [note.toLowerCase(), number.toLowerCase()];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const [before, after] = [text[at - 1] ?? '', text[at + word.length] ?? ''];
    if (!/[a-z0-9]/.test(before) && !/[a-z0-9]/.test(after)) return true;
  }
  return false;
}
