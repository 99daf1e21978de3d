import { SearchOutlined } from '@ant-design/icons';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Checkbox, DatePicker, Flex, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StockListAnswer, StockListRow } from '../../../../shared/contracts/stock.ts';
import { api } from '../../api/http.ts';
import type { Translate } from '../../api/i18n.ts';
import { keys, mergeTitles } from '../../api/queries.ts';
import { type Session, useSession } from '../../api/session.tsx';
import { useListKeys } from '../../documents/list/useListKeys.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatInUnits, formatMoney, formatQuantity, formatUnitCost } from '../../ui/format.ts';
import { LinkFilter } from '../../ui/LinkFilter.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { usePreference } from '../../ui/preference.ts';
import { DataTable, type TableColumn } from '../../ui/table/DataTable.tsx';
import { useEndless } from '../../ui/useEndless.ts';
import { useTyped } from '../../ui/useTyped.ts';
import { StockDrawer } from './StockDrawer.tsx';

interface View {
  search: string;
  warehouse: number | null;
  category: number | null;
  itemType: string | null;
  held: boolean;
}
type Row = StockListRow & { at: number };

/** What lies where: on hand, promised, available; movements and costs of an item in a drawer. */
export function StockPage() {
  const { t } = useTranslation();
  const session = useSession();
  const [view, keepView] = usePreference<View>('stock', {
    search: '',
    warehouse: null,
    category: null,
    itemType: null,
    held: true,
  });
  const [day, setDay] = useState<string | null>(null);
  const [open, setOpen] = useState<Row | null>(null);
  const change = (part: Partial<View>) => keepView({ ...view, ...part });
  const typed = useTyped(view.search, (search) => change({ search }));
  const stock = useStock(view, day);
  const searchBox = useListKeys({ onRefresh: () => void stock.refetch() });
  const titles = useMemo(() => mergeTitles(stock.data?.pages ?? []), [stock.data]);
  const rows = useMemo(() => (stock.data?.pages.flatMap((page) => page.rows) ?? []).map((row, at): Row => ({ ...row, at })), [stock.data]);
  const columns = useMemo(() => columnsOf(session, t, titles, rows), [session, t, titles, rows]);
  const onEnd = useEndless(stock);
  return (
    <PageFrame fill title={t('stock.title')} problem={stock.error} onRetry={() => void stock.refetch()}>
      <Flex gap={8} wrap="wrap" align="center" className="tp-filters">
        <Input
          ref={searchBox}
          className="tp-list-search"
          allowClear
          prefix={<SearchOutlined />}
          placeholder={t('stock.searchHint')}
          {...typed}
        />
        <LinkFilter
          to="warehouse"
          width={180}
          placeholder={t('stock.allWarehouses')}
          value={view.warehouse}
          onChange={(warehouse) => change({ warehouse })}
        />
        <LinkFilter
          to="itemCategory"
          width={180}
          placeholder={t('stock.allCategories')}
          value={view.category}
          onChange={(category) => change({ category })}
        />
        <ItemTypeSelect value={view.itemType ?? null} onChange={(itemType) => change({ itemType })} />
        <DatePicker
          aria-label={t('warehousing.asOf')}
          placeholder={t('warehousing.asOf')}
          style={{ width: 140 }}
          value={day === null ? null : dayjs(day)}
          maxDate={dayjs(session.settings.today)}
          onChange={(chosen) => setDay(chosen ? chosen.format('YYYY-MM-DD') : null)}
        />
        <Checkbox checked={view.held} onChange={(event) => change({ held: event.target.checked })}>
          {t('stock.heldOnly')}
        </Checkbox>
      </Flex>
      <DataTable
        label={t('stock.title')}
        columns={columns}
        rows={rows}
        idOf={(row) => row.at}
        frozen={2}
        onOpen={setOpen}
        onEnd={onEnd}
        isLoading={stock.isPending || stock.isFetchingNextPage}
        memory="stock"
        empty={<EmptyState title={t('stock.none')} text={t('stock.noneHelp')} />}
      />
      {open ? <StockDrawer row={open} warehouse={view.warehouse} onClose={() => setOpen(null)} /> : null}
    </PageFrame>
  );
}

/** Goods, spare parts, office supplies, gifts: each can be looked at by itself. */
function ItemTypeSelect({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const field = session.definitionOf('item')?.fields.itemType;
  if (field?.kind !== 'choice') return null;
  return (
    <Select
      allowClear
      aria-label={t('warehousing.itemType')}
      placeholder={t('warehousing.itemType')}
      style={{ width: 130 }}
      value={value ?? undefined}
      onChange={(chosen?: string) => onChange(chosen ?? null)}
      options={field.choices.map((choice) => ({ value: choice, label: session.choiceLabel('item', 'itemType', choice) }))}
    />
  );
}

function useStock(view: View, day: string | null) {
  const parameters = new URLSearchParams({ limit: '200' });
  if (view.search) parameters.set('search', view.search);
  if (view.warehouse !== null) parameters.set('warehouse', String(view.warehouse));
  if (view.category !== null) parameters.set('category', String(view.category));
  if (view.itemType) parameters.set('itemType', view.itemType);
  if (day !== null) parameters.set('day', day);
  if (view.held) parameters.set('held', '1');
  return useInfiniteQuery({
    queryKey: [...keys.stock, 'list', view, day],
    queryFn: ({ pageParam, signal }) => {
      if (pageParam !== null) parameters.set('after', pageParam);
      return api.get<StockListAnswer>(`/api/stock/list?${parameters}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

const movingWidthsPx = { onOrder: 74, inTransit: 62, lent: 52 } as const;

function columnsOf(session: Session, t: Translate, titles: StockListAnswer['titles'], rows: readonly Row[]): TableColumn<Row>[] {
  const seesCost = session.hasRight('see.cost');
  const isLow = (row: Row) => row.safetyStock !== null && row.safetyStock !== undefined && row.available < row.safetyStock;
  const amount = (value: number, isRed = false) => (
    <span className={isRed || value < 0 ? 'tp-number tp-negative' : 'tp-number'}>{formatQuantity(value)}</span>
  );
  return [
    { key: 'code', title: session.fieldLabel('item', 'code'), widthPx: 84, render: (row) => row.code },
    {
      key: 'name',
      title: session.fieldLabel('item', 'name'),
      widthPx: 116,
      grows: true,
      render: (row) => <span title={row.name}>{row.name}</span>,
    },
    {
      key: 'spec',
      title: session.fieldLabel('item', 'spec'),
      short: t('warehousing.shortHeads.spec'),
      widthPx: 108,
      grows: true,
      render: (row) => row.spec,
    },
    {
      key: 'warehouse',
      title: session.typeLabel('warehouse'),
      widthPx: 84,
      grows: true,
      render: (row) => (row.warehouse === null ? '' : titles.warehouse?.[row.warehouse]),
    },
    {
      key: 'unit',
      title: session.fieldLabel('item', 'unit'),
      short: t('warehousing.shortHeads.unit'),
      widthPx: 52,
      render: (row) => row.unit,
    },
    { key: 'onHand', title: t('stock.onHand'), widthPx: 72, align: 'end', render: (row) => amount(row.onHand) },
    ...(rows.some((row) => row.units)
      ? [
          {
            key: 'inUnits',
            title: t('warehousing.inUnits'),
            widthPx: 84,
            align: 'end' as const,
            render: (row: Row) => (row.units ? formatInUnits(row.onHand, row.unit ?? '', row.units) : null),
          },
        ]
      : []),
    { key: 'promised', title: t('stock.promised'), widthPx: 78, align: 'end', render: (row) => amount(row.promised) },
    { key: 'available', title: t('stock.available'), widthPx: 78, align: 'end', render: (row) => amount(row.available, isLow(row)) },
    ...(['onOrder', 'inTransit', 'lent'] as const)
      .filter((key) => rows.some((row) => row[key] !== 0))
      .map(
        (key): TableColumn<Row> => ({
          key,
          title: t(`warehousing.${key}`),
          ...(key === 'inTransit' ? { short: t('warehousing.shortHeads.inTransit') } : {}),
          widthPx: movingWidthsPx[key],
          align: 'end',
          render: (row) => (row[key] === 0 ? null : amount(row[key])),
        }),
      ),
    {
      key: 'safetyStock',
      title: session.fieldLabel('item', 'safetyStock'),
      short: t('warehousing.shortHeads.safetyStock'),
      widthPx: 70,
      align: 'end',
      render: (row) => (row.safetyStock ? amount(row.safetyStock) : null),
    },
    ...(seesCost
      ? [
          {
            key: 'averageCost',
            title: t('stock.averageCost'),
            short: t('warehousing.shortHeads.averageCost'),
            widthPx: 88,
            align: 'end' as const,
            render: (row: Row) =>
              row.averageCost ? <span className="tp-number">{formatUnitCost(row.averageCost, session.digits)}</span> : null,
          },
          {
            key: 'value',
            title: t('stock.value'),
            widthPx: 104,
            align: 'end' as const,
            render: (row: Row) =>
              row.value === undefined ? null : <span className="tp-number">{formatMoney(row.value, session.digits)}</span>,
          },
        ]
      : []),
  ];
}
