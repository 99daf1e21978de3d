import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { formatDay, formatMoney, formatQuantity } from '../../ui/format.ts';
import { usePurchaseExecution } from './PurchaseTrack.tsx';

/** What an order or contract came from, what came in and was paid, and what is still open. */
export function PurchaseExecutionPanel({ form }: PanelProps) {
  const { t } = useTranslation();
  const session = useSession();
  const { data } = usePurchaseExecution(form);
  if (!data || data.state === 'draft') return null;
  const money = (amount: number) => formatMoney(amount, form.digits);
  const sums = (['total', 'receivedAmount', 'paid', 'openAmount'] as const).filter(
    (name) => data[name] !== undefined && (name === 'total' || name === 'receivedAmount' || data.track.some(({ step }) => step === 'paid')),
  );
  const amountOf = ({ holds, amount }: (typeof data.documents)[number]): string => {
    if (amount === undefined) return '';
    return holds === 'goods' ? formatQuantity(amount) : money(amount);
  };
  return (
    <section className="tp-panel tp-fact">
      <h3>{t('documents.panel.execution')}</h3>
      <dl>
        {sums.map((name) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{t(`purchase.sums.${name}`)}</dt>
            <dd className="tp-number">{money(data[name] ?? 0)}</dd>
          </div>
        ))}
      </dl>
      {data.documents.length === 0 ? null : (
        <table>
          <tbody>
            {data.documents.map((document) => (
              <tr key={`${document.type}:${document.id}`}>
                <td>
                  <Link to={`/record/${document.type}/${document.id}`}>{document.number}</Link>
                  <div className="tp-faint">
                    {session.typeLabel(document.type)} {formatDay(document.day, session.language)}{' '}
                    {session.stateLabel(document.type, document.state)}
                  </div>
                </td>
                <td className="is-number">{amountOf(document)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
