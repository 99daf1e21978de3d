import { DownloadOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, DatePicker, Flex, Select } from 'antd';
import dayjs from 'dayjs';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StockMovesAnswer } from '../../../../shared/contracts/stock.ts';
import { addDays } from '../../../../shared/kernel/days.ts';
import { api } from '../../api/http.ts';
import { keys, mergeTitles } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LinkFilter } from '../../ui/LinkFilter.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { useDownload } from '../../ui/useDownload.ts';
import { useEndless } from '../../ui/useEndless.ts';
import { moveColumns } from './moveColumns.tsx';

interface View {
  item: number | null;
  warehouse: number | null;
  type: string | null;
  span: [string, string] | null;
}

/** Every movement of stock: of an item, a warehouse, a period or a kind of document, with what lay there before and after. */
export function MovementsPage() {
  const { t } = useTranslation();
  const session = useSession();
  const { today } = session.settings;
  const [view, setView] = useState<View>({ item: null, warehouse: null, type: null, span: [addDays(today, -30), today] });
  const asked = askedFor(view);
  const moves = useMoves(asked);
  const pages = useMemo(() => moves.data?.pages ?? [], [moves.data]);
  const columns = useMemo(() => moveColumns(session, t, mergeTitles(pages)), [session, t, pages]);
  const onEnd = useEndless(moves);
  const fetchFile = useDownload();
  const exportRows = () => fetchFile(`/api/stock/moves.xlsx?${asked}&language=${session.language}`, `${t('warehousing.movements')}.xlsx`);
  const rows = pages.flatMap((page) => page.rows);
  return (
    <PageFrame
      fill
      title={t('warehousing.movements')}
      problem={moves.error}
      onRetry={() => void moves.refetch()}
      actions={
        session.may('item', 'export') ? (
          <Button icon={<DownloadOutlined />} disabled={rows.length === 0} onClick={() => void exportRows()}>
            {t('warehousing.exportMoves')}
          </Button>
        ) : null
      }
    >
      <Filters view={view} onChange={(part) => setView({ ...view, ...part })} />
      <DataTable
        label={t('warehousing.movements')}
        columns={columns}
        rows={rows}
        idOf={(row) => row.id}
        onEnd={onEnd}
        isLoading={moves.isPending || moves.isFetchingNextPage}
        empty={<EmptyState title={t('stock.noMoves')} text={t('warehousing.movementsHelp')} />}
      />
    </PageFrame>
  );
}

function Filters({ view, onChange }: { view: View; onChange: (part: Partial<View>) => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const types = session.definitions.filter(({ kind, area }) => kind === 'document' && ['stock', 'delivery', 'purchase'].includes(area));
  return (
    <Flex gap={8} wrap="wrap" align="center" className="tp-filters">
      <LinkFilter to="item" width={240} placeholder={t('warehousing.allItems')} value={view.item} onChange={(item) => onChange({ item })} />
      <LinkFilter
        to="warehouse"
        width={170}
        placeholder={t('stock.allWarehouses')}
        value={view.warehouse}
        onChange={(warehouse) => onChange({ warehouse })}
      />
      <DatePicker.RangePicker
        aria-label={t('general.day')}
        style={{ width: 250 }}
        value={view.span === null ? null : [dayjs(view.span[0]), dayjs(view.span[1])]}
        onChange={(days) => onChange({ span: days?.[0] && days[1] ? [days[0].format('YYYY-MM-DD'), days[1].format('YYYY-MM-DD')] : null })}
      />
      <Select
        allowClear
        aria-label={t('warehousing.documentType')}
        placeholder={t('warehousing.allDocuments')}
        style={{ width: 160 }}
        value={view.type ?? undefined}
        onChange={(type?: string) => onChange({ type: type ?? null })}
        options={types.map(({ type }) => ({ value: type, label: session.typeLabel(type) }))}
      />
    </Flex>
  );
}

function askedFor({ item, warehouse, type, span }: View): string {
  const asked = new URLSearchParams();
  if (item !== null) asked.set('item', String(item));
  if (warehouse !== null) asked.set('warehouse', String(warehouse));
  if (type !== null) asked.set('type', type);
  if (span !== null) {
    asked.set('from', span[0]);
    asked.set('to', span[1]);
  }
  return asked.toString();
}

function useMoves(asked: string) {
  return useInfiniteQuery({
    queryKey: [...keys.stock, 'movements', asked],
    queryFn: ({ pageParam, signal }) =>
      api.get<StockMovesAnswer>(`/api/stock/moves?limit=200&${asked}${pageParam === null ? '' : `&after=${pageParam}`}`, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
}
