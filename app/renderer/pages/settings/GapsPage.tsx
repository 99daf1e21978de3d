import { DownloadOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, DatePicker, Flex, Select } from 'antd';
import dayjs from 'dayjs';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { GapsAnswer } from '../../../../shared/contracts/trade.ts';
import { addDays, addMonths, endOfMonth, startOfMonth } from '../../../../shared/kernel/days.ts';
import { api } from '../../api/http.ts';
import { type Session, useSession } from '../../api/session.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { DataTable, type TableColumn } from '../../ui/table/DataTable.tsx';
import { useDownload } from '../../ui/useDownload.ts';
import { useEndless } from '../../ui/useEndless.ts';
import { type GapRow, gapRowsOf } from './gapRows.ts';

type Span = [string, string] | null;

/** Chosen for the numbers of the tax office's papers instead of those that the program draws. */
const issued = 'issued';

/** Numbers that were drawn and have no valid document: which, why, and in a workbook for the auditor. */
export function GapsPage() {
  const { t } = useTranslation();
  const session = useSession();
  const types = session.definitions.filter(
    ({ numbering, kind, operations }) => kind === 'document' && numbering && operations.includes('read'),
  );
  const [type, setType] = useState(types[0]?.type ?? '');
  const [span, setSpan] = useState<Span>([startOfMonth(session.settings.today), session.settings.today]);
  const isIssued = type === issued;
  const asked = new URLSearchParams({
    ...(isIssued ? { type: 'salesInvoice', series: 'issued' } : { type }),
    ...(span === null ? {} : { from: span[0], to: span[1] }),
  });
  const gaps = useGaps(asked);
  const rows = useMemo(() => gapRowsOf(gaps.data?.pages ?? []), [gaps.data]);
  const fetchFile = useDownload();
  const exportRows = () => fetchFile(`/api/numbers/gaps/workbook?${asked}&language=${session.language}`, `${t('settings.gaps')}.xlsx`);
  const onEnd = useEndless(gaps);
  return (
    <PageFrame
      fill
      title={t('settings.gaps')}
      problem={gaps.error}
      onRetry={() => void gaps.refetch()}
      actions={
        <Button icon={<DownloadOutlined />} disabled={rows.length === 0} onClick={() => void exportRows()}>
          {t('settings.gapExport')}
        </Button>
      }
    >
      <p className="tp-faint">{t(isIssued ? 'settings.gapInvoicesHelp' : 'settings.gapsHelp')}</p>
      <Flex gap={8} align="center" wrap="wrap">
        <Select
          aria-label={t('settings.gapType')}
          style={{ width: 180 }}
          showSearch={{ optionFilterProp: 'label' }}
          value={type}
          onChange={setType}
          options={[
            ...types.map((one) => ({ value: one.type, label: session.typeLabel(one.type) })),
            ...(types.some((one) => one.type === 'salesInvoice') ? [{ value: issued, label: t('settings.gapInvoices') }] : []),
          ]}
        />
        <PeriodChooser span={span} onChange={setSpan} />
        {gaps.data && rows.length > 0 ? <span className="tp-faint">{t('settings.gapCount', { count: rows.length })}</span> : null}
      </Flex>
      <DataTable
        label={t('settings.gaps')}
        columns={useColumns(type)}
        rows={rows}
        idOf={(row) => row.at}
        onEnd={onEnd}
        isLoading={gaps.isPending || gaps.isFetchingNextPage}
        empty={<EmptyState title={t('settings.noGaps')} text={t('settings.noGapsHelp')} />}
      />
    </PageFrame>
  );
}

function useGaps(asked: URLSearchParams) {
  return useInfiniteQuery({
    queryKey: ['gaps', asked.toString()],
    queryFn: ({ pageParam, signal }) =>
      api.get<GapsAnswer>(`/api/numbers/gaps?${asked}${pageParam === null ? '' : `&after=${pageParam}`}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

/** A span of days, with the usual ones at hand; none means every period there ever was. */
function PeriodChooser({ span, onChange }: { span: Span; onChange: (span: Span) => void }) {
  const { t } = useTranslation();
  const { today } = useSession().settings;
  const lastMonth = addMonths(startOfMonth(today), -1);
  const day = (text: string) => dayjs(text);
  return (
    <DatePicker.RangePicker
      aria-label={t('settings.gapPeriod')}
      placeholder={[t('settings.gapAll'), t('settings.gapAll')]}
      style={{ width: 270 }}
      value={span === null ? null : [day(span[0]), day(span[1])]}
      presets={[
        { label: t('list.spans.thisMonth'), value: [day(startOfMonth(today)), day(today)] },
        { label: t('list.spans.lastMonth'), value: [day(lastMonth), day(endOfMonth(lastMonth))] },
        { label: t('list.spans.thisYear'), value: [day(`${today.slice(0, 4)}-01-01`), day(today)] },
      ]}
      maxDate={day(addDays(today, 366))}
      onChange={(days) => onChange(days?.[0] && days[1] ? [days[0].format('YYYY-MM-DD'), days[1].format('YYYY-MM-DD')] : null)}
    />
  );
}

function useColumns(type: string): TableColumn<GapRow>[] {
  const { t } = useTranslation();
  const session = useSession();
  const looks = { missing: 'waiting', void: 'void', deleted: 'draft', red: 'done', skipped: 'draft' } as const;
  const typeOf = (row: GapRow): string => (row.kind === 'red' ? 'redInvoice' : type === issued ? 'salesInvoice' : type);
  return [
    {
      key: 'number',
      title: session.fieldLabel(
        type === issued ? 'salesInvoice' : type,
        type === issued ? 'invoiceNumber' : (session.definitionOf(type)?.numbering?.field ?? 'number'),
      ),
      widthPx: 220,
      render: (row) =>
        row.kind === 'void' || row.kind === 'red' ? <Link to={`/record/${typeOf(row)}/${row.id}`}>{row.number}</Link> : row.number,
    },
    {
      key: 'kind',
      title: t('settings.gapKind'),
      widthPx: 300,
      render: (row) => (
        <>
          <span className={`tp-state tp-state-${looks[row.kind]}`}>{t(`settings.gapKinds.${row.kind}`)}</span>
          {row.kind === 'skipped' ? <span className="tp-faint"> {row.reason ?? t('settings.skippedByRestore')}</span> : null}
        </>
      ),
    },
    { key: 'period', title: t('settings.gapSeries'), widthPx: 200, render: (row) => periodText(session, row.period) },
    { key: 'last', title: t('settings.gapLast'), widthPx: 110, grows: true, render: (row) => row.last },
  ];
}

/** A book of invoices begins with its kind. */
function periodText(session: Session, period: string): string {
  const [kind = '', rest] = period.split('|');
  return rest === undefined ? period : `${session.choiceLabel('salesInvoice', 'invoiceKind', kind)} ${rest}`;
}
