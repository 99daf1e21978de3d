import { useQuery } from '@tanstack/react-query';
import type { ListAnswer } from '../../../shared/contracts/wire.ts';
import { api } from './http.ts';
import { keys } from './queries.ts';
import { useSession } from './session.tsx';

export interface Currency {
  id: number;
  code: string;
  symbol: string;
  digits: number;
}

/** The currencies of the company; its own one answers for an id nobody gave. */
export function useCurrencies(): { of(id: number | null | undefined): Currency } {
  const { settings } = useSession();
  const { data } = useQuery({
    queryKey: keys.list('currency', { limit: 200 }),
    queryFn: ({ signal }) =>
      api.post<ListAnswer>('/api/records/currency/list', { limit: 200, fields: ['code', 'symbol', 'digits'] }, { signal }),
    staleTime: 300_000,
  });
  const known = new Map(data?.rows.map((row) => [row.id, row.values]));
  return {
    of: (id) => {
      const values = id === null || id === undefined ? undefined : known.get(id);
      if (id === null || id === undefined || values === undefined) return settings.currency;
      return { id, code: String(values.code), symbol: String(values.symbol ?? ''), digits: Number(values.digits) };
    },
  };
}
