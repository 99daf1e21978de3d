import { DownloadOutlined, SettingOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Flex, Select } from 'antd';
import dayjs from 'dayjs';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Voucher,
  type VoucherEntry,
  type VoucherSpan,
  type VouchersAnswer,
  voucherSpans,
} from '../../../../shared/contracts/vouchers.ts';
import { type VoucherLayout, voucherLayouts } from '../../../../shared/exchange/voucherLayouts.ts';
import { addMonths, endOfMonth, startOfMonth } from '../../../../shared/kernel/days.ts';
import { api } from '../../api/http.ts';
import { keys } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatDay, formatMoney } from '../../ui/format.ts';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { DataTable, type TableColumn } from '../../ui/table/DataTable.tsx';
import { useDownload } from '../../ui/useDownload.ts';
import { AccountRules } from './AccountRules.tsx';

/** Vouchers made from the books, and the file that an accounting program reads. */
export function VouchersPage() {
  const { t } = useTranslation();
  const session = useSession();
  const last = addMonths(startOfMonth(session.settings.today), -1);
  const [[from, to], setDays] = useState<[string, string]>([last, endOfMonth(last)]);
  const [span, setSpan] = useState<VoucherSpan>('document');
  const [layout, setLayout] = useState<VoucherLayout>('generic');
  const [isMapping, setMapping] = useState(false);
  const parameters = new URLSearchParams({ from, to, span });
  const answer = useQuery({
    queryKey: [...keys.money, 'vouchers', parameters.toString()],
    queryFn: ({ signal }) => api.get<VouchersAnswer>(`/api/vouchers?${parameters}`, { signal }),
  });
  const rows = useMemo(() => rowsOf(answer.data?.vouchers ?? []), [answer.data]);
  const fetchFile = useDownload();
  const take = () =>
    fetchFile(`/api/vouchers/workbook?${parameters}&layout=${layout}&language=${session.language}`, `${t('books.vouchers')}.xlsx`);
  return (
    <PageFrame
      fill
      title={t('books.vouchers')}
      problem={answer.error}
      onRetry={() => void answer.refetch()}
      actions={
        <Button icon={<SettingOutlined />} onClick={() => setMapping(true)}>
          {t('books.accountRules')}
        </Button>
      }
    >
      <p className="tp-faint">{t('books.vouchersHelp')}</p>
      <Flex gap={8} align="center" wrap="wrap">
        <DatePicker.RangePicker
          aria-label={t('money.period')}
          allowClear={false}
          style={{ width: 260 }}
          value={[dayjs(from), dayjs(to)]}
          onChange={(days) => days?.[0] && days[1] && setDays([days[0].format('YYYY-MM-DD'), days[1].format('YYYY-MM-DD')])}
        />
        <Select
          aria-label={t('books.span')}
          style={{ width: 150 }}
          value={span}
          onChange={setSpan}
          options={voucherSpans.map((one) => ({ value: one, label: t(`books.spans.${one}`) }))}
        />
        <Select
          aria-label={t('books.layout')}
          style={{ width: 110 }}
          value={layout}
          onChange={setLayout}
          options={voucherLayouts.map((one) => ({ value: one, label: t(`books.layouts.${one}`) }))}
        />
        <Button type="primary" icon={<DownloadOutlined />} disabled={rows.length === 0} onClick={() => void take()}>
          {t('books.exportVouchers')}
        </Button>
      </Flex>
      <DataTable
        label={t('books.vouchers')}
        columns={useColumns(answer.data)}
        rows={rows}
        idOf={(row) => row.at}
        isLoading={answer.isPending}
        hasFoot
        empty={<EmptyState title={t('books.noVouchers')} text={t('books.noVouchersHelp')} />}
      />
      {isMapping ? <AccountRules onClose={() => setMapping(false)} /> : null}
    </PageFrame>
  );
}

interface Row {
  readonly at: number;
  readonly voucher: Voucher;
  readonly entry: VoucherEntry;
  readonly isFirst: boolean;
}

const rowsOf = (vouchers: readonly Voucher[]): Row[] =>
  vouchers
    .flatMap((voucher) => voucher.entries.map((entry, index) => ({ voucher, entry, isFirst: index === 0 })))
    .map((row, at) => ({ ...row, at }));

function useColumns(answer: VouchersAnswer | undefined): TableColumn<Row>[] {
  const { t } = useTranslation();
  const session = useSession();
  const money = (amount: number) => (amount === 0 ? null : <span className="tp-number">{formatMoney(amount, session.digits)}</span>);
  const first = (row: Row, text: string | number) => (row.isFirst ? text : null);
  return [
    {
      key: 'day',
      title: t('books.voucherCells.day'),
      widthPx: 104,
      foot: t('general.total'),
      render: (row) => first(row, formatDay(row.voucher.day, session.language)),
    },
    {
      key: 'number',
      title: t('books.voucherCells.number'),
      widthPx: 70,
      align: 'end',
      render: (row) => first(row, row.voucher.number),
    },
    {
      key: 'summary',
      title: t('books.voucherCells.summary'),
      widthPx: 230,
      grows: true,
      render: (row) => first(row, `${session.typeLabel(row.voucher.type)} ${row.voucher.title ?? `×${row.voucher.documents}`}`),
    },
    { key: 'code', title: t('books.voucherCells.code'), widthPx: 100, render: (row) => row.entry.code },
    { key: 'name', title: t('books.voucherCells.name'), widthPx: 170, render: (row) => row.entry.name },
    { key: 'auxiliary', title: t('books.voucherCells.auxiliary'), widthPx: 190, grows: true, render: (row) => row.entry.auxiliary },
    {
      key: 'debit',
      title: t('books.voucherCells.debit'),
      widthPx: 120,
      align: 'end',
      foot: money(answer?.debit ?? 0),
      render: (row) => money(row.entry.debit),
    },
    {
      key: 'credit',
      title: t('books.voucherCells.credit'),
      widthPx: 120,
      align: 'end',
      foot: money(answer?.credit ?? 0),
      render: (row) => money(row.entry.credit),
    },
  ];
}
