import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { RecordDraft } from '../../../../shared/kernel/checkRecord.ts';
import type { Definition } from '../../../../shared/kernel/definition.ts';
import type { PrepareAnswer, PrepareTask } from './prepareThread.ts';
import { looked, type WorkedOut, workOut } from './workOut.ts';

/** Works out many drafts, in their order; `breathe` is awaited between pieces. */
export interface Preparer {
  readonly prepare: (definition: Definition, drafts: readonly RecordDraft[], of: Preparing) => Promise<WorkedOut[]>;
  readonly close: () => Promise<void>;
}

export interface Preparing {
  readonly breathe: () => Promise<void>;
  readonly onReady: (count: number) => void;
}

/**
 * Makes ready for so many rows of these types. Chinese names cost a tenth of a millisecond each, so for long files threads
 * work them out and whoever types beside it feels nothing; a short file is done before a thread has started.
 */
export function preparerFor(definitions: readonly Definition[], rows: number): Preparer {
  if (rows <= worthThreads) return { prepare: prepareHere, close: async () => undefined };
  const threads = Array.from({ length: Math.min(threadsMax, availableParallelism()) }, () => startThread(definitions));
  return {
    prepare: (definition, drafts, of) => prepareThere(threads, definition, drafts, of),
    close: async () => {
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}

const worthThreads = 1000;
const draftsPerBatch = 200;
const threadsMax = 2;

async function prepareHere(definition: Definition, drafts: readonly RecordDraft[], of: Preparing): Promise<WorkedOut[]> {
  const worked: WorkedOut[] = [];
  for (const draft of drafts) {
    worked.push(workOut(definition, draft));
    of.onReady(1);
    await of.breathe();
  }
  return worked;
}

async function prepareThere(
  threads: readonly Worker[],
  definition: Definition,
  drafts: readonly RecordDraft[],
  of: Preparing,
): Promise<WorkedOut[]> {
  const worked = new Array<WorkedOut>(drafts.length);
  let next = 0;
  const takeBatches = async (thread: Worker): Promise<void> => {
    while (next < drafts.length) {
      const start = next;
      next += draftsPerBatch;
      const batch = drafts.slice(start, next).map((draft) => looked(definition, draft));
      const answer = await ask(thread, { type: definition.type, drafts: batch });
      for (const [at, one] of answer.entries()) worked[start + at] = one;
      of.onReady(answer.length);
      await of.breathe();
    }
  };
  await Promise.all(threads.map(takeBatches));
  return worked;
}

/** Guards and calculations cannot travel, and a thread that only works out keys needs none of them. */
function startThread(definitions: readonly Definition[]): Worker {
  const plain = definitions.map(({ type, kind, area, title, fields, parts, duplicates, numbering }) => ({
    type,
    kind,
    area,
    title,
    fields,
    parts,
    duplicates,
    numbering,
  }));
  return new Worker(new URL('./prepareThread.ts', import.meta.url), { workerData: plain });
}

async function ask(thread: Worker, task: PrepareTask): Promise<PrepareAnswer> {
  const answer = once(thread, 'message') as Promise<[PrepareAnswer]>;
  thread.postMessage(task);
  return (await answer)[0];
}
