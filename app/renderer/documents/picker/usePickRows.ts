import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Filter, PickAnswer, PickRow } from '../../../../shared/contracts/wire.ts';
import { api } from '../../api/http.ts';
import { keys } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { recentFirst, recentPicks } from './recent.ts';

/** What the search may need to know of the place it is asked from: whose prices, which warehouse's stock. */
export interface PickContext {
  customer?: number;
  warehouse?: number;
}
export interface PickQuestion {
  type: string;
  text: string;
  filter?: Filter;
  context?: PickContext;
  limit?: number;
}

/** Typing rests so long before the server is asked. */
const restMs = 90;

/**
 * Rows of a type that match what is typed: exact code first, then by name and pinyin; without typing the ones picked last and
 * the ones used most. `settled` is the text these rows belong to.
 */
export function usePickRows(question: PickQuestion, isOpen: boolean): { rows: PickRow[]; settled: string | null; isLoading: boolean } {
  const session = useSession();
  const text = useRested(question.text.trim());
  const { type, filter, context, limit = 30 } = question;
  const { data, isFetching, isPlaceholderData } = useQuery({
    queryKey: keys.pick(type, text, [filter, context, limit]),
    queryFn: ({ signal }) => askPick({ type, text, filter, context, limit }, signal),
    placeholderData: keepPreviousData,
    staleTime: 5000,
    enabled: isOpen && session.definitionOf(type) !== undefined,
  });
  const place = `${session.company.code}.${session.user.id}`;
  const rows = useMemo(() => {
    const found = data?.rows ?? [];
    return text === '' ? recentFirst(found, recentPicks(place, type)) : found;
  }, [data, text, place, type]);
  const isSettled = data !== undefined && !isPlaceholderData && text === question.text.trim();
  return { rows, settled: isSettled ? text : null, isLoading: isFetching && !isSettled };
}

/** Asks once, outside of any list: for scanned codes and for codes pasted from a sheet. */
export function askPick({ type, text, filter, context, limit = 5 }: PickQuestion, signal?: AbortSignal): Promise<PickAnswer> {
  return api.post<PickAnswer>(`/api/pick/${type}`, { text, limit, filter, context }, { signal });
}

function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    if (text === rested) return;
    const timer = setTimeout(() => setRested(text), text === '' ? 0 : restMs);
    return () => clearTimeout(timer);
  }, [text, rested]);
  return rested;
}
