import type { BackupRefusal } from '../../shared/contracts/backups.ts';
import type { PracticeAnswer } from '../../shared/contracts/practice.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { keepingFiles } from '../backup/backUp.ts';
import { alone, runningOf, type Turn } from '../backup/running.ts';
import { writeAudit } from '../engine/audit.ts';
import { transact } from '../engine/transact.ts';
import type { Actor, Company } from '../work.ts';

/** Where practice companies are made and removed. */
export interface Practices {
  /** The copy of a company that there is. */
  readonly practiceOf: (code: string) => PracticeAnswer['practice'];
  /** Copies a company. Refuses 'practice.ofPractice', 'practice.exists' {code}, 'company.exists' {code}, and like copyCompany. */
  readonly makePractice: (code: string, turn: Turn) => Promise<void>;
  /** Removes the copy of a company, and never anything else. Refuses 'practice.none', 'practice.otherName'. */
  readonly removePractice: (code: string, name: string) => Promise<void>;
}

// Only the last word counts, and only while the server runs.
const failures = new WeakMap<Company, BackupRefusal>();

/** How it stands with a company's practice company. */
export const practiceState = (company: Company, practices: Practices): PracticeAnswer => ({
  practice: practices.practiceOf(company.code),
  running: runningOf(company),
  failed: failures.get(company) ?? null,
  isPractice: company.practice !== undefined,
});

/** Copies a company to practise in, as one of the works that have its backups for themselves. Refuses 'backup.running', and like makePractice. */
export async function makePractice(company: Company, practices: Practices, of: Partial<Turn> = {}): Promise<void> {
  refuseUnlessReal(company);
  await alone(company, { kind: 'practice', signal: of.signal }, async (turn) => {
    const progress: Turn['progress'] = (so) => {
      turn.progress(so);
      of.progress?.(so);
    };
    await keepingFiles(company, () => practices.makePractice(company.code, { signal: turn.signal, progress }));
  });
}

/** Begins to do so for a person, who does not wait for it: `practiceState` tells. Refuses 'practice.ofPractice', 'practice.exists' {code}, 'backup.running'. */
export async function beginPractice(company: Company, actor: Actor, practices: Practices): Promise<void> {
  refuseUnlessReal(company);
  const there = practices.practiceOf(company.code);
  if (there) throw new Refusal('practice.exists', { code: there.code });
  if (runningOf(company)) throw new Refusal('backup.running');
  await transact(company, actor, (work) => writeAudit(work, { action: 'practice', type: 'company', recordId: 0 }));
  failures.delete(company);
  makePractice(company, practices).catch((fault: unknown) => {
    if (!(fault instanceof Refusal)) company.report(fault);
    const { code, facts } = fault instanceof Refusal ? fault : { code: 'fault', facts: {} };
    if (code !== 'backup.cancelled') failures.set(company, { code, facts });
  });
}

/** Removes a company's practice company for a person who has typed its name. Refuses like removePractice. */
export async function removePractice(company: Company, actor: Actor, of: { practices: Practices; name: string }): Promise<void> {
  refuseUnlessReal(company);
  await of.practices.removePractice(company.code, of.name);
  await transact(company, actor, (work) => writeAudit(work, { action: 'removePractice', type: 'company', recordId: 0 }));
}

function refuseUnlessReal({ practice }: Company): void {
  if (practice) throw new Refusal('practice.ofPractice');
}
