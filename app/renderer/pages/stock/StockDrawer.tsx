import { useInfiniteQuery } from '@tanstack/react-query';
import { Descriptions, Drawer, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CostCardAnswer, CostCardRow, StockListRow, StockMovesAnswer } from '../../../../shared/contracts/stock.ts';
import { api } from '../../api/http.ts';
import { keys, mergeTitles } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { formatDay, formatInUnits, formatMoney, formatQuantity, formatUnitCost } from '../../ui/format.ts';
import { DataTable, type TableColumn } from '../../ui/table/DataTable.tsx';
import { useEndless } from '../../ui/useEndless.ts';
import { Change, DocumentLink, moveColumns } from './moveColumns.tsx';

interface StockDrawerProps {
  row: StockListRow;
  warehouse: number | null;
  onClose: () => void;
}

/** How the stock of an item came about: every movement with what was there before and after, and what it cost. */
export function StockDrawer({ row, warehouse, onClose }: StockDrawerProps) {
  const { t } = useTranslation();
  const session = useSession();
  const inUnits = (quantity: number) => formatInUnits(quantity, row.unit ?? '', row.units ?? []);
  const tabs = [
    { key: 'moves', label: t('stock.moves'), children: <Moves item={row.item} warehouse={row.warehouse ?? warehouse} /> },
    ...(session.hasRight('see.cost') ? [{ key: 'cost', label: t('stock.cost'), children: <CostCard item={row.item} /> }] : []),
  ];
  return (
    <Drawer
      open
      size={980}
      title={<Link to={`/record/item/${row.item}`}>{[row.code, row.name, row.spec].filter(Boolean).join(' · ')}</Link>}
      onClose={onClose}
      className="tp-stock-drawer"
    >
      <Descriptions
        size="small"
        column={3}
        items={[
          { key: 'onHand', label: t('stock.onHand'), children: inUnits(row.onHand) },
          { key: 'promised', label: t('stock.promised'), children: inUnits(row.promised) },
          { key: 'available', label: t('stock.available'), children: inUnits(row.available) },
        ]}
      />
      <Tabs size="small" items={tabs} />
    </Drawer>
  );
}

/** Pages of a ledger. */
function usePages<P extends { rows: unknown[]; next: number | string | null }>(name: string, path: string) {
  const pages = useInfiniteQuery({
    queryKey: [...keys.stock, name, path],
    queryFn: ({ pageParam, signal }) => api.get<P>(pageParam === null ? path : `${path}&after=${pageParam}`, { signal }),
    initialPageParam: null as number | string | null,
    getNextPageParam: (page) => page.next,
  });
  const onEnd = useEndless(pages);
  return { pages: pages.data?.pages ?? [], isLoading: pages.isPending || pages.isFetchingNextPage, onEnd };
}

function Moves({ item, warehouse }: { item: number; warehouse: number | null }) {
  const { t } = useTranslation();
  const session = useSession();
  const { pages, isLoading, onEnd } = usePages<StockMovesAnswer>(
    'moves',
    `/api/stock/moves?item=${item}${warehouse === null ? '' : `&warehouse=${warehouse}`}`,
  );
  const columns = moveColumns(session, t, mergeTitles(pages)).filter(({ key }) => key !== 'item');
  return (
    <DataTable
      label={t('stock.moves')}
      columns={columns}
      rows={pages.flatMap((page) => page.rows)}
      idOf={(row) => row.id}
      onEnd={onEnd}
      isLoading={isLoading}
      empty={t('stock.noMoves')}
    />
  );
}

function CostCard({ item }: { item: number }) {
  const { t } = useTranslation();
  const session = useSession();
  const { pages, isLoading, onEnd } = usePages<CostCardAnswer>('cost', `/api/stock/cost?item=${item}`);
  const money = (value: number) => formatMoney(value, session.digits);
  const rows = pages.flatMap((page) => page.rows).map((row, rank) => ({ ...row, rank }));
  const columns: TableColumn<CostCardRow & { rank: number }>[] = [
    { key: 'day', title: t('general.day'), widthPx: 100, render: (row) => formatDay(row.day, session.language) },
    {
      key: 'document',
      title: t('stock.document'),
      widthPx: 190,
      grows: true,
      render: (row) => (
        <>
          <DocumentLink type={row.type} id={row.document} number={row.number} />
          {row.isMirror ? <small className="tp-faint"> {session.stepLabel(row.type, row.step)}</small> : null}
          {row.cause ? (
            <small className="tp-faint">
              {' '}
              {t('stock.correctedBy')} <DocumentLink type={row.cause.type} id={row.cause.document} number={row.cause.number} />
            </small>
          ) : null}
        </>
      ),
    },
    {
      key: 'quantity',
      title: t('stock.change'),
      widthPx: 90,
      align: 'end',
      render: (row) => <Change value={row.quantity} text={formatQuantity(Math.abs(row.quantity))} />,
    },
    {
      key: 'value',
      title: t('general.amount'),
      widthPx: 110,
      align: 'end',
      render: (row) => <Change value={row.value} text={money(Math.abs(row.value))} />,
    },
    {
      key: 'quantityAfter',
      title: t('stock.currentQuantity'),
      widthPx: 100,
      align: 'end',
      render: (row) => formatQuantity(row.quantityAfter),
    },
    { key: 'valueAfter', title: t('stock.currentValue'), widthPx: 120, align: 'end', render: (row) => money(row.valueAfter) },
    {
      key: 'averageAfter',
      title: t('stock.averageCost'),
      widthPx: 100,
      align: 'end',
      render: (row) => (row.averageAfter === null ? null : formatUnitCost(row.averageAfter, session.digits)),
    },
  ];
  return (
    <DataTable
      label={t('stock.cost')}
      columns={columns}
      rows={rows}
      idOf={(row) => row.rank}
      onEnd={onEnd}
      isLoading={isLoading}
      empty={t('stock.noMoves')}
    />
  );
}
