import { useInfiniteQuery } from '@tanstack/react-query';
import { Flex, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { StockLimitRow, StockLimitsAnswer } from '../../../../shared/contracts/stock.ts';
import type { Titles } from '../../../../shared/contracts/wire.ts';
import { api } from '../../api/http.ts';
import type { Translate } from '../../api/i18n.ts';
import { keys, mergeTitles } from '../../api/queries.ts';
import { type Session, useSession } from '../../api/session.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatInUnits, formatQuantity } from '../../ui/format.ts';
import { LinkFilter } from '../../ui/LinkFilter.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { DataTable, type TableColumn } from '../../ui/table/DataTable.tsx';
import { useEndless } from '../../ui/useEndless.ts';

type Side = 'below' | 'above';
type Row = StockLimitRow & { at: number };

/** Items with too little or too much of them, and how much to order. */
export function LimitsPage() {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const [side, setSide] = useState<Side>('below');
  const [warehouse, setWarehouse] = useState<number | null>(null);
  const limits = useLimits(side, warehouse);
  const pages = useMemo(() => limits.data?.pages ?? [], [limits.data]);
  const rows = useMemo(() => pages.flatMap((page) => page.rows).map((row, at): Row => ({ ...row, at })), [pages]);
  const columns = useMemo(() => columnsOf(session, t, mergeTitles(pages), side), [session, t, pages, side]);
  const onEnd = useEndless(limits);
  return (
    <PageFrame fill title={t('warehousing.limits')} problem={limits.error} onRetry={() => void limits.refetch()}>
      <Flex gap={8} wrap="wrap" align="center" className="tp-filters">
        <Segmented<Side>
          value={side}
          onChange={setSide}
          options={[
            { value: 'below', label: t('warehousing.below') },
            { value: 'above', label: t('warehousing.above') },
          ]}
        />
        <LinkFilter to="warehouse" width={180} placeholder={t('stock.allWarehouses')} value={warehouse} onChange={setWarehouse} />
      </Flex>
      <DataTable
        label={t('warehousing.limits')}
        columns={columns}
        rows={rows}
        idOf={(row) => row.at}
        frozen={2}
        onOpen={(row) => void navigate(`/record/item/${row.item}`)}
        onEnd={onEnd}
        isLoading={limits.isPending || limits.isFetchingNextPage}
        empty={
          <EmptyState title={t(side === 'below' ? 'warehousing.noLimits' : 'warehousing.noneAbove')} text={t('warehousing.limitsHelp')} />
        }
      />
    </PageFrame>
  );
}

function useLimits(side: Side, warehouse: number | null) {
  const asked = `side=${side}${warehouse === null ? '' : `&warehouse=${warehouse}`}`;
  return useInfiniteQuery({
    queryKey: [...keys.stock, 'limits', asked],
    queryFn: ({ pageParam, signal }) =>
      api.get<StockLimitsAnswer>(`/api/stock/limits?limit=200&${asked}${pageParam === null ? '' : `&after=${pageParam}`}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

function columnsOf(session: Session, t: Translate, titles: Titles, side: Side): TableColumn<Row>[] {
  const amount = (key: 'minimum' | 'maximum' | 'available' | 'onOrder', isRed = false): TableColumn<Row> => ({
    key,
    title: t(`warehousing.${key}`),
    widthPx: 100,
    align: 'end',
    render: (row) =>
      row[key] === null ? null : <span className={isRed ? 'tp-number tp-negative' : 'tp-number'}>{formatQuantity(row[key])}</span>,
  });
  return [
    { key: 'code', title: session.fieldLabel('item', 'code'), widthPx: 100, render: (row) => row.code },
    {
      key: 'name',
      title: session.fieldLabel('item', 'name'),
      widthPx: 170,
      grows: true,
      render: (row) => <span title={row.name}>{row.name}</span>,
    },
    { key: 'spec', title: session.fieldLabel('item', 'spec'), widthPx: 120, render: (row) => row.spec },
    {
      key: 'warehouse',
      title: session.typeLabel('warehouse'),
      widthPx: 140,
      render: (row) => (row.warehouse === null ? t('warehousing.everywhere') : titles.warehouse?.[row.warehouse]),
    },
    { key: 'unit', title: session.fieldLabel('item', 'unit'), widthPx: 80, render: (row) => row.unit },
    amount('minimum'),
    amount('maximum'),
    amount('available', true),
    amount('onOrder'),
    ...(side === 'below'
      ? [
          {
            key: 'suggested',
            title: t('warehousing.suggested'),
            widthPx: 130,
            align: 'end' as const,
            render: (row: Row) => <b className="tp-number">{formatInUnits(row.suggested, row.unit, row.units)}</b>,
          },
        ]
      : []),
  ];
}
