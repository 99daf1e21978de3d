import type { ListAnswer, ListQuery, Problem } from '../../../../shared/contracts/wire.ts';
import { api, newKey } from '../../api/http.ts';
import { keys, queryClient, recordPath } from '../../api/queries.ts';

export interface BulkResult {
  id: number;
  ok: boolean;
  problem?: Problem;
}

const idsAtOnce = 200;
const pageSize = 500;

/** Does one thing to many records, so many at a time; each has its own result. `operation` is delete, restore or a step. */
export async function runBulk(
  type: string,
  operation: string,
  ids: readonly number[],
  onProgress?: (done: number) => void,
): Promise<BulkResult[]> {
  const deed = operation === 'delete' || operation === 'restore' ? { operation } : { operation: 'step', step: operation };
  return inPortions(ids, onProgress, async (portion) => {
    const answer = await api.post<{ results: BulkResult[] }>(
      `${recordPath(type)}/bulk`,
      { ...deed, ids: portion },
      { idempotencyKey: newKey() },
    );
    return answer.results;
  }).finally(() => queryClient.invalidateQueries({ queryKey: keys.list(type) }));
}

/** Calls for a few hundred records at a time, one call after the other. */
export async function inPortions(
  ids: readonly number[],
  onProgress: ((done: number) => void) | undefined,
  call: (portion: readonly number[]) => Promise<BulkResult[]>,
): Promise<BulkResult[]> {
  const results: BulkResult[] = [];
  for (let at = 0; at < ids.length; at += idsAtOnce) {
    results.push(...(await call(ids.slice(at, at + idsAtOnce))));
    onProgress?.(Math.min(ids.length, at + idsAtOnce));
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
