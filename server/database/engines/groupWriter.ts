import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as immediately } from 'node:timers/promises';
import { Refusal } from '../../../shared/kernel/refusal.ts';

/** One transaction at a time that can hold several works, each of which can be undone alone. */
export interface GroupTarget {
  begin(): Promise<void>;
  /**
   * Runs one work in the open transaction. When it fails, what it wrote is undone and the others stay; a `first` work has the
   * transaction for itself until it is done, and its failure ends it. `isOpen` tells whether the engine undid more than that.
   */
  within<T>(work: () => Promise<T>, of: { isFirst: boolean; stays: () => boolean }): Promise<T>;
  isOpen(): boolean;
  commit(): void;
  /** Ends the transaction, undone unless it was committed. */
  end(): void;
  /** Whether the disk itself failed: nobody knows any more what lies on it. */
  isDiskFault(fault: unknown): boolean;
}

interface Job {
  readonly run: () => Promise<unknown>;
  readonly stays: () => boolean;
  readonly resolve: (value: unknown) => void;
  readonly reject: (fault: unknown) => void;
}

interface Group {
  readonly jobs: readonly Job[];
  readonly outcomes: readonly Outcome[];
  /** Why nothing of what was done stays. */
  readonly fault?: { readonly of: unknown };
}

type Outcome = { readonly value: unknown } | { readonly fault: unknown };

/** So many works at most share a commit, and none begins in it when the first has waited so long. */
const groupMax = 32;
const groupMs = 50;

/**
 * Writes one after the other, and commits those together that are waiting: the disk is flushed once for all of them instead of
 * once for each, and nobody hears that a work is done before it is. A work that fails is undone alone; when the engine loses the
 * transaction of a group (a full disk), each work of it is done again by itself, so that each hears its own outcome.
 *
 * When the disk fails, nothing is tried again: a system that was once told of a failed flush takes the next one for good though what it
 * was about never reached the disk. Those who wait, and all who come later, are refused with 'database.diskFault' until the database
 * is opened anew.
 */
export class GroupWriter {
  readonly #target: GroupTarget;
  readonly #waiting: Job[] = [];
  #isRunning = false;
  #isClosed = false;
  #isBroken = false;
  #whenIdle: (() => void)[] = [];

  constructor(target: GroupTarget) {
    this.#target = target;
  }

  write<T>(work: () => Promise<T>, stays: () => boolean): Promise<T> {
    if (this.#isClosed) return Promise.reject(new Error('The database was closed'));
    if (this.#isBroken) return Promise.reject(new Refusal('database.diskFault'));
    // Another one's work may begin this one's, which still belongs to whoever asked.
    const inContext = AsyncLocalStorage.snapshot();
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ run: () => inContext(async () => work()), stays, resolve: resolve as Job['resolve'], reject });
      if (!this.#isRunning) void this.#runAll();
    });
  }

  /** True since the disk has failed. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** Lets those that wait be done, and takes no more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#isRunning) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
  }

  async #runAll(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0) {
      await this.#runGroup();
      if (this.#isBroken) for (const { reject } of this.#waiting.splice(0)) reject(new Refusal('database.diskFault'));
    }
    this.#isRunning = false;
    for (const tell of this.#whenIdle.splice(0)) tell();
  }

  async #runGroup(): Promise<void> {
    const began = performance.now();
    const next = async (count: number): Promise<Job | undefined> => {
      if (count >= groupMax || (count > 0 && performance.now() - began >= groupMs)) return undefined;
      // Requests that have arrived meanwhile are read, so that they can join.
      if (this.#waiting.length === 0) await immediately();
      return this.#waiting.shift();
    };
    const { jobs, outcomes, fault } = await this.#commitTogether(next);
    if (!fault) {
      for (const [index, job] of jobs.entries()) settle(job, outcomes[index] ?? { fault: new Error('A work was never done') });
      return;
    }
    if (this.#target.isDiskFault(fault.of)) this.#isBroken = true;
    if (jobs.length === 1 || this.#isBroken) {
      for (const { reject } of jobs) reject(fault.of);
      return;
    }
    for (const job of jobs) {
      const alone = [job];
      const done = await this.#commitTogether(async () => alone.shift());
      settle(job, done.fault ? { fault: done.fault.of } : (done.outcomes[0] ?? { fault: new Error('A work was never done') }));
    }
  }

  async #commitTogether(next: (count: number) => Promise<Job | undefined>): Promise<Group> {
    const jobs: Job[] = [];
    const outcomes: Outcome[] = [];
    try {
      for (let job = await next(0); job; job = await next(jobs.length)) {
        jobs.push(job);
        if (jobs.length === 1) await this.#target.begin();
        const outcome = await this.#outcomeOf(job, jobs.length === 1);
        outcomes.push(outcome);
        if (this.#target.isOpen()) continue;
        const isUndone = jobs.length === 1 && 'fault' in outcome;
        return isUndone ? { jobs, outcomes } : { jobs, outcomes, fault: { of: faultOf(outcome) } };
      }
      this.#target.commit();
      return { jobs, outcomes };
    } catch (fault) {
      return { jobs, outcomes, fault: { of: fault } };
    } finally {
      this.#target.end();
    }
  }

  async #outcomeOf({ run, stays }: Job, isFirst: boolean): Promise<Outcome> {
    try {
      return { value: await this.#target.within(run, { isFirst, stays }) };
    } catch (fault) {
      return { fault };
    }
  }
}

const faultOf = (outcome: Outcome): unknown => ('fault' in outcome ? outcome.fault : new Error('The transaction was lost'));

function settle({ resolve, reject }: Job, outcome: Outcome): void {
  if ('fault' in outcome) reject(outcome.fault);
  else resolve(outcome.value);
}
