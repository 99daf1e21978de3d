import { useQuery } from '@tanstack/react-query';
import type { StockRow } from '../../../shared/contracts/stock.ts';
import type { ItemPrices, PricesAnswer } from '../../../shared/contracts/trade.ts';
import { api } from '../api/http.ts';
import { keys, queryClient } from '../api/queries.ts';

interface PriceQuestion {
  customer: number | null;
  /** Given for a document that buys: what the supplier asks; null while none is chosen. */
  supplier?: number | null;
  items: readonly number[];
  currency: number | null;
}

/** The server answers for so many items at once. */
const itemsMax = 500;

/** Prices of items for a customer in a currency; asked again after half a minute. */
export async function fetchPrices({ customer, supplier, items, currency }: PriceQuestion): Promise<Readonly<Record<number, ItemPrices>>> {
  const wanted = [...new Set(items)].sort((a, b) => a - b);
  let prices: Record<number, ItemPrices> = {};
  for (let from = 0; from < wanted.length; from += itemsMax) {
    const asked = new URLSearchParams({
      items: wanted.slice(from, from + itemsMax).join(','),
      ...(customer === null ? {} : { customer: String(customer) }),
      ...(supplier ? { supplier: String(supplier) } : {}),
      ...(currency === null ? {} : { currency: String(currency) }),
    });
    const path = supplier === undefined ? '/api/prices' : '/api/purchase/prices';
    const answer = await queryClient.fetchQuery({
      queryKey: ['prices', path, asked.toString()],
      queryFn: ({ signal }) => api.get<PricesAnswer>(`${path}?${asked}`, { signal }),
      staleTime: 30_000,
    });
    prices = { ...prices, ...answer.prices };
  }
  return prices;
}

export function usePrice(question: { customer: number | null; supplier?: number | null; item: number | null; currency: number | null }) {
  const { customer, supplier, item, currency } = question;
  return useQuery({
    queryKey: ['prices', 'one', customer, supplier, item, currency],
    queryFn: async () => (await fetchPrices({ customer, supplier, items: [item ?? 0], currency }))[item ?? 0] ?? null,
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
