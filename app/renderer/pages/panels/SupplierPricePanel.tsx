import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { perUnit } from '../../../../shared/contracts/offeredPrice.ts';
import type { ItemPrices } from '../../../../shared/contracts/trade.ts';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { formatDay, formatPrice, formatQuantity } from '../../ui/format.ts';
import { usePrice } from '../tradeAnswers.ts';
import { activeLine, idOrNull } from './facts.ts';

/** What the goods of the marked line cost: what this supplier asks and was last paid, and what others do; one press takes it. */
export function SupplierPricePanel(props: PanelProps) {
  const { t } = useTranslation();
  const { form, part } = props;
  const line = activeLine(props);
  const item = idOrNull(line?.item);
  const { supplier, currency } = form.state.now.values;
  const fields = part === null ? {} : (form.definition.parts[part]?.fields ?? {});
  const isShown = 'grossPrice' in fields;
  const { data } = usePrice({
    customer: null,
    supplier: idOrNull(supplier),
    item: isShown ? item : null,
    currency: idOrNull(currency),
  });
  if (!isShown || part === null) return null;
  const isEditable = form.editability.part(part) && !line?.source;
  const use = (grossPrice: number) => {
    if (line) form.dispatch({ type: 'cells', part, changes: [{ row: line.id, values: { grossPrice, priceBasis: 'gross' } }] });
  };
  return (
    <section className="tp-panel tp-fact">
      <h3>
        {t('purchase.prices')} {line?.name ? `· ${line.name}` : ''}
      </h3>
      {item === null ? <span className="tp-faint">{t('documents.panel.chooseLine')}</span> : null}
      {line && data ? (
        <Sources known={data} inUnit={(own) => perUnit(own, line)} current={line.grossPrice ?? null} onUse={isEditable ? use : undefined} />
      ) : null}
    </section>
  );
}

interface SourcesProps {
  known: ItemPrices;
  inUnit: (own: number) => number;
  current: unknown;
  onUse?: ((grossPrice: number) => void) | undefined;
}

function Sources({ known, inUnit, current, onUse }: SourcesProps) {
  const { t } = useTranslation();
  const rows = useRows(known);
  if (rows.length === 0) return <span className="tp-faint">{t('documents.panel.noPrices')}</span>;
  return (
    <table>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <td>
              {row.label}
              <div className="tp-faint">
                {row.remark} {row.link ? <Link to={row.link.to}>{row.link.number}</Link> : null}
              </div>
            </td>
            <td className="is-number">{formatPrice(inUnit(row.price))}</td>
            <td>
              {onUse && inUnit(row.price) !== current ? (
                <Button type="link" size="small" onClick={() => onUse(inUnit(row.price))}>
                  {t('documents.panel.usePrice')}
                </Button>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Row {
  key: string;
  label: string;
  remark: string;
  price: number;
  link?: { to: string; number: string } | undefined;
}

type Other = NonNullable<ItemPrices['others']>[number];
type Last = NonNullable<ItemPrices['last']>;

/** This supplier's prices first, then the last one paid, then the others'. */
function useRows({ tiers = [], last, others = [] }: ItemPrices): Row[] {
  const { t } = useTranslation();
  const session = useSession();
  const day = (text: string) => formatDay(text, session.language);
  const asked = (tier: Exclude<Other, Last>, key: string, label: string): Row => ({
    key,
    label,
    remark: [
      tier.minQuantity > 0 ? t('purchase.fromQuantity', { quantity: formatQuantity(tier.minQuantity) }) : '',
      tier.until ? t('purchase.untilDay', { day: day(tier.until) }) : '',
      tier.leadDays === null ? '' : t('purchase.leadDays', { count: tier.leadDays }),
    ]
      .filter(Boolean)
      .join(' · '),
    price: tier.grossPrice,
  });
  const paid = (price: Last, key: string, label: string): Row => ({
    key,
    label,
    remark: day(price.day),
    price: price.grossPrice,
    link: price.id === undefined ? undefined : { to: `/record/${price.type}/${price.id}`, number: price.number ?? '' },
  });
  return [
    ...tiers.map((tier, index) => asked(tier, `tier.${index}`, t('purchase.askedPrice'))),
    ...(last ? [paid(last, 'last', t('purchase.lastPrice'))] : []),
    ...others.map((other, index) =>
      'day' in other ? paid(other, `other.${index}`, other.supplierName) : asked(other, `other.${index}`, other.supplierName),
    ),
  ];
}
