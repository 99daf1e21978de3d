import { useQuery } from '@tanstack/react-query';
import type { LotChoicesAnswer, LotTraceAnswer } from '../../../../shared/contracts/lots.ts';
import { api } from '../../api/http.ts';
import { keys } from '../../api/queries.ts';

const itemsMax = 500;
const nothing: LotChoicesAnswer = { tracked: {}, lots: [] };

/** Which of the items are told apart, and what may be chosen of them. */
export function useLotChoices(items: readonly number[]) {
  const wanted = [...new Set(items)].sort((a, b) => a - b).slice(0, itemsMax);
  return useQuery({
    queryKey: [...keys.stock, 'lotChoices', wanted.join()],
    queryFn: ({ signal }) =>
      wanted.length === 0 ? nothing : api.get<LotChoicesAnswer>(`/api/lots/choices?items=${wanted.join()}`, { signal }),
    placeholderData: (before) => before,
  });
}

export const useLotTrace = (lot: number | null) =>
  useQuery({
    queryKey: [...keys.stock, 'lotTrace', lot],
    queryFn: ({ signal }) => api.get<LotTraceAnswer>(`/api/lots/${lot}/trace`, { signal }),
    enabled: lot !== null,
  });
