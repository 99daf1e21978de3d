import type { ListAnswer, ListQuery, Problem } from '../../../../shared/contracts/wire.ts';
import { api, newKey } from '../../api/http.ts';
import { keys, queryClient, recordPath } from '../../api/queries.ts';

export interface BulkResult {
  id: number;
  ok: boolean;
  problem?: Problem;
}

const idsUsually = 200;
const pageSize = 500;

/** What is done to many records: delete, restore, purge or a step; `confirmed` are the codes of warnings that were read. */
export interface BulkDeed {
  readonly operation: string;
  readonly ids: readonly number[];
  readonly confirmed?: readonly string[];
}

/** Does one thing to many records, so many at a time; each has its own result. */
export async function runBulk(
  type: string,
  { operation, ids, confirmed = [] }: BulkDeed,
  onProgress?: (done: number) => void,
): Promise<BulkResult[]> {
  const isStep = !['delete', 'restore', 'purge'].includes(operation);
  const deed = isStep ? { operation: 'step', step: operation, confirmed } : { operation };
  return inPortions(ids, { onProgress }, async (portion) => {
    const answer = await api.post<{ results: BulkResult[] }>(
      `${recordPath(type)}/bulk`,
      { ...deed, ids: portion },
      { idempotencyKey: newKey() },
    );
    return answer.results;
  }).finally(() => queryClient.invalidateQueries({ queryKey: keys.list(type) }));
}

/** Those that were held up by a warning only, and the codes of all these warnings. */
export function warnedOf(results: readonly BulkResult[]): { ids: number[]; codes: string[] } {
  const warned = results.filter(({ problem }) => problem?.facts?.level === 'warn');
  return { ids: warned.map(({ id }) => id), codes: [...new Set(warned.flatMap(({ problem }) => problem?.code ?? []))] };
}

/** Calls for a few hundred records at a time, one call after the other. */
export async function inPortions(
  ids: readonly number[],
  of: { onProgress?: ((done: number) => void) | undefined; idsAtOnce?: number },
  call: (portion: readonly number[]) => Promise<BulkResult[]>,
): Promise<BulkResult[]> {
  const results: BulkResult[] = [];
  const step = of.idsAtOnce ?? idsUsually;
  for (let at = 0; at < ids.length; at += step) {
    results.push(...(await call(ids.slice(at, at + step))));
    of.onProgress?.(Math.min(ids.length, at + step));
  }
  return results;
}

/** The ids of everything a query finds, not only of the rows that were fetched. */
export async function allIds(type: string, query: ListQuery, titleField: string): Promise<number[]> {
  const ids: number[] = [];
  let after: string | undefined;
  do {
    const page: ListAnswer = await api.post<ListAnswer>(`${recordPath(type)}/list`, {
      ...query,
      fields: [titleField],
      limit: pageSize,
      totals: false,
      after,
    });
    ids.push(...page.rows.map((row) => row.id));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return ids;
}
