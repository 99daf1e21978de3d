import { countOf } from '../database/rows.ts';
import { rightsChanged, settingsChanged } from '../neighbours/words.ts';
import type { Company, Work } from '../work.ts';

/**
 * What a process keeps in its memory of people, rights and settings, and how it learns that it is not true any more. Whoever changes
 * such a thing counts the company's mark up in the same transaction; every request reads the mark together with its session, and
 * where it has moved everything is forgotten before anybody's rights are looked at. The word to the other processes wakes those that
 * nobody asks anything: open windows and what is done by itself.
 */
export const markQuery = '(select "count" from "marks" where "name" = \'memory\')';

/** To be called in the transaction that changes people, positions, departments or settings. */
export async function countMark(work: Work, what: 'rights' | 'settings'): Promise<void> {
  await countOf(work.tx, counting, []);
  await work.company.store.dialect.tell(work.tx, what === 'rights' ? rightsChanged : settingsChanged);
}

const counting =
  'insert into "marks" ("name", "count") values (\'memory\', 1) on conflict ("name") do update set "count" = "marks"."count" + 1';

/** Forgets what is kept of the company when the mark just read says that another process has changed it. */
export function heedMark(company: Company, mark: number | null): void {
  const known = seen.get(company);
  if (known !== undefined && (mark ?? 0) <= known) return;
  seen.set(company, mark ?? 0);
  // Whoever sees a mark for the first time has kept nothing under an older one that could be trusted.
  for (const forget of keepers) forget(company);
}

const seen = new WeakMap<Company, number>();

/** Lets something that is kept be forgotten with the rest. */
export const keptUntilMarked = (forget: (company: Company) => void): void => void keepers.add(forget);

const keepers = new Set<(company: Company) => void>();
