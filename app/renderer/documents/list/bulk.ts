import type { ListQuery, Problem } from '../../../../shared/contracts/wire.ts';
import { api, newKey } from '../../api/http.ts';
import { keys, queryClient, recordPath } from '../../api/queries.ts';

export interface BulkResult {
  id: number;
  ok: boolean;
  problem?: Problem;
}

/** Does one thing to many records; each has its own result. */
export async function runBulk(type: string, operation: string, which: { ids: number[] } | { query: ListQuery }): Promise<BulkResult[]> {
  const answer = await api.post<{ results: BulkResult[] }>(`${recordPath(type)}/bulk`, { operation, ...which }, { idempotencyKey: newKey() });
  await queryClient.invalidateQueries({ queryKey: keys.list(type) });
  return answer.results;
}
