import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ApprovalAnswer } from '../../../../shared/contracts/trade.ts';
import { api } from '../../api/http.ts';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { formatPrice, formatRate } from '../../ui/format.ts';

/** What an approver looks at: list price, floor, what was agreed, and, for those who may see it, the margin. */
export function ApprovalPanel({ form }: PanelProps) {
  const { t } = useTranslation();
  const { answer, definition } = form;
  const isWaiting = answer !== null && (answer.steps ?? []).includes('approve');
  const { data } = useQuery({
    queryKey: ['record', answer?.type, answer?.id, 'approval', answer?.version],
    queryFn: ({ signal }) => api.get<ApprovalAnswer>(`/api/approval/${definition.type}/${answer?.id}`, { signal }),
    enabled: isWaiting,
    retry: false,
  });
  if (!isWaiting || !data || data.lines.length === 0) return null;
  const has = (name: 'floorPrice' | 'marginRate') => data.lines.some((line) => line[name] !== undefined && line[name] !== null);
  return (
    <section className="tp-panel tp-fact">
      <h3>{t('documents.panel.approval')}</h3>
      <table>
        <thead>
          <tr>
            <th>{t('documents.panel.line')}</th>
            <th className="is-number">{t('documents.panel.listPrice')}</th>
            {has('floorPrice') ? <th className="is-number">{t('documents.panel.floorPrice')}</th> : null}
            <th className="is-number">{t('documents.panel.agreed')}</th>
            <th className="is-number">{t('documents.panel.discount')}</th>
            {has('marginRate') ? <th className="is-number">{t('documents.panel.margin')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {data.lines.map((line, index) => (
            <tr key={line.id} className={line.below ? 'tp-negative' : undefined} title={line.below ? t('documents.panel.below') : undefined}>
              <td>
                {index + 1}
                {line.below ? ' ⚠' : ''}
              </td>
              <td className="is-number">{typeof line.listPrice === 'number' ? formatPrice(line.listPrice) : '—'}</td>
              {has('floorPrice') ? <td className="is-number">{line.floorPrice ? formatPrice(line.floorPrice) : '—'}</td> : null}
              <td className="is-number">{formatPrice(line.agreedPrice)}</td>
              <td className="is-number">{typeof line.discount === 'number' ? formatRate(roundedRate(line.discount)) : '—'}</td>
              {has('marginRate') ? <td className="is-number">{typeof line.marginRate === 'number' ? formatRate(roundedRate(line.marginRate)) : '—'}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** To a tenth of a percent: nobody decides by more. */
const roundedRate = (rate: number): number => Math.round(rate / 1000) * 1000;
