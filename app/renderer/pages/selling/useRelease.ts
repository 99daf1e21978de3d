import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { ReleaseAnswer, ReleasedAnswer, ReleaseRow } from '../../../../shared/contracts/selling.ts';
import { api, newKey } from '../../api/http.ts';
import { keys, queryClient } from '../../api/queries.ts';

export interface ReleaseFilter {
  customer: number | null;
  item: number | null;
  owner: number | null;
}

/** Order lines waiting for release, page after page; stale as soon as an order changes. */
export function useReleaseRows(filter: ReleaseFilter) {
  return useInfiniteQuery({
    queryKey: [...keys.list('salesOrder'), 'release', filter],
    queryFn: ({ pageParam, signal }) => {
      const parameters = new URLSearchParams({ limit: '200' });
      for (const [name, value] of Object.entries(filter)) if (value !== null) parameters.set(name, String(value));
      if (pageParam !== null) parameters.set('after', pageParam);
      return api.get<ReleaseAnswer>(`/api/release?${parameters}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

/** What is to be released of a row: its open quantity unless less was typed. */
export type Quantities = ReadonlyMap<number, number>;
export const wantedOf = (row: ReleaseRow, quantities: Quantities): number => quantities.get(row.row) ?? row.open;

/** Writes and approves the notices; all of them or none. */
export async function releaseRows(
  rows: readonly ReleaseRow[],
  quantities: Quantities,
  passing: { reason: string; confirmed: readonly string[] },
): Promise<ReleasedAnswer> {
  const lines = rows.map((row) => ({ order: row.order, row: row.row, quantity: wantedOf(row, quantities) }));
  const { reason, confirmed } = passing;
  const body = { lines, confirmed, ...(reason === '' ? {} : { reason }) };
  const answer = await api.post<ReleasedAnswer>('/api/release', body, { idempotencyKey: newKey() });
  await queryClient.invalidateQueries({ queryKey: keys.list('salesOrder') });
  await queryClient.invalidateQueries({ queryKey: keys.list('deliveryNotice') });
  return answer;
}

/** The reasons of all these rows, each once, the firmest first. */
export function reasonsOf(rows: readonly ReleaseRow[]): ReleaseRow['reasons'] {
  const firmness = { block: 0, approve: 1, warn: 2 };
  const byCode = new Map(rows.flatMap((row) => row.reasons).map((reason) => [reason.code, reason]));
  return [...byCode.values()].sort((a, b) => firmness[a.level] - firmness[b.level]);
}
