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
}

interface Job {
  request: PrintRequest;
  resolve(pdf: Uint8Array): void;
  reject(error: Error): void;
}

/** Long-lived worker threads that print one document each at a time; the others wait in line. */
export class PrintPool {
  private readonly limits: PrintLimits;
  private readonly script: URL;
  private readonly waiting: Job[] = [];
  private readonly idle: Worker[] = [];
  private readonly busy = new Map<Worker, Job>();

  constructor(script: URL, limits: PrintLimits) {
    this.script = script;
    this.limits = limits;
  }

  /** Refuses 'print.busy' when the line is full, 'print.tooSlow' after the time limit, and what the print itself refuses. */
  print(request: PrintRequest): Promise<Uint8Array> {
    if (this.waiting.length >= this.limits.waitingMax) return Promise.reject(new Refusal('print.busy', { waiting: this.waiting.length }));
    return new Promise((resolve, reject) => {
      this.waiting.push({ request, resolve, reject });
      this.next();
    });
  }

  /** Ends the workers; prints under way and waiting are given up. */
  async close(): Promise<void> {
    const workers = [...this.idle, ...this.busy.keys()];
    const jobs = [...this.busy.values(), ...this.waiting.splice(0)];
    this.idle.length = 0;
    this.busy.clear();
    for (const job of jobs) job.reject(new Refusal('print.busy', {}));
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  private next(): void {
    const [job] = this.waiting;
    const worker = job === undefined ? undefined : (this.idle.pop() ?? this.hire());
    if (job === undefined || worker === undefined) return;
    this.waiting.shift();
    this.run(worker, job);
  }

  private hire(): Worker | undefined {
    if (this.busy.size >= this.limits.workers) return undefined;
    const worker = new Worker(this.script, { resourceLimits: { maxOldGenerationSizeMb: this.limits.memoryMaxMb } });
    // Printing keeps nobody's process alive.
    worker.unref();
    return worker;
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
    worker.postMessage(job.request);
  }
}

function errorOf({ refusal, fault }: PrintAnswer): Error {
  if (refusal !== undefined) return new Refusal(refusal.code, refusal.facts, refusal.fields);
  return new Error(`printing failed: ${fault ?? 'no reason given'}`);
}
