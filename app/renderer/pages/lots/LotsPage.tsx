import { DownloadOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Flex, Input, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { type LotState, type LotStockAnswer, type LotStockRow, lotStates } from '../../../../shared/contracts/lots.ts';
import type { Titles } from '../../../../shared/contracts/wire.ts';
import { api } from '../../api/http.ts';
import type { Translate } from '../../api/i18n.ts';
import { keys, mergeTitles } from '../../api/queries.ts';
import { type Session, useSession } from '../../api/session.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatDay, formatMoney, formatQuantity } from '../../ui/format.ts';
import { LinkFilter } from '../../ui/LinkFilter.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { DataTable, type TableColumn } from '../../ui/table/DataTable.tsx';
import { useDownload } from '../../ui/useDownload.ts';
import { useEndless } from '../../ui/useEndless.ts';

interface View {
  state: LotState;
  warehouse: number | null;
  search: string;
}
type Row = LotStockRow & { at: number };

/** Batches and serial numbers with what is left of them: all, those near their day, past it, and blocked ones. */
export function LotsPage() {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const [view, setView] = useState<View>({ state: 'all', warehouse: null, search: '' });
  const asked = askedFor(view);
  const lots = useLots(asked);
  const pages = useMemo(() => lots.data?.pages ?? [], [lots.data]);
  const rows = useMemo(() => pages.flatMap((page) => page.rows).map((row, at): Row => ({ ...row, at })), [pages]);
  const columns = useMemo(() => columnsOf(session, t, mergeTitles(pages)), [session, t, pages]);
  const onEnd = useEndless(lots);
  const fetchFile = useDownload();
  const exportRows = () => fetchFile(`/api/lots/stock.xlsx?${asked}&language=${session.language}`, `${t('lots.title')}.xlsx`);
  return (
    <PageFrame
      fill
      title={t('lots.title')}
      problem={lots.error}
      onRetry={() => void lots.refetch()}
      actions={
        session.may('lot', 'export') ? (
          <Button icon={<DownloadOutlined />} disabled={rows.length === 0} onClick={() => void exportRows()}>
            {t('warehousing.exportMoves')}
          </Button>
        ) : null
      }
    >
      <Filters view={view} onChange={(part) => setView({ ...view, ...part })} />
      <DataTable
        label={t('lots.title')}
        columns={columns}
        rows={rows}
        idOf={(row) => row.at}
        frozen={2}
        onOpen={(row) => void navigate(`/record/lot/${row.lot}`)}
        onEnd={onEnd}
        isLoading={lots.isPending || lots.isFetchingNextPage}
        empty={<EmptyState title={t('lots.none')} text={t('lots.help')} />}
      />
    </PageFrame>
  );
}

function Filters({ view, onChange }: { view: View; onChange: (part: Partial<View>) => void }) {
  const { t } = useTranslation();
  return (
    <Flex gap={8} wrap="wrap" align="center" className="tp-filters">
      <Segmented<LotState>
        value={view.state}
        onChange={(state) => onChange({ state })}
        options={lotStates.map((value) => ({ value, label: t(`lots.states.${value}`) }))}
      />
      <LinkFilter
        to="warehouse"
        width={180}
        placeholder={t('stock.allWarehouses')}
        value={view.warehouse}
        onChange={(warehouse) => onChange({ warehouse })}
      />
      <Input.Search
        allowClear
        style={{ width: 220 }}
        aria-label={t('lots.search')}
        placeholder={t('lots.search')}
        onSearch={(search) => onChange({ search: search.trim() })}
      />
    </Flex>
  );
}

function askedFor({ state, warehouse, search }: View): string {
  const asked = new URLSearchParams({ state });
  if (warehouse !== null) asked.set('warehouse', String(warehouse));
  if (search !== '') asked.set('search', search);
  return asked.toString();
}

function useLots(asked: string) {
  return useInfiniteQuery({
    queryKey: [...keys.stock, 'lots', asked],
    queryFn: ({ pageParam, signal }) =>
      api.get<LotStockAnswer>(`/api/lots/stock?limit=200&${asked}${pageParam === null ? '' : `&after=${pageParam}`}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

function columnsOf(session: Session, t: Translate, titles: Titles): TableColumn<Row>[] {
  const kinds: Readonly<Record<string, string>> = t('warehousing.places', { returnObjects: true });
  const day = (key: 'madeOn' | 'expiresOn'): TableColumn<Row> => ({
    key,
    title: session.fieldLabel('lot', key),
    widthPx: 110,
    render: (row) => (row[key] === null ? null : formatDay(row[key], session.language)),
  });
  const placeOf = (row: Row): string =>
    [kinds[row.kind], titles[row.kind === 'lent' ? 'customer' : 'warehouse']?.[row.place]].filter(Boolean).join(' ');
  return [
    { key: 'number', title: session.fieldLabel('lot', 'number'), widthPx: 150, render: (row) => row.number },
    { key: 'name', title: session.typeLabel('item'), widthPx: 180, grows: true, render: (row) => <span title={row.name}>{row.name}</span> },
    { key: 'place', title: t('lots.place'), widthPx: 150, grows: true, render: placeOf },
    {
      key: 'held',
      title: t('lots.held'),
      widthPx: 100,
      align: 'end',
      render: (row) => <span className="tp-number">{`${formatQuantity(row.held)} ${row.unit}`}</span>,
    },
    day('madeOn'),
    day('expiresOn'),
    {
      key: 'daysLeft',
      title: t('lots.daysLeft'),
      widthPx: 100,
      align: 'end',
      render: (row) =>
        row.daysLeft === null ? null : <span className={row.daysLeft < 0 ? 'tp-number tp-negative' : 'tp-number'}>{row.daysLeft}</span>,
    },
    {
      key: 'blocked',
      title: session.fieldLabel('lot', 'blocked'),
      widthPx: 80,
      render: (row) => (row.blocked ? <span className="tp-negative">{t('lots.states.blocked')}</span> : null),
    },
    ...(session.hasRight('see.cost')
      ? [
          {
            key: 'value',
            title: t('lots.value'),
            widthPx: 110,
            align: 'end' as const,
            render: (row: Row) => <span className="tp-number">{formatMoney(row.value ?? 0, session.digits)}</span>,
          },
        ]
      : []),
  ];
}
