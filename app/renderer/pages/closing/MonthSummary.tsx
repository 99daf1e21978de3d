import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MonthSummaryAnswer } from '../../../../shared/contracts/closing.ts';
import type { UiWords } from '../../../../shared/language/ui/index.ts';
import { useCurrencies } from '../../api/currencies.ts';
import { api } from '../../api/http.ts';
import { keys } from '../../api/queries.ts';
import { formatMoney } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

/** What came into the accounts in a month and what it was for. */
export function MonthSummary({ month }: { month: string }) {
  const { t } = useTranslation();
  const currencies = useCurrencies();
  const summary = useQuery({
    queryKey: [...keys.money, 'month', month],
    queryFn: ({ signal }) => api.get<MonthSummaryAnswer>(`/api/closing/summary?month=${month}`, { signal }),
  });
  if (summary.error) return <ProblemAlert problem={summary.error} onRetry={() => void summary.refetch()} />;
  const { accounts = [], kinds = [] } = summary.data ?? {};
  const money = (amount: number, currency: number) => (
    <td className={amount < 0 ? 'is-number tp-negative' : 'is-number'}>{formatMoney(amount, currencies.of(currency).digits)}</td>
  );
  const kindWords = t('books.flowKinds', { returnObjects: true }) as UiWords['books']['flowKinds'];
  return (
    <section className="tp-panel">
      <h3>{t('books.summary')}</h3>
      <div className="tp-summary">
        <table className="tp-plain">
          <thead>
            <tr>
              <th>{t('books.account')}</th>
              <th className="is-number">{t('books.openingBalance')}</th>
              <th className="is-number">{t('books.income')}</th>
              <th className="is-number">{t('books.expense')}</th>
              <th className="is-number">{t('books.closingBalance')}</th>
            </tr>
          </thead>
          <tbody>
            {accounts.map((row) => (
              <tr key={row.account}>
                <td>{row.name}</td>
                {money(row.opening, row.currency)}
                {money(row.income, row.currency)}
                {money(row.expense, row.currency)}
                {money(row.closing, row.currency)}
              </tr>
            ))}
          </tbody>
        </table>
        <table className="tp-plain">
          <tbody>
            {kinds.map((row) => (
              <tr key={`${row.kind}:${row.currency}`}>
                <td>{kindWords[row.kind as keyof typeof kindWords] ?? row.kind}</td>
                {money(row.amount, row.currency)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
