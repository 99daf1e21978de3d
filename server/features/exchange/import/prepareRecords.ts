import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { RecordDraft } from '../../../../shared/kernel/checkRecord.ts';
import type { Definition } from '../../../../shared/kernel/definition.ts';
import { codecFor } from '../../../database/codec.ts';
import type { PrepareAnswer, PrepareTask } from './prepareThread.ts';
import { makeReady, type ReadyRecord } from './storeMany.ts';

export interface RowDraft {
  readonly row: number;
  readonly draft: RecordDraft;
}

/**
 * Works out columns, sort keys and search tokens of many drafts, in their order. Chinese names cost a tenth of a millisecond
 * each, so for long files threads do it and whoever types beside it feels nothing. `breathe` is awaited between batches.
 */
export async function prepareRecords(
  definition: Definition,
  drafts: readonly RowDraft[],
  of: { breathe: () => Promise<void>; onReady: (count: number) => void },
): Promise<ReadyRecord[]> {
  if (drafts.length <= worthThreads) {
    const ready: ReadyRecord[] = [];
    for (const { row, draft } of drafts) {
      ready.push(makeReady(definition, row, draft));
      of.onReady(1);
      await of.breathe();
    }
    return ready;
  }
  const batches = Array.from({ length: Math.ceil(drafts.length / rowsPerBatch) }, (_, at) =>
    drafts.slice(at * rowsPerBatch, (at + 1) * rowsPerBatch),
  );
  const answers = new Array<ReadyRecord[]>(batches.length);
  let next = 0;
  const takeBatches = async (thread: Worker): Promise<void> => {
    for (let at = next++; at < batches.length; at = next++) {
      const batch = batches[at] ?? [];
      const answer = await ask(thread, { drafts: batch.map(({ draft }) => draft) });
      answers[at] = batch.map((one, index) => readyFrom(definition, one, answer, index));
      of.onReady(batch.length);
      await of.breathe();
    }
  };
  const threads = Array.from({ length: Math.min(threadsMax, availableParallelism(), batches.length) }, () => startThread(definition));
  try {
    await Promise.all(threads.map(takeBatches));
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
  return answers.flat();
}

const worthThreads = 1000;
const rowsPerBatch = 200;
const threadsMax = 2;

/** Guards and calculations cannot travel, and a thread that only encodes needs none of them. */
function startThread({ type, kind, area, title, fields, parts, duplicates, numbering, states }: Definition): Worker {
  const plain = { type, kind, area, title, fields, parts, duplicates, numbering, states: states && {} };
  return new Worker(new URL('./prepareThread.ts', import.meta.url), { workerData: plain });
}

async function ask(thread: Worker, task: PrepareTask): Promise<PrepareAnswer> {
  const answer = once(thread, 'message') as Promise<[PrepareAnswer]>;
  thread.postMessage(task);
  return (await answer)[0];
}

function readyFrom(definition: Definition, { row, draft }: RowDraft, answer: PrepareAnswer, index: number): ReadyRecord {
  const columns = Object.fromEntries(answer.names.map((name, at) => [name, answer.columns[index]?.[at] ?? null]));
  const values = codecFor(definition).complete(draft.values);
  const tokens = answer.tokens[index] ?? '';
  return {
    row,
    values,
    parts: draft.parts,
    columns,
    tokens: tokens === '' ? [] : tokens.split(' '),
    isNumbered: Boolean(values[definition.numbering?.field ?? '']),
  };
}
