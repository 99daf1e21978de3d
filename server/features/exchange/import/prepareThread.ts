import { parentPort, workerData } from 'node:worker_threads';
import type { RecordDraft } from '../../../../shared/kernel/checkRecord.ts';
import type { Definition } from '../../../../shared/kernel/definition.ts';
import type { DatabaseRow } from '../../../database/codec.ts';
import { workOut } from './storeMany.ts';

/** Drafts on their way to a thread. */
export interface PrepareTask {
  readonly drafts: readonly RecordDraft[];
}

/** What comes back: the columns as a table, because the names of sixty columns are not worth sending with every row. */
export interface PrepareAnswer {
  readonly names: readonly string[];
  readonly columns: readonly DatabaseRow[string][][];
  /** The search tokens of each draft, with a space between them. */
  readonly tokens: readonly string[];
}

parentPort?.on('message', (task: PrepareTask) => parentPort?.postMessage(prepare(task)));

function prepare({ drafts }: PrepareTask): PrepareAnswer {
  const definition = workerData as Definition;
  const worked = drafts.map((draft) => workOut(definition, draft));
  const names = Object.keys(worked[0]?.columns ?? {});
  return {
    names,
    columns: worked.map(({ columns }) => names.map((name) => columns[name] ?? null)),
    tokens: worked.map(({ tokens }) => tokens.join(' ')),
  };
}
