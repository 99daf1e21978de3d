import { useQuery } from '@tanstack/react-query';
import type { ItemPrices, PricesAnswer, StockRow } from '../../../shared/contracts/trade.ts';
import { api } from '../api/http.ts';
import { keys, queryClient } from '../api/queries.ts';

interface PriceQuestion {
  customer: number | null;
  items: readonly number[];
  currency: number | null;
}

/** The server answers for so many items at once. */
const itemsMax = 500;

/** Prices of items for a customer in a currency; asked again after half a minute. */
export async function fetchPrices({ customer, items, currency }: PriceQuestion): Promise<Readonly<Record<number, ItemPrices>>> {
  const wanted = [...new Set(items)].sort((a, b) => a - b);
  let prices: Record<number, ItemPrices> = {};
  for (let from = 0; from < wanted.length; from += itemsMax) {
    const asked = new URLSearchParams({
      items: wanted.slice(from, from + itemsMax).join(','),
      ...(customer === null ? {} : { customer: String(customer) }),
      ...(currency === null ? {} : { currency: String(currency) }),
    });
    const answer = await queryClient.fetchQuery({
      queryKey: ['prices', asked.toString()],
      queryFn: ({ signal }) => api.get<PricesAnswer>(`/api/prices?${asked}`, { signal }),
      staleTime: 30_000,
    });
    prices = { ...prices, ...answer.prices };
  }
  return prices;
}

export function usePrice(question: { customer: number | null; item: number | null; currency: number | null }) {
  const { customer, item, currency } = question;
  return useQuery({
    queryKey: ['prices', 'one', customer, item, currency],
    queryFn: async () => (await fetchPrices({ customer, items: [item ?? 0], currency }))[item ?? 0] ?? null,
    enabled: item !== null,
  });
}

/** What lies in each warehouse of an item, and what of it is free. */
export function useStockOf(item: number | null) {
  return useQuery({
    queryKey: [...keys.stock, 'item', item],
    queryFn: async ({ signal }) => (await api.get<{ rows: StockRow[] }>(`/api/stock?items=${item}`, { signal })).rows,
    enabled: item !== null,
  });
}
