import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Offered, perUnit, pricedBy, promotedPrices } from '../../../../shared/contracts/offeredPrice.ts';
import type { ItemPrices, LastPrice } from '../../../../shared/contracts/trade.ts';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { formatDay, formatPrice, formatQuantity } from '../../ui/format.ts';
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
  const use = (offered: Offered) => {
    if (line && part !== null) form.dispatch({ type: 'cells', part, changes: [{ row: line.id, values: pricedBy(offered) }] });
  };
  return (
    <section className="tp-panel tp-fact">
      <h3>
        {t('documents.panel.prices')} {line?.name ? `· ${line.name}` : ''}
      </h3>
      {item === null ? <span className="tp-faint">{t('documents.panel.chooseLine')}</span> : null}
      {item !== null && data === null ? <span className="tp-faint">{t('documents.panel.noPrices')}</span> : null}
      {item !== null && data ? <Sources known={data} line={line ?? {}} onUse={isEditable ? use : undefined} /> : null}
    </section>
  );
}

interface SourcesProps {
  known: ItemPrices;
  line: Readonly<Record<string, unknown>>;
  onUse?: (offered: Offered) => void;
}

function Sources({ known, line, onUse }: SourcesProps) {
  const { t } = useTranslation();
  const rows = useRows(known, line);
  const { floor } = known;
  const current = line.grossPrice ?? null;
  return (
    <table>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <td>
              {row.label}
              {row.remark || row.link ? (
                <div className="tp-faint">
                  {row.remark} {row.link ? <Link to={row.link.to}>{row.link.number}</Link> : null}
                </div>
              ) : null}
            </td>
            <td className="is-number">{formatPrice(row.grossPrice)}</td>
            <td>
              {onUse && row.grossPrice !== current ? (
                <Button type="link" size="small" onClick={() => onUse(row)}>
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

interface Row extends Offered {
  key: string;
  label: string;
  remark: string;
  link?: { to: string; number: string };
}

/** Every price there is, in the order in which the first one counts; list, level, book and what was agreed are for the item's own unit. */
function useRows(known: ItemPrices, line: SourcesProps['line']): Row[] {
  const { t } = useTranslation();
  const session = useSession();
  const { agreed, last, book, level, list } = known;
  const until = (day: string) => t('relations.untilDay', { day: formatDay(day, session.language) });
  const fromQuantity = (quantity: number | null) =>
    quantity === null ? '' : t('relations.fromQuantity', { quantity: formatQuantity(quantity) });
  const own = (source: NonNullable<Offered['source']>, price: number, label: string, remark = ''): Row => ({
    key: source,
    source,
    grossPrice: perUnit(price, line),
    label,
    remark,
  });
  return [
    ...(agreed ? [own('agreed', agreed.grossPrice, t('relations.agreedPrice'), agreed.until ? until(agreed.until) : '')] : []),
    ...promotedPrices(known, line).map(({ promotion, grossPrice }, index): Row => {
      const remark = [until(promotion.until), fromQuantity(promotion.minQuantity)].filter(Boolean).join(' · ');
      return { key: `promotion.${index}`, source: 'promotion', grossPrice, label: promotion.title, remark };
    }),
    ...(last ? [lastRow(last, t('documents.panel.lastPrice'), formatDay(last.day, session.language))] : []),
    ...(book ? [own('priceBook', book.grossPrice, book.title, formatDay(book.from, session.language))] : []),
    ...(level ? [own('level', level.grossPrice, level.name || t('documents.panel.levelPrice'))] : []),
    ...(typeof list === 'number' ? [own('list', list, t('documents.panel.listPrice'))] : []),
  ];
}

const lastRow = (last: LastPrice, label: string, remark: string): Row => ({
  key: 'last',
  source: 'last',
  grossPrice: last.grossPrice,
  label,
  remark,
  ...(last.id === undefined ? {} : { link: { to: `/record/${last.type}/${last.id}`, number: last.number ?? '' } }),
});
