import type { ListAnswer, ListQuery } from '../../../shared/contracts/wire.ts';
import { api } from './http.ts';
import { recordPath } from './queries.ts';
import { forgetWithSession } from './windowMemory.ts';

/** A list as the person saw it last. */
export interface ListOrder {
  ids: readonly number[];
  /** How many rows the list has altogether, when it was counted. */
  count?: number | undefined;
  /** Where it goes on after the rows that have come. */
  rest?: { query: ListQuery; after: string } | undefined;
}

/** The order in which each list was last shown: the record page goes to the next and the previous by it. */
const orders = new Map<string, ListOrder>();
forgetWithSession(() => orders.clear());

/** Remembers a list in the order the person sees it. */
export function keepListOrder(type: string, order: ListOrder): void {
  orders.set(type, order);
}

/** Where a record stands in the list the person came from, counted from 1; null when it is not in it. */
export function placeInList(type: string, id: number): { at: number; count: number; hasPrevious: boolean; hasNext: boolean } | null {
  const order = orders.get(type);
  const index = order?.ids.indexOf(id) ?? -1;
  if (!order || index < 0) return null;
  const hasNext = index < order.ids.length - 1 || order.rest !== undefined;
  return { at: index + 1, count: Math.max(order.count ?? 0, order.ids.length), hasPrevious: index > 0, hasNext };
}

/** The record before or after this one in that list; after the last row that has come, the next page is fetched. Null at the ends. */
export async function neighbourOf(type: string, id: number, by: 1 | -1): Promise<number | null> {
  const index = orders.get(type)?.ids.indexOf(id) ?? -1;
  if (index < 0) return null;
  if (orders.get(type)?.ids[index + by] === undefined && by === 1) await fetchRest(type);
  return orders.get(type)?.ids[index + by] ?? null;
}

async function fetchRest(type: string): Promise<void> {
  const order = orders.get(type);
  if (!order?.rest) return;
  const { query, after } = order.rest;
  const page = await api.post<ListAnswer>(`${recordPath(type)}/list`, { ...query, after, totals: false });
  const ids = [...order.ids, ...page.rows.map((row) => row.id).filter((id) => !order.ids.includes(id))];
  orders.set(type, { ids, count: order.count, ...(page.next === null ? {} : { rest: { query, after: page.next } }) });
}
