import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { GoLiveAnswer } from '../../../../shared/contracts/goLive.ts';
import { api, newKey } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';
import { sessionKey } from '../../api/session.tsx';
import { useNotices } from '../../ui/notices.tsx';

const goLiveKey = ['goLive'];

/** The opening figures and what is done with them; asked for anew whenever the person comes back to the page. */
export function useGoLive() {
  const notices = useNotices();
  const [problem, setProblem] = useState<unknown>(null);
  const figures = useQuery({
    queryKey: goLiveKey,
    queryFn: ({ signal }) => api.get<GoLiveAnswer>('/api/go-live/figures', { signal }),
    staleTime: 0,
    refetchOnWindowFocus: true,
  });
  const refresh = () => queryClient.invalidateQueries({ queryKey: goLiveKey });
  const take = async (path: string, reason: string | undefined): Promise<boolean> => {
    setProblem(null);
    try {
      await api.post(path, reason === undefined ? {} : { reason }, { idempotencyKey: newKey() });
      await Promise.all([refresh(), queryClient.invalidateQueries({ queryKey: sessionKey })]);
      return true;
    } catch (thrown) {
      setProblem(thrown);
      return false;
    }
  };
  return {
    answer: figures.data,
    isLoading: figures.isPending,
    failure: figures.error,
    problem,
    refresh,
    /** Keeps control totals at once, by the key of their figure. */
    keep: async (totals: Record<string, number | null>) => {
      try {
        const body = { version: figures.data?.version ?? 0, totals };
        queryClient.setQueryData(goLiveKey, await api.put<GoLiveAnswer>('/api/go-live/controls', body, { idempotencyKey: newKey() }));
      } catch (thrown) {
        notices.failed(thrown);
        await refresh();
      }
    },
    lock: (reason?: string) => take('/api/go-live', reason),
    reopen: (reason: string) => take('/api/go-live/reopen', reason),
  };
}

export type GoLiveDesk = ReturnType<typeof useGoLive>;
