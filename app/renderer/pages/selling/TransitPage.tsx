import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Flex, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { LoanRow, LoansAnswer, QualityAnswer, QualityRow, TransitAnswer, TransitRow } from '../../../../shared/contracts/selling.ts';
import { addDays } from '../../../../shared/kernel/days.ts';
import { api } from '../../api/http.ts';
import { keys, mergeTitles } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatDay, formatExchangeRate, formatQuantity, formatRate } from '../../ui/format.ts';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { DataTable, type TableColumn } from '../../ui/table/DataTable.tsx';
import { useEndless } from '../../ui/useEndless.ts';
import { ParcelNumber } from './Shipments.tsx';

const views = ['open', 'quality', 'loans'] as const;

/** Goods that are not with us and not settled: on their way, lent, and how well the carriers do. */
export function TransitPage() {
  const { t } = useTranslation();
  const session = useSession();
  const offered = views.filter((view) => session.may(view === 'loans' ? 'loan' : 'stockOut', 'read'));
  const [view, setView] = useState<(typeof views)[number]>(offered[0] ?? 'open');
  const tabs = (
    <Segmented
      value={view}
      onChange={setView}
      options={offered.map((value) => ({ value, label: t(`selling.transit.${value}`) }))}
      aria-label={t('selling.transit.title')}
    />
  );
  if (view === 'quality') return <Quality tabs={tabs} />;
  return view === 'loans' ? <Loans tabs={tabs} /> : <Open tabs={tabs} />;
}

interface Tabs {
  tabs: React.ReactNode;
}

function usePages<A extends { next: string | null }>(type: string, path: string) {
  const pages = useInfiniteQuery({
    queryKey: [...keys.list(type), path],
    queryFn: ({ pageParam, signal }) => api.get<A>(pageParam === null ? path : `${path}?after=${pageParam}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  const onEnd = useEndless(pages);
  return { ...pages, onEnd };
}

function Open({ tabs }: Tabs) {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const answer = usePages<TransitAnswer>('stockOut', '/api/transit');
  const rows = useMemo(() => answer.data?.pages.flatMap((page) => page.rows) ?? [], [answer.data]);
  const titles = useMemo(() => mergeTitles(answer.data?.pages ?? []), [answer.data]);
  const isLate = (row: TransitRow) => row.expectedOn < session.settings.today;
  const field = (name: string) => session.fieldLabel('stockOut', name);
  const columns: TableColumn<TransitRow>[] = [
    { key: 'number', title: field('number'), widthPx: 150, render: (row) => <Link to={`/record/stockOut/${row.id}`}>{row.number}</Link> },
    { key: 'customer', title: field('customer'), widthPx: 200, grows: true, render: (row) => titles.customer?.[row.customer] },
    { key: 'day', title: field('day'), widthPx: 100, render: (row) => formatDay(row.day, session.language) },
    { key: 'carrier', title: field('carrier'), widthPx: 120, grows: true, render: (row) => row.carrier },
    {
      key: 'parcelNumber',
      title: field('parcelNumber'),
      widthPx: 160,
      render: (row) => <ParcelNumber number={row.parcelNumber} trackAt={row.trackAt} />,
    },
    {
      key: 'expectedOn',
      title: t('selling.transit.expected'),
      widthPx: 100,
      render: (row) => <span className={isLate(row) ? 'tp-negative' : ''}>{formatDay(row.expectedOn, session.language)}</span>,
    },
    {
      key: 'age',
      title: t('selling.transit.age'),
      widthPx: 90,
      align: 'end',
      render: (row) => <span className={isLate(row) ? 'tp-negative' : ''}>{t('general.days', { count: row.ageDays })}</span>,
    },
    { key: 'owner', title: field('owner'), widthPx: 80, render: (row) => titles.user?.[row.owner ?? 0] },
  ];
  return (
    <PageFrame fill title={t('selling.transit.title')} problem={answer.error} onRetry={() => void answer.refetch()}>
      <Flex className="tp-filters">{tabs}</Flex>
      <DataTable
        label={t('selling.transit.open')}
        columns={columns}
        rows={rows}
        idOf={(row) => row.id}
        frozen={1}
        onOpen={(row) => void navigate(`/record/stockOut/${row.id}`)}
        onEnd={answer.onEnd}
        isLoading={answer.isPending || answer.isFetchingNextPage}
        memory="transit"
        empty={<EmptyState title={t('selling.transit.none')} text={t('selling.transit.noneHelp')} />}
      />
    </PageFrame>
  );
}

function Loans({ tabs }: Tabs) {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const answer = usePages<LoansAnswer>('loan', '/api/loans/open');
  const rows = useMemo(() => answer.data?.pages.flatMap((page) => page.rows) ?? [], [answer.data]);
  const titles = useMemo(() => mergeTitles(answer.data?.pages ?? []), [answer.data]);
  const isLate = (row: LoanRow) => row.dueOn < session.settings.today;
  const field = (name: string) => session.fieldLabel('loan', name);
  const columns: TableColumn<LoanRow>[] = [
    { key: 'number', title: field('number'), widthPx: 150, render: (row) => <Link to={`/record/loan/${row.loan}`}>{row.number}</Link> },
    { key: 'customer', title: field('customer'), widthPx: 190, grows: true, render: (row) => titles.customer?.[row.customer] },
    { key: 'item', title: session.typeLabel('item'), widthPx: 150, grows: true, render: (row) => row.name ?? titles.item?.[row.item] },
    { key: 'day', title: field('day'), widthPx: 100, render: (row) => formatDay(row.day, session.language) },
    {
      key: 'dueOn',
      title: field('dueOn'),
      widthPx: 100,
      render: (row) => <span className={isLate(row) ? 'tp-negative' : ''}>{formatDay(row.dueOn, session.language)}</span>,
    },
    {
      key: 'age',
      title: t('selling.transit.lentDays'),
      widthPx: 90,
      align: 'end',
      render: (row) => <span className={isLate(row) ? 'tp-negative' : ''}>{t('general.days', { count: row.ageDays })}</span>,
    },
    {
      key: 'quantity',
      title: field('lines.quantity'),
      widthPx: 110,
      align: 'end',
      render: (row) => <span className="tp-number">{formatQuantity(row.quantity)}</span>,
    },
    {
      key: 'left',
      title: t('selling.transit.left'),
      widthPx: 90,
      align: 'end',
      render: (row) => <span className="tp-number">{formatQuantity(row.left)}</span>,
    },
    { key: 'unit', title: field('lines.unit'), widthPx: 60, render: (row) => row.unit },
    { key: 'owner', title: field('owner'), widthPx: 80, render: (row) => titles.user?.[row.owner ?? 0] },
  ];
  return (
    <PageFrame fill title={t('selling.transit.title')} problem={answer.error} onRetry={() => void answer.refetch()}>
      <Flex className="tp-filters">{tabs}</Flex>
      <DataTable
        label={t('selling.transit.loans')}
        columns={columns}
        rows={rows}
        idOf={(row) => row.id}
        frozen={1}
        onOpen={(row) => void navigate(`/record/loan/${row.loan}`)}
        onEnd={answer.onEnd}
        isLoading={answer.isPending || answer.isFetchingNextPage}
        memory="openLoans"
        empty={<EmptyState title={t('selling.transit.noLoans')} text={t('selling.transit.noLoansHelp')} />}
      />
    </PageFrame>
  );
}

const spans = [30, 90, 365] as const;
const sides = ['carrier', 'region'] as const;

function Quality({ tabs }: Tabs) {
  const { t } = useTranslation();
  const session = useSession();
  const [span, setSpan] = useState<(typeof spans)[number]>(90);
  const [by, setBy] = useState<(typeof sides)[number]>('carrier');
  const { today } = session.settings;
  const path = `/api/transit/quality?${new URLSearchParams({ from: addDays(today, -span), to: today, by })}`;
  const answer = useQuery({
    queryKey: [...keys.list('stockOut'), path],
    queryFn: ({ signal }) => api.get<QualityAnswer>(path, { signal }),
    placeholderData: keepPreviousData,
  });
  const count = (key: 'shipped' | 'signed' | 'onTime'): TableColumn<QualityRow> => ({
    key,
    title: t(`selling.transit.${key}`),
    widthPx: 110,
    align: 'end',
    render: (row) => <span className="tp-number">{row[key]}</span>,
  });
  const columns: TableColumn<QualityRow>[] = [
    {
      key: 'name',
      title: by === 'carrier' ? session.fieldLabel('stockOut', 'carrier') : session.fieldLabel('customer', 'region'),
      widthPx: 220,
      grows: true,
      render: (row) => row.name ?? <span className="tp-faint">{t('selling.transit.unnamed')}</span>,
    },
    count('shipped'),
    count('signed'),
    count('onTime'),
    {
      key: 'share',
      title: t('selling.transit.share'),
      widthPx: 100,
      align: 'end',
      render: (row) => (row.share === null ? null : <span className="tp-number">{formatRate(roundTo(row.share, 1000))}</span>),
    },
    {
      key: 'averageDays',
      title: t('selling.transit.averageDays'),
      widthPx: 110,
      align: 'end',
      render: (row) =>
        row.averageDays === null ? null : <span className="tp-number">{formatExchangeRate(roundTo(row.averageDays, 100_000) * 1000)}</span>,
    },
  ];
  return (
    <PageFrame fill title={t('selling.transit.title')} problem={answer.error} onRetry={() => void answer.refetch()}>
      <Flex className="tp-filters" gap={8} wrap="wrap">
        {tabs}
        <Segmented value={by} onChange={setBy} options={sides.map((value) => ({ value, label: t(`selling.transit.by.${value}`) }))} />
        <Segmented
          value={span}
          onChange={setSpan}
          options={spans.map((value) => ({ value, label: t('general.days', { count: value }) }))}
        />
      </Flex>
      <DataTable
        label={t('selling.transit.quality')}
        columns={columns}
        rows={answer.data?.rows ?? []}
        idOf={(row) => row.id ?? 0}
        isLoading={answer.isPending}
        empty={<EmptyState title={t('selling.transit.noQuality')} text={t('selling.transit.qualityHelp')} />}
      />
      <p className="tp-faint">{t('selling.transit.qualityHelp')}</p>
    </PageFrame>
  );
}

const roundTo = (value: number, step: number): number => Math.round(value / step) * step;
