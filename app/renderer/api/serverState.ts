import { useQuery } from '@tanstack/react-query';
import type { StateAnswer } from '../../../shared/contracts/wire.ts';
import { api } from './http.ts';

export const stateKey = ['state'];

/** What the server tells everybody about itself: its companies and its release. */
export function useServerState(options: { refetchEveryMs?: number } = {}) {
  return useQuery({
    queryKey: stateKey,
    queryFn: ({ signal }) => api.get<StateAnswer>('/api/state', { signal }),
    refetchInterval: options.refetchEveryMs ?? false,
  });
}
