import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Decisions, ExistingRule, ImportAnswer, ImportOptions } from '../../../shared/exchange/importAnswers.ts';
import { api } from '../api/http.ts';
import { useNotices } from '../ui/notices.tsx';

/** Work on the server is asked about this often while it runs. */
const askEveryMs = 700;

const runs = (answer: ImportAnswer | undefined): boolean => answer?.state === 'checking' || answer?.state === 'committing';

/** One import and what can be done with it; while the server works on it, its progress follows by itself. */
export function useImport(id: number | null, onBegun: (id: number) => void) {
  const client = useQueryClient();
  const notices = useNotices();
  const [busy, setBusy] = useState<string | null>(null);
  const queryKey = ['import', id];
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.get<ImportAnswer>(`/api/imports/${id}`, { signal }),
    enabled: id !== null,
    refetchInterval: (query) => (runs(query.state.data) ? askEveryMs : false),
  });
  const run = async (name: string, work: () => Promise<ImportAnswer>): Promise<ImportAnswer | null> => {
    setBusy(name);
    try {
      const answer = await work();
      client.setQueryData(['import', answer.id], answer);
      void client.invalidateQueries({ queryKey: ['import', 'history'] });
      if (answer.state === 'done' || answer.state === 'undone') await client.invalidateQueries({ queryKey: ['list'] });
      return answer;
    } catch (problem) {
      notices.failed(problem);
      return null;
    } finally {
      setBusy(null);
    }
  };
  const path = `/api/imports/${id}`;
  return {
    answer: data ?? null,
    error,
    busy,
    upload: async (type: string, file: File) => {
      const asked = new URLSearchParams({ type, name: file.name });
      const answer = await run('upload', () => api.upload<ImportAnswer>(`/api/imports?${asked}`, file, file.name));
      if (answer) onBegun(answer.id);
    },
    check: (mapping: Record<string, string | null>, options: ImportOptions) =>
      run('check', () => api.post(`${path}/check`, { mapping, options })),
    commit: (decisions: Decisions, existing: ExistingRule) => run('commit', () => api.post(`${path}/commit`, { decisions, existing })),
    cancel: () => run('cancel', () => api.post(`${path}/cancel`)),
    undo: (reason: string) => run('undo', () => api.post(`${path}/undo`, { reason })),
  };
}

export type ImportDesk = ReturnType<typeof useImport>;
