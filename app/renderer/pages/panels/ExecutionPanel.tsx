import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ExecutionAnswer, ExecutionDocument } from '../../../../shared/contracts/trade.ts';
import { api } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';
import type { RecordForm } from '../../documents/form/useRecordForm.ts';
import { formatDay, formatMoney, formatQuantity } from '../../ui/format.ts';
import { Shipments } from '../selling/Shipments.tsx';

/** How far an order has come; null while nothing is saved. */
export function useExecution({ answer }: RecordForm) {
  return useQuery({
    queryKey: ['record', answer?.type, answer?.id, 'execution', answer?.version],
    queryFn: ({ signal }) => api.get<ExecutionAnswer>(`/api/orders/${answer?.id}/execution`, { signal }),
    enabled: answer !== null,
    retry: false,
  });
}

/** What an order came from, what was delivered and paid, and what is still open. */
export function ExecutionPanel({ form }: PanelProps) {
  const { t } = useTranslation();
  const { data } = useExecution(form);
  if (!data || data.state === 'draft') return null;
  const { summary } = data;
  const money = (amount: number) => formatMoney(amount, form.digits);
  const sums = [
    ['ordered', summary.total],
    ['shipped', summary.shippedAmount],
    ['received', summary.received],
    ['balance', summary.openAmount],
  ] as const;
  return (
    <section className="tp-panel tp-fact">
      <h3>{t('documents.panel.execution')}</h3>
      <dl>
        {sums.map(([name, amount]) =>
          amount === undefined ? null : (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{t(`documents.panel.${name}`)}</dt>
              <dd className="tp-number">{money(amount)}</dd>
            </div>
          ),
        )}
      </dl>
      <Documents documents={data.quotations} show={() => ''} />
      <Documents documents={data.notices} show={formatQuantity} />
      <Documents documents={data.stockOuts} show={formatQuantity} />
      <Shipments shipments={data.shipments} />
      <Documents documents={data.returns} show={money} />
      <Documents documents={data.invoices} show={money} />
      <Documents documents={data.receipts} show={money} />
      <Documents documents={data.refunds} show={money} />
    </section>
  );
}

function Documents({ documents, show }: { documents: readonly ExecutionDocument[]; show: (amount: number) => string }) {
  const session = useSession();
  if (documents.length === 0) return null;
  return (
    <table>
      <tbody>
        {documents.map((document) => (
          <tr key={`${document.type}:${document.id}`}>
            <td>
              <Link to={`/record/${document.type}/${document.id}`}>{document.number}</Link>
              <div className="tp-faint">
                {formatDay(document.day, session.language)} {session.stateLabel(document.type, document.state)} {document.reference ?? ''}
              </div>
            </td>
            <td className="is-number">{document.amount === undefined ? '' : show(document.amount)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
