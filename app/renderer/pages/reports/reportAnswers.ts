import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type {
  DrillAnswer,
  DrillQuestion,
  ReportAnswer,
  ReportInfo,
  ReportKey,
  ReportLabel,
  ReportQuestion,
} from '../../../../shared/contracts/reports.ts';
import { wordOfKey } from '../../../../shared/reports/keyWords.ts';
import { api } from '../../api/http.ts';
import { useLanguage } from '../../api/i18n.ts';
import { useMaybeSession } from '../../api/session.tsx';
import { wordsOf } from '../../api/words.ts';

/** How a person arranged a report; kept for the next time. */
export type Arrangement = Required<Pick<ReportQuestion, 'groupBy' | 'filters'>> & Pick<ReportQuestion, 'pivot' | 'sort'>;

/** The reports this person may ask. */
export function useOfferedReports(): { reports: readonly ReportInfo[]; isPending: boolean; error: unknown } {
  const session = useMaybeSession();
  const answer = useQuery({
    queryKey: ['reports', session?.user.id],
    queryFn: ({ signal }) => api.get<{ reports: ReportInfo[] }>('/api/reports', { signal }),
    enabled: session !== null,
    staleTime: 600_000,
  });
  return { reports: answer.data?.reports ?? none, isPending: answer.isPending, error: answer.error };
}
const none: readonly ReportInfo[] = [];

/** Pages of one report. */
export function useReport(name: string, question: ReportQuestion, enabled: boolean) {
  return useInfiniteQuery({
    queryKey: ['reports', name, question],
    queryFn: ({ pageParam, signal }) =>
      api.post<ReportAnswer>(`/api/reports/${name}`, pageParam === null ? question : { ...question, after: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** Pages of the documents a figure is made of. */
export function useDocumentsBehind(name: string, question: DrillQuestion) {
  return useInfiniteQuery({
    queryKey: ['reports', name, 'documents', question],
    queryFn: ({ pageParam, signal }) =>
      api.post<DrillAnswer>(`/api/reports/${name}/documents`, pageParam === null ? question : { ...question, after: pageParam }, {
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

export interface ReportWords {
  name: (report: string) => string;
  text: (report: string) => string;
  axis: (name: string) => string;
  measure: (name: string) => string;
  /** What a key of an axis is called. */
  key: (key: ReportKey, label: ReportLabel | undefined) => string;
}

/** What reports, axes, measures and keys are called on the screen. */
export function useReportWords(): ReportWords {
  const words = wordsOf(useLanguage().language).ui.reports;
  const from = (list: Readonly<Record<string, string>>, name: string) => list[name] ?? name;
  return {
    name: (report) => from(words.names, report),
    text: (report) => from(words.texts, report),
    axis: (name) => from(words.axes, name),
    measure: (name) => from(words.measures, name),
    key: (key, label) => wordOfKey(words, key, label),
  };
}
