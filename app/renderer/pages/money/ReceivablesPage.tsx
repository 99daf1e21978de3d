import { SearchOutlined } from '@ant-design/icons';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Flex, Input } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ReceivableRow, ReceivablesAnswer } from '../../../../shared/contracts/trade.ts';
import { useCurrencies } from '../../api/currencies.ts';
import { api } from '../../api/http.ts';
import { keys, mergeTitles } from '../../api/queries.ts';
import { useListKeys } from '../../documents/list/useListKeys.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatMoney } from '../../ui/format.ts';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { DataTable, type TableColumn } from '../../ui/table/DataTable.tsx';
import { useTyped } from '../../ui/useTyped.ts';
import { StatementDrawer } from './StatementDrawer.tsx';

type Row = ReceivableRow & { at: number };

/** What customers owe, and for how long it has been due. */
export function ReceivablesPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<Row | null>(null);
  const typed = useTyped(search, setSearch);
  const answer = useReceivables(search);
  const searchBox = useListKeys({ onRefresh: () => void answer.refetch() });
  const rows = useMemo(
    () => (answer.data?.pages.flatMap((page) => page.rows) ?? []).map((row, at): Row => ({ ...row, at })),
    [answer.data],
  );
  const columns = useColumns(rows, mergeTitles(answer.data?.pages ?? []).user ?? {}, setOpen);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = answer;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <PageFrame fill title={t('money.receivables')} problem={answer.error} onRetry={() => void answer.refetch()}>
      <Flex gap={8} align="center">
        <Input
          ref={searchBox}
          className="tp-list-search"
          allowClear
          prefix={<SearchOutlined />}
          placeholder={t('money.searchCustomer')}
          {...typed}
        />
      </Flex>
      <DataTable
        label={t('money.receivables')}
        columns={columns}
        rows={rows}
        idOf={(row) => row.at}
        frozen={1}
        onOpen={setOpen}
        onEnd={onEnd}
        isLoading={answer.isPending || isFetchingNextPage}
        memory="receivables"
        hasFoot={!hasNextPage}
        empty={<EmptyState title={t('money.noReceivables')} text={t('money.noReceivablesHelp')} />}
      />
      {open ? <StatementDrawer customer={open.customer} name={open.name} currency={open.currency} onClose={() => setOpen(null)} /> : null}
    </PageFrame>
  );
}

function useReceivables(search: string) {
  return useInfiniteQuery({
    queryKey: [...keys.money, 'receivables', search],
    queryFn: ({ pageParam, signal }) => {
      const parameters = new URLSearchParams();
      if (search) parameters.set('search', search);
      if (pageParam !== null) parameters.set('after', pageParam);
      return api.get<ReceivablesAnswer>(`/api/receivables?${parameters}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

function useColumns(rows: readonly Row[], owners: Record<number, string>, onStatement: (row: Row) => void): TableColumn<Row>[] {
  const { t } = useTranslation();
  const currencies = useCurrencies();
  const isMixed = new Set(rows.map((row) => row.currency)).size > 1;
  const money = (row: Row, value: number, isRed = false) =>
    value === 0 ? (
      <span className="tp-faint">–</span>
    ) : (
      <span className={isRed ? 'tp-number tp-negative' : 'tp-number'}>{formatMoney(value, currencies.of(row.currency).digits)}</span>
    );
  /** Money of several currencies has no sum. */
  const sum = (of: (row: Row) => number) =>
    isMixed || rows[0] === undefined
      ? null
      : money(
          rows[0],
          rows.reduce((all, row) => all + of(row), 0),
        );
  const amount = (key: string, title: string, of: (row: Row) => number, isRed = false): TableColumn<Row> => ({
    key,
    title,
    widthPx: 100,
    align: 'end',
    foot: sum(of),
    render: (row) => money(row, of(row), isRed),
  });
  return [
    {
      key: 'customer',
      title: t('money.customer'),
      widthPx: 196,
      grows: true,
      foot: t('general.total'),
      render: (row) => <Link to={`/record/customer/${row.customer}`}>{row.name}</Link>,
    },
    { key: 'owner', title: t('money.owner'), widthPx: 66, render: (row) => (row.owner ? owners[row.owner] : '') },
    ...(isMixed
      ? [{ key: 'currency', title: t('money.currency'), widthPx: 60, render: (row: Row) => currencies.of(row.currency).code }]
      : []),
    amount('open', t('money.open'), (row) => row.open),
    amount('overdue', t('money.overdue'), (row) => row.overdue, true),
    amount('first', t('money.buckets.first'), (row) => row.buckets[0]),
    amount('second', t('money.buckets.second'), (row) => row.buckets[1]),
    amount('third', t('money.buckets.third'), (row) => row.buckets[2]),
    amount('fourth', t('money.buckets.fourth'), (row) => row.buckets[3], true),
    amount('prepaid', t('money.prepaid'), (row) => row.prepaid),
    {
      key: 'overdueDays',
      title: t('money.overdueDays'),
      widthPx: 76,
      align: 'end',
      render: (row) => (row.overdueDays > 0 ? t('general.days', { count: row.overdueDays }) : null),
    },
    {
      key: 'statement',
      title: '',
      widthPx: 82,
      render: (row) => (
        <button type="button" className="tp-link" onClick={() => onStatement(row)}>
          {t('money.statement')}
        </button>
      ),
    },
  ];
}
