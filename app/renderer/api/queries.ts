import { keepPreviousData, QueryClient, type QueryKey, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ListAnswer, ListQuery, RecordAnswer, Titles } from '../../../shared/contracts/wire.ts';
import { ApiProblem, api } from './http.ts';

/** The one cache of the window. Answers the server gave a "no" to are not asked again; a lost connection is tried three times. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (count, problem) => count < 3 && problem instanceof ApiProblem && problem.status === 0,
    },
  },
});

/** Names under which answers are kept; live changes make them stale by these names. */
export const keys = {
  record: (type: string, id: number): QueryKey => ['record', type, id],
  list: (type: string, query?: ListQuery): QueryKey => (query === undefined ? ['list', type] : ['list', type, query]),
  pick: (type: string, text: string, filter?: unknown): QueryKey => ['list', type, 'pick', text, filter ?? null],
  home: ['home'] as QueryKey,
  stock: ['stock'] as QueryKey,
  money: ['money'] as QueryKey,
  notices: ['notices'] as QueryKey,
};

export const recordPath = (type: string, id?: number): string => `/api/records/${type}${id === undefined ? '' : `/${id}`}`;

/** One record with its parts; waits while there is no id. */
export function useRecord(type: string, id: number | null) {
  return useQuery({
    queryKey: keys.record(type, id ?? 0),
    queryFn: ({ signal }) => api.get<RecordAnswer>(recordPath(type, id ?? 0), { signal }),
    enabled: id !== null,
  });
}

/** Pages of a list by key. Count and sums come with the first page when `totals` is asked for. */
export function useList(type: string, query: ListQuery, options: { enabled?: boolean } = {}) {
  return useInfiniteQuery({
    queryKey: keys.list(type, query),
    queryFn: ({ pageParam, signal }) =>
      api.post<ListAnswer>(`${recordPath(type)}/list`, pageParam === null ? query : { ...query, after: pageParam, totals: false }, {
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    enabled: options.enabled ?? true,
  });
}

/** Names of linked records over all pages of an answer. */
export function mergeTitles(pages: readonly { titles: Titles }[]): Titles {
  const merged: Record<string, Record<number, string>> = {};
  for (const page of pages) {
    for (const [type, names] of Object.entries(page.titles ?? {})) merged[type] = { ...merged[type], ...names };
  }
  return merged;
}
