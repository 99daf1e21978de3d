import type { Logger } from 'pino';
import { instantOf, msOf } from '../../shared/kernel/days.ts';
import { backupsThing } from '../backup/running.ts';
import { clock } from '../clock.ts';
import { backupJob } from '../features/files/sweepFiles.ts';
import type { Company, Work } from '../work.ts';
import { jobs as allJobs, type Job } from './jobs.ts';

const askEveryMs = 60_000;
// After a start everybody comes in at once; what is due has waited for the night anyway.
const firstAskMs = 5_000;
/** A job that says nothing for so long is taken to have died with its process, and may be begun again. */
export const heldMs = 30 * 60_000;

/** Runs the jobs of every company when they are due, in the one process that leads among those that keep it. */
export class Timetable {
  readonly #companies: () => readonly Company[];
  readonly #log: Logger;
  readonly #jobs: readonly Job[];
  readonly #stopped = new AbortController();
  #startedMs: number | null = null;
  #timer: NodeJS.Timeout | null = null;
  #first: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  readonly #ledSince = new WeakMap<Company, AbortSignal>();

  constructor(companies: () => readonly Company[], log: Logger, jobs: readonly Job[] = allJobs) {
    this.#companies = companies;
    this.#log = log;
    this.#jobs = jobs;
  }

  /** Asks soon and then every minute what is due. */
  start(): void {
    this.#startedMs ??= clock.now();
    this.#first ??= setTimeout(() => void this.runDue(), firstAskMs);
    this.#first.unref();
    this.#timer ??= setInterval(() => void this.runDue(), askEveryMs);
    this.#timer.unref();
  }

  /** Does what is due, one after the other; a second call waits for the first. A job that fails is logged and tried again later. */
  runDue(): Promise<void> {
    this.#running = this.#running.then(async () => {
      for (const company of this.#companies()) {
        for (const job of this.#jobs) await this.#runIfDue(company, job);
      }
    });
    return this.#running;
  }

  /** Begins nothing more and waits for the step that is being done. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    if (this.#timer) clearInterval(this.#timer);
    if (this.#first) clearTimeout(this.#first);
    await this.#running;
  }

  #isTooEarly({ restMs = 0 }: Job): boolean {
    return this.#startedMs !== null && clock.now() - this.#startedMs < restMs;
  }

  /** Until when this process does what the company does by itself; null while another one does. */
  async #leadOf(company: Company): Promise<AbortSignal | null> {
    if (!company.neighbours) return this.#stopped.signal;
    const { lead } = company.neighbours;
    if (lead === null) return null;
    if (this.#ledSince.get(company) !== lead) await freeJobs(company);
    this.#ledSince.set(company, lead);
    return AbortSignal.any([this.#stopped.signal, lead]);
  }

  async #runIfDue(company: Company, job: Job): Promise<void> {
    if (this.#stopped.signal.aborted || this.#isTooEarly(job)) return;
    try {
      const signal = await this.#leadOf(company);
      if (!signal || signal.aborted) return;
      if (!(await begin(company, job))) return;
      // A job that takes long is not dead.
      const keeping = setInterval(() => void hold(company, job).catch(() => undefined), heldMs / 3).unref();
      const done = await job.run(company, signal).finally(() => clearInterval(keeping));
      // What was cut short is due again at once, here or in another process.
      await end(company, job, signal.aborted ? null : done);
    } catch (fault) {
      this.#log.error({ err: fault, company: company.code, job: job.name }, 'job failed');
    }
  }
}

interface JobRun {
  readonly finished_at: string | null;
  readonly held_until: string | null;
}

/** Takes the job for this process, when it is due and nobody holds it: whoever locks the row first. */
async function begin(company: Company, job: Job): Promise<boolean> {
  const nowMs = clock.now();
  const runOf = (tx: Work['tx']) => tx('job_runs').where({ name: job.name }).select('finished_at', 'held_until');
  // Asked every minute and due once an hour or a day: most times nothing needs to be written.
  const [seen] = (await company.store.read(runOf)) as JobRun[];
  if (!isFree(seen, job, nowMs)) return false;
  return company.store.write(async (tx) => {
    await tx('job_runs').insert({ name: job.name }).onConflict('name').ignore();
    const [known] = (await company.store.dialect.forUpdate(runOf(tx))) as JobRun[];
    if (!isFree(known, job, nowMs)) return false;
    await tx('job_runs')
      .where({ name: job.name })
      .update({ started_at: instantOf(nowMs), held_until: instantOf(nowMs + heldMs) });
    return true;
  });
}

/** Due, and nobody is at it. */
function isFree(run: JobRun | undefined, job: Job, nowMs: number): boolean {
  const isHeld = Boolean(run?.held_until && msOf(run.held_until) > nowMs);
  const isDue = !run?.finished_at || nowMs - msOf(run.finished_at) >= job.everyMs;
  return isDue && !isHeld;
}

/** What was held by the process that led before is free: it is gone, or has stopped. Only a backup by hand may run elsewhere. */
async function freeJobs(company: Company): Promise<void> {
  const backups = await company.neighbours?.hold(backupsThing);
  await company.store.write((tx) => {
    const held = tx('job_runs').whereNotNull('held_until');
    if (!backups) held.whereNot({ name: backupJob });
    return held.update({ held_until: null });
  });
  await backups?.release();
}

async function hold(company: Company, job: Job): Promise<void> {
  const heldUntil = instantOf(clock.now() + heldMs);
  await company.store.write((tx) => tx('job_runs').where({ name: job.name }).update({ held_until: heldUntil }));
}

async function end(company: Company, job: Job, done: number | null): Promise<void> {
  const finished = done === null ? {} : { finished_at: instantOf(clock.now()), done };
  await company.store.write((tx) =>
    tx('job_runs')
      .where({ name: job.name })
      .update({ held_until: null, ...finished }),
  );
}
