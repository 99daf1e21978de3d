import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ExpensesAnswer } from '../../../../shared/contracts/closing.ts';
import { api } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { formatDay, formatMoney } from '../../ui/format.ts';

/** What was spent for a customer or an order, as far as the reader may see the claims. */
export function ExpensesPanel({ form }: PanelProps) {
  const { t } = useTranslation();
  const session = useSession();
  const { answer } = form;
  const { data } = useQuery({
    queryKey: ['record', answer?.type, answer?.id, 'expenses'],
    queryFn: ({ signal }) => api.get<ExpensesAnswer>(`/api/expenses/${answer?.type}/${answer?.id}`, { signal }),
    enabled: answer !== null && session.may('expenseClaim', 'read'),
  });
  if (!data || data.rows.length === 0) return null;
  return (
    <section className="tp-panel tp-fact">
      <h3>
        {t('books.expensesOf')} {formatMoney(data.total, session.digits)}
      </h3>
      <table>
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.id}>
              <td>
                <Link to={`/record/expenseClaim/${row.id}`}>{row.number}</Link>
                <div className="tp-faint">
                  {formatDay(row.day, session.language)} {session.stateLabel('expenseClaim', row.state)}
                </div>
              </td>
              <td className="is-number">{formatMoney(row.amount, session.digits)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
