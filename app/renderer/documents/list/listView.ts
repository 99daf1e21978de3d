import { useCallback, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Filter, ListQuery } from '../../../../shared/contracts/wire.ts';
import { addDays, addMonths, type Day, endOfMonth, startOfMonth, weekdayOf } from '../../../../shared/kernel/days.ts';
import type { Sort } from '../../../../shared/kernel/definition.ts';
import { forgetWithSession } from '../../api/windowMemory.ts';
import { forgetScroll } from '../../ui/table/useTableWindow.ts';

/** What a list shows: kept while the window lives, stored as a saved view, put together into a query. */
export interface ListView {
  search: string;
  /** States that are shown; none means all. */
  states: string[];
  /** A span of days on the document's day. */
  span: DaySpan;
  /** What was built in the filter drawer, or came with a link. */
  filter: Filter | null;
  sort: Sort[] | null;
  deleted: boolean;
  sharedWithMe: boolean;
  /** The saved view it came from. */
  view: number | null;
}

export const daySpans = ['all', 'today', 'thisWeek', 'thisMonth', 'lastMonth', 'thisYear'] as const;
export type DaySpan = (typeof daySpans)[number];

export const emptyView: ListView = {
  search: '',
  states: [],
  span: 'all',
  filter: null,
  sort: null,
  deleted: false,
  sharedWithMe: false,
  view: null,
};

/** The view of a type's list; a filter in the address (`?filter=`) begins a new one. */
export function useListView(type: string): [ListView, (change: Partial<ListView>) => void] {
  const [parameters] = useSearchParams();
  const linked = parameters.get('filter');
  const [views, setViews] = useState<Record<string, ListView>>(() => keptViews());
  useEffect(() => {
    if (linked === null) return;
    forgetScroll(`list:${type}`);
    setViews((known) => keepViews({ ...known, [type]: { ...emptyView, filter: parseFilter(linked) } }));
  }, [type, linked]);
  const view = views[type] ?? emptyView;
  const change = useCallback(
    (part: Partial<ListView>) => {
      forgetScroll(`list:${type}`);
      setViews((known) => keepViews({ ...known, [type]: { ...(known[type] ?? emptyView), ...part } }));
    },
    [type],
  );
  return useMemo(() => [view, change], [view, change]);
}

/** Whether anything but the order narrows the list. */
export const isNarrowed = (view: ListView): boolean =>
  view.search !== '' || view.states.length > 0 || view.span !== 'all' || view.filter !== null || view.sharedWithMe;

/** The query of a view, as the server takes it. */
export function queryOf(view: ListView, of: { today: Day; dayField?: string; fields: string[] }): ListQuery {
  const filters: Filter[] = [];
  if (view.states.length > 0) filters.push({ field: 'state', is: 'in', value: view.states });
  const span = spanOf(view.span, of.today);
  if (span !== null && of.dayField !== undefined) filters.push({ field: of.dayField, is: 'between', value: span });
  if (view.filter !== null) filters.push(view.filter);
  return {
    search: view.search || undefined,
    filter: filters.length === 0 ? undefined : filters.length === 1 ? filters[0] : { all: filters },
    sort: view.sort ?? undefined,
    fields: of.fields,
    deleted: view.deleted || undefined,
    sharedWithMe: view.sharedWithMe || undefined,
  };
}

function spanOf(span: DaySpan, today: Day): [Day, Day] | null {
  const monday = addDays(today, 1 - weekdayOf(today));
  const lastMonth = addMonths(startOfMonth(today), -1);
  const year = today.slice(0, 4);
  const spans: Record<DaySpan, [Day, Day] | null> = {
    all: null,
    today: [today, today],
    thisWeek: [monday, addDays(monday, 6)],
    thisMonth: [startOfMonth(today), endOfMonth(today)],
    lastMonth: [lastMonth, endOfMonth(lastMonth)],
    thisYear: [`${year}-01-01`, `${year}-12-31`],
  };
  return spans[span];
}

const place = 'tradepost.lists';
forgetWithSession(() => sessionStorage.removeItem(place));

function keptViews(): Record<string, ListView> {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? '{}') as Record<string, ListView>;
  } catch {
    return {};
  }
}

function keepViews(views: Record<string, ListView>): Record<string, ListView> {
  sessionStorage.setItem(place, JSON.stringify(views));
  return views;
}

function parseFilter(text: string): Filter | null {
  try {
    return JSON.parse(text) as Filter;
  } catch {
    return null;
  }
}
