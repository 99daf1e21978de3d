import { Worker } from 'node:worker_threads';
import { type Facts, type FieldRefusal, Refusal } from '../../../shared/kernel/refusal.ts';
import type { PrintRequest } from './setting.ts';

/** What a worker answers: one of the three. */
export interface PrintAnswer {
  pdf?: Uint8Array<ArrayBuffer>;
  refusal?: { code: string; facts: Facts; fields: FieldRefusal[] };
  fault?: string;
}

export interface PrintLimits {
  workers: number;
  /** Prints that may wait for a worker. */
  waitingMax: number;
  timeoutMs: number;
  memoryMaxMb: number;
  /** A further worker comes only when a print takes longer than this: each holds the fonts in memory. */
  patienceMs: number;
  /** After so long without work every worker but one goes home. */
  spareAfterMs: number;
}

interface Job {
  requests: readonly PrintRequest[];
  resolve(pdf: Uint8Array): void;
  reject(error: Error): void;
}

/** Long-lived worker threads that make one PDF each at a time; the others wait in line. */
export class PrintPool {
  private readonly limits: PrintLimits;
  private readonly script: URL;
  private readonly waiting: Job[] = [];
  private readonly idle: Worker[] = [];
  private readonly busy = new Map<Worker, Job>();
  private spare: NodeJS.Timeout | undefined;
  private impatience: NodeJS.Timeout | undefined;

  constructor(script: URL, limits: PrintLimits) {
    this.script = script;
    this.limits = limits;
  }

  /**
   * One PDF of all the documents. `signal` gives it up. Refuses 'print.busy' when the line is full, 'print.tooSlow' after the time limit, and what the print
   * itself refuses.
   */
  print(request: PrintRequest | readonly PrintRequest[], signal?: AbortSignal): Promise<Uint8Array> {
    if (this.waiting.length >= this.limits.waitingMax) return Promise.reject(new Refusal('print.busy', { waiting: this.waiting.length }));
    return new Promise((resolve, reject) => {
      const job: Job = { requests: 'template' in request ? [request] : request, resolve, reject };
      this.waiting.push(job);
      signal?.addEventListener('abort', () => this.giveUp(job), { once: true });
      this.next();
    });
  }

  /** Ends the workers; prints under way and waiting are given up. */
  async close(): Promise<void> {
    const workers = [...this.idle, ...this.busy.keys()];
    const jobs = [...this.busy.values(), ...this.waiting.splice(0)];
    clearTimeout(this.spare);
    clearTimeout(this.impatience);
    this.idle.length = 0;
    this.busy.clear();
    for (const job of jobs) job.reject(new Refusal('print.busy', {}));
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  /** Nobody waits for it any more: the line and the worker are free for others. */
  private giveUp(job: Job): void {
    const at = this.waiting.indexOf(job);
    if (at >= 0) this.waiting.splice(at, 1);
    const worker = [...this.busy].find(([, busy]) => busy === job)?.[0];
    job.reject(new Refusal('print.busy', {}));
    if (worker) void worker.terminate();
  }

  private next(mayHire = this.busy.size === 0): void {
    clearTimeout(this.impatience);
    const [job] = this.waiting;
    const worker = job === undefined ? undefined : (this.idle.pop() ?? (mayHire ? this.hire() : undefined));
    if (job !== undefined && worker !== undefined) {
      this.waiting.shift();
      this.run(worker, job);
    }
    if (this.waiting.length === 0) return;
    // Short prints follow each other; behind a long one nobody is kept waiting.
    this.impatience = setTimeout(() => this.next(true), this.limits.patienceMs);
    this.impatience.unref();
  }

  private hire(): Worker | undefined {
    if (this.busy.size >= this.limits.workers) return undefined;
    const worker = new Worker(this.script, { resourceLimits: { maxOldGenerationSizeMb: this.limits.memoryMaxMb } });
    // Printing keeps nobody's process alive.
    worker.unref();
    return worker;
  }

  private sendSpareHome(): void {
    clearTimeout(this.spare);
    this.spare = setTimeout(() => {
      for (const worker of this.idle.splice(1)) void worker.terminate();
    }, this.limits.spareAfterMs);
    this.spare.unref();
  }

  private run(worker: Worker, job: Job): void {
    this.busy.set(worker, job);
    worker.ref();
    const leave = (error: Error) => {
      if (!settle()) return;
      void worker.terminate();
      job.reject(error);
      this.next();
    };
    const answered = (answer: PrintAnswer) => {
      if (!settle()) return;
      worker.unref();
      this.idle.push(worker);
      this.sendSpareHome();
      if (answer.pdf !== undefined) job.resolve(answer.pdf);
      else job.reject(errorOf(answer));
      this.next();
    };
    const ended = (code: number) => leave(new Error(`the print worker ended with code ${code}`));
    const timer = setTimeout(() => leave(new Refusal('print.tooSlow', { seconds: this.limits.timeoutMs / 1000 })), this.limits.timeoutMs);
    const settle = () => {
      clearTimeout(timer);
      worker.off('message', answered).off('error', leave).off('exit', ended);
      return this.busy.delete(worker);
    };
    worker.on('message', answered).on('error', leave).on('exit', ended);
    worker.postMessage(job.requests);
  }
}

function errorOf({ refusal, fault }: PrintAnswer): Error {
  if (refusal !== undefined) return new Refusal(refusal.code, refusal.facts, refusal.fields);
  return new Error(`printing failed: ${fault ?? 'no reason given'}`);
}
