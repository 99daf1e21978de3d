import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ApprovalAnswer, ApprovalLine } from '../../../../shared/contracts/trade.ts';
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
  const hasMargin = data.lines.some(({ marginRate }) => typeof marginRate === 'number');
  return (
    <section className="tp-panel tp-fact">
      <h3>{t('documents.panel.approval')}</h3>
      <table>
        <thead>
          <tr>
            <th>{t('documents.panel.line')}</th>
            <th className="is-number">{t('documents.panel.agreed')}</th>
            <th className="is-number">{t('documents.panel.discount')}</th>
            {hasMargin ? <th className="is-number">{t('documents.panel.margin')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {data.lines.map((line, index) => (
            <Line key={line.id} line={line} at={index + 1} hasMargin={hasMargin} />
          ))}
          {hasMargin ? (
            <tr>
              <th colSpan={3}>{t('general.total')}</th>
              <td className="is-number">{rateText(data.totals.marginRate)}</td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </section>
  );
}

function Line({ line, at, hasMargin }: { line: ApprovalLine; at: number; hasMargin: boolean }) {
  const { t } = useTranslation();
  const known = [
    ...(typeof line.listPrice === 'number' ? [`${t('documents.panel.listShort')} ${formatPrice(line.listPrice)}`] : []),
    ...(typeof line.floorPrice === 'number' ? [`${t('documents.panel.floorPrice')} ${formatPrice(line.floorPrice)}`] : []),
  ];
  return (
    <>
      <tr
        className={line.below ? 'tp-negative tp-fact-first' : 'tp-fact-first'}
        title={line.below ? t('documents.panel.below') : undefined}
      >
        <td>
          {at} {line.name}
          {line.below ? ' ⚠' : ''}
        </td>
        <td className="is-number">{formatPrice(line.agreedPrice)}</td>
        <td className="is-number">{rateText(line.discount)}</td>
        {hasMargin ? <td className="is-number">{rateText(line.marginRate)}</td> : null}
      </tr>
      {known.length === 0 ? null : (
        <tr>
          <td className="tp-faint" colSpan={4}>
            {known.join(' · ')}
          </td>
        </tr>
      )}
    </>
  );
}

const rateText = (rate: number | null | undefined): string => (typeof rate === 'number' ? formatRate(roundedRate(rate)) : '—');

/** To a tenth of a percent: nobody decides by more. */
const roundedRate = (rate: number): number => Math.round(rate / 1000) * 1000;
