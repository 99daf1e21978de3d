import { Worker } from 'node:worker_threads';
import type { DatabaseRow } from '../codec.ts';
import { type Reading, type ReadingAnswer, rowsIn, type Statement } from './sqliteReading.ts';

interface Waiting {
  resolve(rows: DatabaseRow[][]): void;
  reject(fault: Error): void;
}

/**
 * Long readings in a thread of their own, one after the other: SQLite reads where it is called, and nobody's key press may wait for a
 * sum over years. The thread comes with the first reading and goes home when there was none for a while.
 */
export class SqliteBeside {
  readonly #file: string;
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | null = null;
  #rest: NodeJS.Timeout | undefined;
  #last = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** The rows of each statement, all on one snapshot. */
  read(statements: readonly Statement[]): Promise<DatabaseRow[][]> {
    clearTimeout(this.#rest);
    this.#thread ??= this.#open();
    const id = ++this.#last;
    const answer = new Promise<DatabaseRow[][]>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#thread.ref();
    this.#thread.postMessage({ id, statements } satisfies Reading);
    return answer;
  }

  async close(): Promise<void> {
    clearTimeout(this.#rest);
    const thread = this.#thread;
    this.#thread = null;
    await thread?.terminate();
  }

  #open(): Worker {
    const thread = new Worker(new URL('./sqliteBesideThread.ts', import.meta.url), { workerData: this.#file });
    thread.on('message', (answer: ReadingAnswer) => this.#answered(answer));
    thread.on('error', (fault) => this.#lost(fault));
    thread.on('exit', () => this.#lost(new Error('The reading beside ended')));
    return thread;
  }

  #answered(answer: ReadingAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('tables' in answer) waiting?.resolve(answer.tables.map(rowsIn));
    else waiting?.reject(new Error(answer.fault));
    if (this.#waiting.size > 0) return;
    this.#thread?.unref();
    this.#rest = setTimeout(() => void this.close(), idleMs).unref();
  }

  #lost(fault: Error): void {
    this.#thread = null;
    for (const { reject } of this.#waiting.values()) reject(fault);
    this.#waiting.clear();
  }
}

const idleMs = 60_000;
