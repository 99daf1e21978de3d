import { setImmediate as nextTurn } from 'node:timers/promises';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import type { Company } from '../../../work.ts';

/** Something that runs on behind the answer: a check or a commit. It lives in this process and leaves with it. */
export interface Job {
  readonly kind: 'checking' | 'committing';
  readonly progress: { done: number; total: number };
  readonly abort: AbortController;
  /** Resolves when nothing runs any more, however it ended. */
  readonly finished: Promise<void>;
  /** To be awaited between pieces of work: lets others have their turn. Refuses 'import.cancelled' once the person said so. */
  readonly breathe: () => Promise<void>;
}

const running = new WeakMap<Company, Map<number, Job>>();

/** What runs for an import now. */
export const jobOf = (company: Company, id: number): Job | undefined => running.get(company)?.get(id);

/** Starts work for an import. Refuses 'import.busy' while other work runs for it. The work itself says how it ended. */
export function startJob(company: Company, id: number, kind: Job['kind'], run: (job: Job) => Promise<void>): Job {
  const jobs = running.get(company) ?? new Map<number, Job>();
  running.set(company, jobs);
  if (jobs.has(id)) throw new Refusal('import.busy');
  const { promise: finished, resolve } = Promise.withResolvers<void>();
  const abort = new AbortController();
  const job: Job = { kind, progress: { done: 0, total: 0 }, abort, finished, breathe: breathing(abort.signal) };
  jobs.set(id, job);
  void run(job)
    .catch(company.report)
    .finally(() => {
      jobs.delete(id);
      resolve();
    });
  return job;
}

/** Short enough that a person who types beside it feels nothing. */
const turnMs = 12;

function breathing(signal: AbortSignal): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since >= turnMs) {
      await nextTurn();
      since = performance.now();
    }
    if (signal.aborted) throw new Refusal('import.cancelled');
  };
}
