import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { DeviceCheckAnswer, DeviceLine, DeviceState, DevicesAnswer } from '../../../../shared/contracts/devices.ts';
import { api } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';

const listKey = ['devices', 'list'];
const checkKey = ['devices', 'check'];
// Devices that wait show up by themselves; the question is a cheap one.
const checkEveryMs = 5_000;
/** When a device was last used is told anew so often. */
const listEveryMs = 60_000;

export interface DevicesView {
  readonly text: string;
  readonly state: DeviceState | null;
}

/** The devices that are sought, page by page, and how it stands with all of them; what others change shows within seconds. */
export function useDevices({ text, state }: DevicesView) {
  const asked = new URLSearchParams({ ...(text.trim() ? { text: text.trim() } : {}), ...(state ? { state } : {}) }).toString();
  const check = useQuery({
    queryKey: checkKey,
    queryFn: ({ signal }) => api.get<DeviceCheckAnswer>('/api/device-check', { signal }),
    refetchInterval: checkEveryMs,
    staleTime: 0,
  });
  const list = useInfiniteQuery({
    queryKey: [...listKey, asked],
    queryFn: ({ pageParam, signal }) =>
      api.get<DevicesAnswer>(`/api/devices?${asked}${pageParam === null ? '' : `&after=${pageParam}`}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: listEveryMs,
    // The list is never older than the mark, so that a new mark is all there is to wait for.
    enabled: check.data !== undefined,
  });
  useFresh(check.data?.mark);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  return { asked, check, list, rows };
}

function useFresh(mark: string | undefined): void {
  const known = useRef(mark);
  useEffect(() => {
    if (known.current !== undefined && mark !== known.current) void queryClient.invalidateQueries({ queryKey: listKey });
    known.current = mark;
  }, [mark]);
}

/** Shows a device as it is after a change, or shows it no more; its place in the list follows with the next look. */
export function showDevice(id: number, line: DeviceLine | null): void {
  const change = (rows: DevicesAnswer['rows']) => rows.flatMap((row) => (row.id === id ? (line ?? []) : row));
  queryClient.setQueriesData<InfiniteData<DevicesAnswer>>(
    { queryKey: listKey },
    (known) => known && { ...known, pages: known.pages.map((page) => ({ ...page, rows: change(page.rows) })) },
  );
  void queryClient.invalidateQueries({ queryKey: checkKey });
}

/** Shows what was changed about checking devices. */
export const showCheck = (check: DeviceCheckAnswer): void => void queryClient.setQueryData(checkKey, check);
