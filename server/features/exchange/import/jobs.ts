import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import type { Company } from '../../../work.ts';

/** Something that runs on behind the answer: a check or a commit. It lives in one process and leaves with it. */
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

/** What is known of work for an import, wherever it runs. */
export type JobShown = Pick<Job, 'kind' | 'progress'>;

/** What runs for an import now, here or in another process that keeps the company. */
export const jobOf = (company: Company, id: number): JobShown | undefined =>
  running.get(company)?.get(id) ?? (company.neighbours?.shown(nameOf(id)) as JobShown | null | undefined) ?? undefined;

/** Stops what runs for an import, wherever that is, and waits until nothing does. */
export async function stopJob(company: Company, id: number): Promise<void> {
  const job = running.get(company)?.get(id);
  job?.abort.abort();
  await job?.finished;
  if (job || !jobOf(company, id)) return;
  company.neighbours?.askToStop(nameOf(id));
  for (let waitedMs = 0; jobOf(company, id) && waitedMs < stopMaxMs; waitedMs += askEveryMs) await sleep(askEveryMs);
}

const nameOf = (id: number): string => `import ${id}`;
const askEveryMs = 50;
const stopMaxMs = 10_000;

/** Starts work for an import. Refuses 'import.busy' while other work runs for it. The work itself says how it ended. */
export function startJob(company: Company, id: number, kind: Job['kind'], run: (job: Job) => Promise<void>): Job {
  const jobs = running.get(company) ?? new Map<number, Job>();
  running.set(company, jobs);
  if (jobOf(company, id)) throw new Refusal('import.busy');
  const { promise: finished, resolve } = Promise.withResolvers<void>();
  const abort = new AbortController();
  const job: Job = { kind, progress: { done: 0, total: 0 }, abort, finished, breathe: breathing(abort.signal) };
  jobs.set(id, job);
  const hide = company.neighbours?.show(
    nameOf(id),
    () => ({ kind, progress: job.progress }),
    () => abort.abort(),
  );
  void run(job)
    .catch(company.report)
    .finally(() => {
      jobs.delete(id);
      hide?.();
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
