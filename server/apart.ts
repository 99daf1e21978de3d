import { parentPort, Worker, workerData } from 'node:worker_threads';
import { type Facts, Refusal } from '../shared/kernel/refusal.ts';

/** How work in a thread or a process of its own has ended, in words that can be sent. */
export type Ending<Result> =
  | { readonly result: Result }
  | { readonly refusal: { readonly code: string; readonly facts: Facts } }
  | { readonly fault: string };

/** Does the work and says how it ended; what finds no room on the disk is refused with 'backup.diskFull'. */
export async function endingOf<Result>(work: () => Promise<Result>): Promise<Ending<Result>> {
  try {
    return { result: await work() };
  } catch (fault) {
    if (fullCodes.includes(String((fault as { code?: unknown }).code))) return { refusal: { code: 'backup.diskFull', facts: {} } };
    if (fault instanceof Refusal) return { refusal: { code: fault.code, facts: fault.facts } };
    return { fault: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) };
  }
}

const fullCodes = ['ENOSPC', 'SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE'];

/** What the work gave; throws what it threw. */
export function resultOf<Result>(ending: Ending<Result>): Result {
  if ('result' in ending) return ending.result;
  throw 'refusal' in ending ? new Refusal(ending.refusal.code, ending.refusal.facts) : new Error(ending.fault);
}

type Sign<Progress, Result> = { readonly progress: Progress } | { readonly ending: Ending<Result> };

/** In the thread: does what it was started for, and tells how far it is and how it ended. */
export async function workInThread<Task, Progress, Result>(
  work: (task: Task, progress: (so: Progress) => void) => Promise<Result>,
): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('this work is done in a worker thread');
  const tell = (sign: Sign<Progress, Result>): void => port.postMessage(sign);
  tell({ ending: await endingOf(() => work(workerData as Task, (progress) => tell({ progress }))) });
}

/**
 * Does a task in a thread of its own, and gives or throws what came of it when the thread has ended: what it had opened is closed
 * then. An aborted signal ends the thread, and `stopped` is thrown.
 */
export function runInThread<Progress, Result>(
  module: URL,
  task: unknown,
  of: { readonly signal: AbortSignal; readonly progress: (so: Progress) => void; readonly stopped: () => Error },
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(module, { workerData: task });
    let ending: Ending<Result> = { fault: 'The thread ended before its work' };
    const stop = (): void => void thread.terminate();
    of.signal.addEventListener('abort', stop, { once: true });
    if (of.signal.aborted) stop();
    thread.on('message', (sign: Sign<Progress, Result>) => {
      if ('progress' in sign) return of.progress(sign.progress);
      ending = sign.ending;
      stop();
    });
    thread.once('error', (fault) => {
      ending = { fault: fault.stack ?? fault.message };
    });
    thread.once('exit', () => {
      of.signal.removeEventListener('abort', stop);
      if (of.signal.aborted) return reject(of.stopped());
      try {
        resolve(resultOf(ending));
      } catch (fault) {
        reject(fault);
      }
    });
  });
}
