import { parentPort, workerData } from 'node:worker_threads';
import type { RecordDraft } from '../../../../shared/kernel/checkRecord.ts';
import type { Definition } from '../../../../shared/kernel/definition.ts';
import { type WorkedOut, workOut } from './workOut.ts';

/** Drafts on their way to a thread, and the type they are of. */
export interface PrepareTask {
  readonly type: string;
  readonly drafts: readonly RecordDraft[];
}

export type PrepareAnswer = readonly WorkedOut[];

const definitions = new Map((workerData as Definition[]).map((definition) => [definition.type, definition]));

parentPort?.on('message', ({ type, drafts }: PrepareTask) => {
  const definition = definitions.get(type);
  if (!definition) throw new Error(`No definition of ${type} came with the thread`);
  parentPort?.postMessage(drafts.map((draft) => workOut(definition, draft)) satisfies PrepareAnswer);
});
