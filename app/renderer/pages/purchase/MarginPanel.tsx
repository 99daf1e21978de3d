import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MarginAnswer } from '../../../../shared/contracts/purchase.ts';
import { api } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { formatMoney, formatRate } from '../../ui/format.ts';

/** What a sales order brings over what was bought for it; nothing while nothing was. */
export function MarginPanel({ form }: PanelProps) {
  const { t } = useTranslation();
  const session = useSession();
  const { answer } = form;
  const { data } = useQuery({
    queryKey: ['record', answer?.type, answer?.id, 'margin', answer?.version],
    queryFn: ({ signal }) => api.get<MarginAnswer>(`/api/purchase/margin/${answer?.id}`, { signal }),
    enabled: answer !== null,
    retry: false,
  });
  const lines = data?.lines.filter((line) => line.purchased > 0) ?? [];
  if (!data || lines.length === 0) return null;
  const money = (amount: number) => formatMoney(amount, session.digits);
  const rows = [...lines, { id: 0, name: t('general.total'), ...data.totals }];
  return (
    <section className="tp-panel tp-fact">
      <h3>
        {t('purchase.margin')} {data.totals.marginRate === null ? '' : formatRate(Math.round(data.totals.marginRate / 1000) * 1000)}
      </h3>
      <table>
        <thead>
          <tr>
            <th>{t('purchase.goods')}</th>
            <th className="is-number">{t('purchase.soldNet')}</th>
            <th className="is-number">{t('purchase.boughtNet')}</th>
            <th className="is-number">{t('purchase.margin')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>{row.name}</td>
              <td className="is-number">{money(row.sold)}</td>
              <td className="is-number">{money(row.bought)}</td>
              <td className={row.margin < 0 ? 'is-number tp-negative' : 'is-number'}>{money(row.margin)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
