import { DownloadOutlined, LockOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Flex, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { BookAnswer } from '../../../../shared/contracts/trade.ts';
import { startOfMonth } from '../../../../shared/kernel/days.ts';
import { useCurrencies } from '../../api/currencies.ts';
import { api, newKey } from '../../api/http.ts';
import { keys, queryClient } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { PrintButton } from '../../documents/print/FilePreview.tsx';
import { formatDay, formatMoney } from '../../ui/format.ts';
import { useNotices } from '../../ui/notices.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { useDownload } from '../../ui/useDownload.ts';
import { BookTable } from './BookTable.tsx';

type AccountBookAnswer = BookAnswer & { closedThrough: string | null };

/** The cash or bank book of an account: filtered, taken out as a workbook, ticked against the bank's statement, closed day by day. */
export function AccountBook({ account }: { account: number }) {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const navigate = useNavigate();
  const { today } = session.settings;
  const [[from, to], setPeriod] = useState<[string, string]>([startOfMonth(today), today]);
  const [type, setType] = useState<string>('');
  const key = [...keys.money, 'book', account, from, to];
  const book = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<AccountBookAnswer>(`/api/accounts/${account}/book?from=${from}&to=${to}&limit=500`, { signal }),
  });
  const mayKeep = session.hasRight('cash.pay');
  const tick = async (entries: number[], isReconciled: boolean) => {
    try {
      await api.post(`/api/accounts/${account}/reconcile`, { entries, isReconciled }, { idempotencyKey: newKey() });
      await queryClient.invalidateQueries({ queryKey: key });
    } catch (thrown) {
      notices.failed(thrown);
    }
  };
  const fetchFile = useDownload();
  const take = () =>
    fetchFile(
      `/api/accounts/${account}/book/workbook?from=${from}&to=${to}&language=${session.language}`,
      `${t('money.accountBook')}.xlsx`,
    );
  return (
    <>
      <Flex gap={8} align="center" wrap="wrap">
        <DatePicker.RangePicker
          aria-label={t('money.period')}
          allowClear={false}
          style={{ width: 260 }}
          value={[dayjs(from), dayjs(to)]}
          onChange={(days) => days?.[0] && days[1] && setPeriod([days[0].format('YYYY-MM-DD'), days[1].format('YYYY-MM-DD')])}
        />
        <TypeChoice book={book.data} type={type} onChange={setType} />
        {mayKeep ? (
          <>
            <Button icon={<DownloadOutlined />} onClick={() => void take()}>
              {t('books.bookExcel')}
            </Button>
            <PrintButton
              title={t('money.accountBook')}
              path={`/api/accounts/${account}/book/paper?from=${from}&to=${to}&language=${session.language}`}
            />
          </>
        ) : null}
        {session.may('accountDay', 'create') ? (
          <Button icon={<LockOutlined />} onClick={() => void navigate(`/record/accountDay/new?with=account:${account}`)}>
            {t('books.closeDay')}
          </Button>
        ) : null}
        <Ticked book={book.data} isKept={mayKeep} />
      </Flex>
      {book.error ? <ProblemAlert problem={book.error} /> : null}
      <BookTable
        label={t('money.accountBook')}
        book={book.data}
        isLoading={book.isPending}
        debit={t('money.income')}
        credit={t('money.expense')}
        only={type === '' ? undefined : type}
        onTick={mayKeep ? (entries, isReconciled) => void tick(entries, isReconciled) : undefined}
      />
    </>
  );
}

function TypeChoice({ book, type, onChange }: { book: BookAnswer | undefined; type: string; onChange: (type: string) => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const types = [...new Set((book?.rows ?? []).map((row) => row.type))];
  return (
    <Select
      aria-label={t('books.allTypes')}
      style={{ width: 160 }}
      value={type}
      onChange={onChange}
      options={[{ value: '', label: t('books.allTypes') }, ...types.map((one) => ({ value: one, label: session.typeLabel(one) }))]}
    />
  );
}

/** How much of what is shown stands on the bank's statement, and how far the days are closed. */
function Ticked({ book, isKept }: { book: AccountBookAnswer | undefined; isKept: boolean }) {
  const { t } = useTranslation();
  const { language } = useSession();
  const { digits } = useCurrencies().of(book?.currency);
  if (!book) return null;
  const sum = (isReconciled: boolean) =>
    book.rows.filter((row) => row.isReconciled === isReconciled).reduce((all, row) => all + row.debit - row.credit, 0);
  const sums = { ticked: formatMoney(sum(true), digits), open: formatMoney(sum(false), digits) };
  return (
    <span className="tp-faint">
      {isKept ? t('books.tickedSum', sums) : ''}{' '}
      {book.closedThrough === null ? '' : t('books.lockedThrough', { day: formatDay(book.closedThrough, language) })}
    </span>
  );
}
