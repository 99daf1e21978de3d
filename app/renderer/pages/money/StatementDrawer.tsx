import { FileExcelOutlined, FilePdfOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, DatePicker, Drawer, Flex } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StatementAnswer } from '../../../../shared/contracts/trade.ts';
import { addMonths, startOfMonth } from '../../../../shared/kernel/days.ts';
import { useCurrencies } from '../../api/currencies.ts';
import { api } from '../../api/http.ts';
import { keys } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { formatMoney } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { useDownload } from '../../ui/useDownload.ts';
import { BookTable } from './BookTable.tsx';
import type { SideName } from './side.ts';

interface StatementDrawerProps {
  side: SideName;
  party: number;
  name: string;
  currency: number;
  onClose: () => void;
}

/** What a customer was charged and paid (or we by a supplier), with the balance running along; as paper and workbook too. */
export function StatementDrawer({ side, party, name, currency, onClose }: StatementDrawerProps) {
  const { t } = useTranslation();
  const session = useSession();
  const { settings } = session;
  const [[from, to], setPeriod] = useState<[string, string]>([startOfMonth(addMonths(settings.today, -2)), settings.today]);
  const [hasGoods, setGoods] = useState(false);
  const parameters = `from=${from}&to=${to}&currency=${currency}${hasGoods ? '&goods=true' : ''}`;
  const door = `/api/${side}s/${party}/statement`;
  const book = useQuery({
    queryKey: [...keys.money, 'statement', side, party, parameters],
    queryFn: ({ signal }) => api.get<StatementAnswer>(`${door}?${parameters}&limit=500`, { signal }),
  });
  const takeFile = useDownload();
  const fetchFile = (path: string, ending: string) => takeFile(path, `${t('money.statement')} ${name} ${to}.${ending}`);
  return (
    <Drawer open size={1120} title={`${t('money.statement')} · ${name}`} onClose={onClose} className="tp-stock-drawer">
      <Flex gap={8} align="center" style={{ marginBottom: 10 }}>
        <DatePicker.RangePicker
          aria-label={t('money.period')}
          allowClear={false}
          value={[dayjs(from), dayjs(to)]}
          onChange={(days) => days?.[0] && days[1] && setPeriod([days[0].format('YYYY-MM-DD'), days[1].format('YYYY-MM-DD')])}
        />
        <Checkbox checked={hasGoods} onChange={(event) => setGoods(event.target.checked)}>
          {t('finance.statement.goods')}
        </Checkbox>
        <Button icon={<FilePdfOutlined />} onClick={() => void fetchFile(`${door}.pdf?${parameters}`, 'pdf')}>
          {t('money.statementPdf')}
        </Button>
        {session.may(side, 'export') ? (
          <Button
            icon={<FileExcelOutlined />}
            onClick={() => void fetchFile(`/api/statement/${side}/${party}/workbook?${parameters}&language=${session.language}`, 'xlsx')}
          >
            Excel
          </Button>
        ) : null}
      </Flex>
      {book.error ? <ProblemAlert problem={book.error} /> : null}
      <BookTable
        label={t('money.statement')}
        book={book.data}
        isLoading={book.isPending}
        debit={t(side === 'customer' ? 'money.debit' : 'finance.statement.owed')}
        credit={t(side === 'customer' ? 'money.credit' : 'finance.statement.paid')}
        invoices={{ amount: t(`finance.invoiced.${side}`), day: t(`finance.invoicedOn.${side}`) }}
      />
      {book.data ? <Kinds kinds={book.data.kinds} currency={currency} /> : null}
    </Drawer>
  );
}

const kindsShown = ['opening', 'sales', 'purchases', 'received', 'paid', 'discount', 'refunded', 'netted', 'transferred'] as const;

/** What the period came to by kind: sold, received, discounts, refunds, what was netted. */
function Kinds({ kinds, currency }: { kinds: Record<string, number>; currency: number }) {
  const { t } = useTranslation();
  const { digits } = useCurrencies().of(currency);
  return (
    <Flex gap={16} wrap="wrap" className="tp-settle-bar">
      {kindsShown
        .filter((kind) => kinds[kind] !== undefined)
        .map((kind) => (
          <span key={kind}>
            {t(`finance.statement.kinds.${kind}`)} <b className="tp-number">{formatMoney(Math.abs(kinds[kind] ?? 0), digits)}</b>
          </span>
        ))}
    </Flex>
  );
}
