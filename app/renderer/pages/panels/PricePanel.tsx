import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ItemPrices } from '../../../../shared/contracts/trade.ts';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { formatDay, formatPrice } from '../../ui/format.ts';
import { usePrice } from '../tradeAnswers.ts';
import { activeLine, idOrNull } from './facts.ts';

/** Where the price of the marked line may come from: list, level, what this customer last paid; one press takes it. */
export function PricePanel(props: PanelProps) {
  const { t } = useTranslation();
  const { form, part } = props;
  const line = activeLine(props);
  const item = idOrNull(line?.item);
  const { customer, currency } = form.state.now.values;
  const { data } = usePrice({ customer: idOrNull(customer), item, currency: idOrNull(currency) });
  const isEditable = part !== null && form.editability.part(part);
  const fields = part === null ? {} : (form.definition.parts[part]?.fields ?? {});
  if (!('grossPrice' in fields)) return null;
  const use = (grossPrice: number) => {
    if (line && part !== null)
      form.dispatch({ type: 'cells', part, changes: [{ row: line.id, values: { grossPrice, priceBasis: 'gross' } }] });
  };
  return (
    <section className="tp-panel tp-fact">
      <h3>
        {t('documents.panel.prices')} {line?.name ? `· ${line.name}` : ''}
      </h3>
      {item === null ? <span className="tp-faint">{t('documents.panel.chooseLine')}</span> : null}
      {item !== null && data === null ? <span className="tp-faint">{t('documents.panel.noPrices')}</span> : null}
      {item !== null && data ? <Sources known={data} current={line?.grossPrice ?? null} onUse={isEditable ? use : undefined} /> : null}
    </section>
  );
}

interface SourcesProps {
  known: ItemPrices;
  current: unknown;
  onUse?: (grossPrice: number) => void;
}

function Sources({ known, current, onUse }: SourcesProps) {
  const { t } = useTranslation();
  const session = useSession();
  const { last, level, list, floor } = known;
  const rows = [
    ...(last ? [{ key: 'last', label: t('documents.panel.lastPrice'), price: last.grossPrice }] : []),
    ...(level ? [{ key: 'level', label: level.name || t('documents.panel.levelPrice'), price: level.grossPrice }] : []),
    ...(list === undefined || list === null ? [] : [{ key: 'list', label: t('documents.panel.listPrice'), price: list }]),
  ];
  return (
    <table>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <td>
              {row.label}
              {row.key === 'last' && last ? (
                <div className="tp-faint">
                  {formatDay(last.day, session.language)}{' '}
                  {last.id === undefined ? null : <Link to={`/record/${last.type}/${last.id}`}>{last.number}</Link>}
                </div>
              ) : null}
            </td>
            <td className="is-number">{formatPrice(row.price)}</td>
            <td>
              {onUse && row.price !== current ? (
                <Button type="link" size="small" onClick={() => onUse(row.price)}>
                  {t('documents.panel.usePrice')}
                </Button>
              ) : null}
            </td>
          </tr>
        ))}
        {floor === undefined || floor === null ? null : (
          <tr>
            <td>{t('documents.panel.floorPrice')}</td>
            <td className={Number(current) < floor ? 'is-number tp-negative' : 'is-number'}>{formatPrice(floor)}</td>
            <td />
          </tr>
        )}
      </tbody>
    </table>
  );
}
