import { SearchOutlined } from '@ant-design/icons';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Button, Flex, Input } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PayablesAnswer, ReceivableRow, ReceivablesAnswer } from '../../../../shared/contracts/trade.ts';
import { useCurrencies } from '../../api/currencies.ts';
import { api } from '../../api/http.ts';
import { keys, mergeTitles } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { useListKeys } from '../../documents/list/useListKeys.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatDay, formatMoney } from '../../ui/format.ts';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { DataTable, type TableColumn } from '../../ui/table/DataTable.tsx';
import { useEndless } from '../../ui/useEndless.ts';
import { useTyped } from '../../ui/useTyped.ts';
import { StatementBatch } from './StatementBatch.tsx';
import { StatementDrawer } from './StatementDrawer.tsx';
import type { SideName } from './side.ts';

type Row = Omit<ReceivableRow, 'customer'> & { party: number; at: number };

/** What is owed on one side of the house, by whom or to whom, and for how long it has been due. */
export function BalancesPage({ side }: { side: SideName }) {
  const { t } = useTranslation();
  const session = useSession();
  const words = useWords(side);
  const [isBatch, setBatch] = useState(false);
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<Row | null>(null);
  const typed = useTyped(search, setSearch);
  const answer = useBalances(side, search);
  const searchBox = useListKeys({ onRefresh: () => void answer.refetch() });
  const rows = useMemo(
    () => (answer.data?.pages ?? []).flatMap((page) => [...page.rows]).map((row, at): Row => ({ ...row, party: partyOf(row), at })),
    [answer.data],
  );
  const columns = useColumns(side, rows, { owners: mergeTitles(answer.data?.pages ?? []).user ?? {}, onStatement: setOpen });
  const onEnd = useEndless(answer);
  return (
    <PageFrame fill title={words.title} problem={answer.error} onRetry={() => void answer.refetch()}>
      <Flex gap={8} align="center">
        <Input ref={searchBox} className="tp-list-search" allowClear prefix={<SearchOutlined />} placeholder={words.search} {...typed} />
        {session.may(side, 'export') ? <Button onClick={() => setBatch(true)}>{t('finance.statement.batch')}</Button> : null}
      </Flex>
      <DataTable
        label={words.title}
        columns={columns}
        rows={rows}
        idOf={(row) => row.at}
        frozen={1}
        onOpen={setOpen}
        onEnd={onEnd}
        isLoading={answer.isPending || answer.isFetchingNextPage}
        memory={side === 'customer' ? 'receivables' : 'payables'}
        hasFoot={!answer.hasNextPage}
        empty={<EmptyState title={words.none} text={words.noneHelp} />}
      />
      {isBatch ? <StatementBatch side={side} onClose={() => setBatch(false)} /> : null}
      {open ? (
        <StatementDrawer side={side} party={open.party} name={open.name} currency={open.currency} onClose={() => setOpen(null)} />
      ) : null}
    </PageFrame>
  );
}

/** The words of one side. */
function useWords(side: SideName) {
  const { t } = useTranslation();
  return side === 'customer'
    ? {
        title: t('money.receivables'),
        search: t('money.searchCustomer'),
        party: t('money.customer'),
        open: t('money.open'),
        prepaid: t('money.prepaid'),
        none: t('money.noReceivables'),
        noneHelp: t('money.noReceivablesHelp'),
      }
    : {
        title: t('finance.payables.title'),
        search: t('finance.payables.search'),
        party: t('finance.payables.supplier'),
        open: t('finance.payables.open'),
        prepaid: t('finance.payables.prepaid'),
        none: t('finance.payables.none'),
        noneHelp: t('finance.payables.noneHelp'),
      };
}

const partyOf = (row: { customer: number } | { supplier: number }): number => ('customer' in row ? row.customer : row.supplier);

function useBalances(side: SideName, search: string) {
  const door = side === 'customer' ? 'receivables' : 'payables';
  return useInfiniteQuery({
    queryKey: [...keys.money, door, search],
    queryFn: ({ pageParam, signal }) => {
      const parameters = new URLSearchParams();
      if (search) parameters.set('search', search);
      if (pageParam !== null) parameters.set('after', pageParam);
      return api.get<ReceivablesAnswer | PayablesAnswer>(`/api/${door}?${parameters}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

interface ColumnsOf {
  owners: Record<number, string>;
  onStatement: (row: Row) => void;
}

function useColumns(side: SideName, rows: readonly Row[], { owners, onStatement }: ColumnsOf): TableColumn<Row>[] {
  const { t } = useTranslation();
  const session = useSession();
  const words = useWords(side);
  const maySettle = session.may(side === 'customer' ? 'settlement' : 'supplierSettlement', 'create');
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
    widthPx: key === 'open' ? 114 : 94,
    align: 'end',
    foot: sum(of),
    render: (row) => money(row, of(row), isRed),
  });
  return [
    {
      key: 'party',
      title: words.party,
      widthPx: 156,
      grows: true,
      foot: t('general.total'),
      render: (row) => <Link to={`/record/${side}/${row.party}`}>{row.name}</Link>,
    },
    { key: 'owner', title: t('money.owner'), widthPx: 66, render: (row) => (row.owner ? owners[row.owner] : '') },
    ...(isMixed
      ? [{ key: 'currency', title: t('money.currency'), widthPx: 60, render: (row: Row) => currencies.of(row.currency).code }]
      : []),
    amount('open', words.open, (row) => row.open),
    amount('overdue', t('money.overdue'), (row) => row.overdue, true),
    amount('first', t('money.buckets.first'), (row) => row.buckets[0]),
    amount('second', t('money.buckets.second'), (row) => row.buckets[1]),
    amount('third', t('money.buckets.third'), (row) => row.buckets[2]),
    amount('fourth', t('money.buckets.fourth'), (row) => row.buckets[3], true),
    amount('prepaid', words.prepaid, (row) => row.prepaid),
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
    ...(maySettle
      ? [
          {
            key: 'settle',
            title: '',
            widthPx: 58,
            render: (row: Row) => <Link to={`/settle/${side}/${row.party}`}>{t('finance.payables.settle')}</Link>,
          },
        ]
      : []),
    amount('invoiced', t(`finance.invoiced.${side}`), (row) => row.invoiced ?? 0),
    {
      key: 'invoicedOn',
      title: t(`finance.invoicedOn.${side}`),
      widthPx: 92,
      render: (row) => (row.invoicedOn === null ? null : formatDay(row.invoicedOn, session.language)),
    },
  ];
}
