import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { baseQuantityOf } from '../../../../shared/documents/commercial.ts';
import { useRecord } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { nameOf } from '../../documents/form/defaults.ts';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { formatInUnits, formatQuantity } from '../../ui/format.ts';
import { useStockOf } from '../tradeAnswers.ts';
import { activeLine, idOrNull } from './facts.ts';

/** What lies in each warehouse of the item on the marked line; the line's own warehouse stands out, and what it lacks. */
export function StockPanel(props: PanelProps) {
  const { t } = useTranslation();
  const session = useSession();
  const line = activeLine(props);
  const item = idOrNull(line?.item);
  const { data: rows = [] } = useStockOf(item);
  const names = useQueries({
    queries: rows.map((row) => ({
      queryKey: ['name', 'warehouse', row.warehouse],
      queryFn: async () => (await nameOf(session, 'warehouse', row.warehouse ?? 0))?.title ?? '',
      staleTime: 300_000,
    })),
  });
  const { data: goods } = useRecord('item', item);
  const units = (goods?.parts.units ?? []).map(({ unit, ratio }) => ({ unit: String(unit), ratio: Number(ratio) }));
  // Who counts in boxes reads boxes; the unit stands there only where there is more than one.
  const show = (quantity: number) =>
    units.length > 0 ? formatInUnits(quantity, String(goods?.values.unit ?? ''), units) : formatQuantity(quantity);
  const wanted = line ? baseQuantityOf(line) : 0;
  const hasOnOrder = rows.some((row) => row.onOrder !== 0);
  return (
    <section className="tp-panel tp-fact">
      <h3>
        {t('documents.panel.stock')} {line?.name ? `· ${line.name}` : ''}
      </h3>
      {item === null ? <span className="tp-faint">{t('documents.panel.chooseLine')}</span> : null}
      {item !== null && rows.length === 0 ? <span className="tp-faint">{t('documents.panel.noStock')}</span> : null}
      {rows.length > 0 ? (
        <table className="tp-stock-here">
          <thead>
            <tr>
              <th aria-label={t('documents.panel.warehouse')} />
              <th className="is-number">{t('documents.panel.onHand')}</th>
              <th className="is-number">{t('documents.panel.promised')}</th>
              <th className="is-number">{t('documents.panel.available')}</th>
              {hasOnOrder ? <th className="is-number">{t('purchase.onOrder')}</th> : null}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => {
              const isChosen = row.warehouse === (line?.warehouse ?? props.form.state.now.values.warehouse);
              const isShort = isChosen && wanted > row.onHand;
              return (
                <tr key={row.warehouse ?? 0} style={isChosen ? { fontWeight: 600 } : undefined}>
                  <td>{row.warehouse === null ? t('documents.panel.noWarehouse') : (names[index]?.data ?? '')}</td>
                  <td className={isShort ? 'is-number tp-negative' : 'is-number'}>{show(row.onHand)}</td>
                  <td className="is-number">{show(row.promised)}</td>
                  <td className={row.available < 0 ? 'is-number tp-negative' : 'is-number'}>{show(row.available)}</td>
                  {hasOnOrder ? <td className="is-number">{row.onOrder === 0 ? '' : show(row.onOrder)}</td> : null}
                </tr>
              );
            })}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}
