import { useQuery } from '@tanstack/react-query';
import { api } from '../api/http.ts';
import { keys, queryClient } from '../api/queries.ts';

/** What is known about the price of an item for a customer: prices are gross, 10⁻⁶, per the item's own unit. */
export interface PriceAnswer {
  list?: number;
  level?: { name: string; grossPrice: number };
  last?: { grossPrice: number; price: number; day: string; type: string; id: number; number: string };
  floor?: number | null;
  taxCode: number | null;
  taxRate: number | null;
  unit: string;
  units?: { unit: string; ratio: number }[];
  name: string;
  spec: string | null;
}

export interface StockRow {
  item: number;
  warehouse: number;
  onHand: number;
  promised: number;
  available: number;
}

interface PriceQuestion {
  customer: number | null;
  items: readonly number[];
  currency: number | null;
}

/** Prices of items for a customer in a currency; asked again after half a minute. */
export function fetchPrices({ customer, items, currency }: PriceQuestion): Promise<Record<string, PriceAnswer>> {
  const asked = new URLSearchParams({
    items: [...new Set(items)].sort((a, b) => a - b).join(','),
    ...(customer === null ? {} : { customer: String(customer) }),
    ...(currency === null ? {} : { currency: String(currency) }),
  });
  return queryClient.fetchQuery({
    queryKey: ['prices', asked.toString()],
    queryFn: async ({ signal }) => (await api.get<{ prices: Record<string, PriceAnswer> }>(`/api/prices?${asked}`, { signal })).prices,
    staleTime: 30_000,
  });
}

export function usePrice(question: { customer: number | null; item: number | null; currency: number | null }) {
  const { customer, item, currency } = question;
  return useQuery({
    queryKey: ['prices', 'one', customer, item, currency],
    queryFn: async () => (await fetchPrices({ customer, items: [item ?? 0], currency }))[String(item)] ?? null,
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
