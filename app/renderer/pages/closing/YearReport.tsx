import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Modal, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { YearAnswer } from '../../../../shared/contracts/closing.ts';
import { useCurrencies } from '../../api/currencies.ts';
import { api } from '../../api/http.ts';
import { keys } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { formatMoney } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { useDownload } from '../../ui/useDownload.ts';

interface YearReportProps {
  year: string;
  onCloseYear: () => Promise<void>;
  onHide: () => void;
}

/** What a year hands to the next: the totals here, everything in the workbook; a year that is still open is closed from here. */
export function YearReport({ year, onCloseYear, onHide }: YearReportProps) {
  const { t } = useTranslation();
  const session = useSession();
  const [isClosing, setClosing] = useState(false);
  const report = useQuery({
    queryKey: [...keys.money, 'year', year],
    queryFn: ({ signal }) => api.get<YearAnswer>(`/api/years/${year}`, { signal }),
  });
  const fetchFile = useDownload();
  const save = () => fetchFile(`/api/years/${year}/workbook?language=${session.language}`, `${year}.xlsx`);
  const close = async () => {
    setClosing(true);
    await onCloseYear();
    setClosing(false);
  };
  const isOpen = report.data?.isClosed === false;
  return (
    <Modal
      open
      width={640}
      title={`${t('books.yearReport')} ${year}`}
      okText={isOpen ? t('books.yearClose', { year }) : t('general.close')}
      cancelText={t('general.cancel')}
      confirmLoading={isClosing}
      okButtonProps={{ disabled: !report.data }}
      cancelButtonProps={isOpen ? {} : { style: { display: 'none' } }}
      onOk={() => (isOpen ? void close() : onHide())}
      onCancel={onHide}
    >
      {report.error ? <ProblemAlert problem={report.error} onRetry={() => void report.refetch()} /> : null}
      {report.isPending ? <Skeleton active /> : null}
      {report.data ? (
        <Flex vertical gap={12} align="flex-start" className="tp-year-report">
          {isOpen ? <p className="tp-faint">{t('books.yearCloseText')}</p> : <Agreement report={report.data} />}
          <Totals report={report.data} />
          <Button icon={<DownloadOutlined />} onClick={() => void save()}>
            {t('settings.gapExport')}
          </Button>
        </Flex>
      ) : null}
    </Modal>
  );
}

function Agreement({ report }: { report: YearAnswer }) {
  const { t } = useTranslation();
  return report.agrees ? (
    <Alert type="success" showIcon title={t('books.yearAgrees')} />
  ) : (
    <Alert type="error" showIcon title={t('books.yearDiffers')} />
  );
}

/** Sums by kind and currency; the goods in one line. */
function Totals({ report: { figures } }: { report: YearAnswer }) {
  const { t } = useTranslation();
  const session = useSession();
  const currencies = useCurrencies();
  const value = figures.stock.reduce((sum, row) => sum + row.value, 0);
  const base = currencies.of(null);
  const rows = [
    ...sumsOf('receivable', figures.receivable),
    ...sumsOf('payable', figures.payable),
    ...sumsOf('cash', figures.cash),
    ...sumsOf(
      'advance',
      figures.advance.map(({ amount }) => ({ currency: base.id, amount })),
    ),
  ];
  return (
    <>
      <p>{t('books.yearGoods', { count: figures.stock.length, value: formatMoney(value, session.digits) })}</p>
      <table className="tp-plain">
        <tbody>
          {rows.map(({ kind, currency, amount }) => (
            <tr key={`${kind}:${currency}`}>
              <td>{t(`books.yearKinds.${kind}`)}</td>
              <td>{currencies.of(currency).code}</td>
              <td style={{ textAlign: 'end' }}>{formatMoney(amount, currencies.of(currency).digits)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

type Kind = 'receivable' | 'payable' | 'cash' | 'advance';

function sumsOf(kind: Kind, all: readonly { currency: number; amount: number }[]) {
  const sums = new Map<number, number>();
  for (const { currency, amount } of all) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums].map(([currency, amount]) => ({ kind, currency, amount }));
}
