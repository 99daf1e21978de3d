import { FilePdfOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Drawer, Flex } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BookAnswer } from '../../../../shared/contracts/trade.ts';
import { addMonths, startOfMonth } from '../../../../shared/kernel/days.ts';
import { api } from '../../api/http.ts';
import { keys } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { download } from '../../ui/download.ts';
import { useNotices } from '../../ui/notices.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { BookTable } from './BookTable.tsx';

interface StatementDrawerProps {
  customer: number;
  name: string;
  currency: number;
  onClose: () => void;
}

/** What a customer was charged and paid, with the balance running along; as paper too. */
export function StatementDrawer({ customer, name, currency, onClose }: StatementDrawerProps) {
  const { t } = useTranslation();
  const { settings } = useSession();
  const notices = useNotices();
  const [[from, to], setPeriod] = useState<[string, string]>([startOfMonth(addMonths(settings.today, -2)), settings.today]);
  const parameters = `from=${from}&to=${to}&currency=${currency}`;
  const book = useQuery({
    queryKey: [...keys.money, 'statement', customer, parameters],
    queryFn: ({ signal }) => api.get<BookAnswer>(`/api/customers/${customer}/statement?${parameters}&limit=500`, { signal }),
  });
  const print = async () => {
    try {
      const file = await api.file(`/api/customers/${customer}/statement.pdf?${parameters}`);
      download(file.blob, file.name ?? `${t('money.statement')} ${name} ${to}.pdf`);
    } catch (thrown) {
      notices.failed(thrown);
    }
  };
  return (
    <Drawer open size={860} title={`${t('money.statement')} · ${name}`} onClose={onClose} className="tp-stock-drawer">
      <Flex gap={8} align="center" style={{ marginBottom: 10 }}>
        <DatePicker.RangePicker
          aria-label={t('money.period')}
          allowClear={false}
          value={[dayjs(from), dayjs(to)]}
          onChange={(days) => days?.[0] && days[1] && setPeriod([days[0].format('YYYY-MM-DD'), days[1].format('YYYY-MM-DD')])}
        />
        <Button icon={<FilePdfOutlined />} onClick={() => void print()}>
          {t('money.statementPdf')}
        </Button>
      </Flex>
      {book.error ? <ProblemAlert problem={book.error} /> : null}
      <BookTable
        label={t('money.statement')}
        book={book.data}
        isLoading={book.isPending}
        debit={t('money.debit')}
        credit={t('money.credit')}
      />
    </Drawer>
  );
}
