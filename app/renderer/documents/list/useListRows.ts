import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { ListAnswer, ListQuery, ListRow } from '../../../../shared/contracts/wire.ts';
import { keepListOrder } from '../../api/listOrder.ts';
import { mergeTitles, useList } from '../../api/queries.ts';
import { useEndless } from '../../ui/useEndless.ts';

const pageSize = 200;

/** All rows of a list that have come so far, their titles, count and sums, and which of them changed while they were shown. */
export function useListRows(type: string, query: ListQuery) {
  const asked = useMemo(() => ({ ...query, limit: pageSize, totals: true }), [query]);
  const list = useList(type, asked);
  const pages = list.data?.pages;
  const rows = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages]);
  const titles = useMemo(() => mergeTitles(pages ?? []), [pages]);
  const along = useMemo(() => Object.assign({}, ...(pages ?? []).map((page) => page.along)) as NonNullable<ListAnswer['along']>, [pages]);
  useEffect(() => {
    if (!pages || list.isPlaceholderData) return;
    const after = pages.at(-1)?.next;
    keepListOrder(type, { ids: rows.map((row) => row.id), count: pages[0]?.count, ...(after ? { rest: { query: asked, after } } : {}) });
  }, [type, rows, pages, asked, list.isPlaceholderData]);
  const onEnd = useEndless(list);
  return {
    rows,
    titles,
    count: pages?.[0]?.count,
    sums: pages?.[0]?.sums,
    along,
    problem: list.error,
    isPending: list.isPending,
    isLoading: list.isPending || list.isFetchingNextPage,
    isStale: list.isPlaceholderData,
    onEnd,
    refresh: list.refetch,
    hasChanged: useChangedRows(rows),
  };
}

/** Rows whose version went up while the list stood on the screen. */
function useChangedRows(rows: readonly ListRow[]): (row: ListRow) => boolean {
  const seen = useRef(new Map<number, number>());
  const changed = useRef(new Set<string>());
  useMemo(() => {
    for (const row of rows) {
      const before = seen.current.get(row.id);
      if (before !== undefined && before < row.version) changed.current.add(`${row.id}:${row.version}`);
      seen.current.set(row.id, row.version);
    }
  }, [rows]);
  return useCallback((row) => changed.current.has(`${row.id}:${row.version}`), []);
}
