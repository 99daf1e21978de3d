import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ItemBuyer, ItemBuyersAnswer } from '../../../../shared/contracts/relations.ts';
import type { ItemPrices } from '../../../../shared/contracts/trade.ts';
import { useCurrencies } from '../../api/currencies.ts';
import { api } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { formatDay, formatMoney, formatPrice, formatQuantity } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { usePrice } from '../tradeAnswers.ts';
import './relations.css';

/** Who supplies an item, who bought it and who was offered it, as far as the person may see the prices of each side. */
export function ItemTradePanel({ form }: PanelProps) {
  const { t } = useTranslation();
  const session = useSession();
  const item = form.answer?.id ?? null;
  const isBuyer = session.hasRight('see.purchasePrice');
  const isSeller = session.hasRight('see.salesPrice');
  const suppliers = usePrice({ customer: null, supplier: null, item: isBuyer ? item : null, currency: null });
  const buyers = useQuery({
    queryKey: ['record', 'item', item, 'buyers'],
    queryFn: ({ signal }) => api.get<ItemBuyersAnswer>(`/api/items/${item}/buyers`, { signal }),
    enabled: isSeller && item !== null,
  });
  return (
    <div className="tp-tab-groups">
      {suppliers.error || buyers.error ? <ProblemAlert problem={suppliers.error ?? buyers.error} /> : null}
      {isBuyer ? (
        <Rows title={t('relations.itemSuppliers')} heads={[t('relations.supplier'), t('relations.lastPrice'), t('general.day')]}>
          {(suppliers.data?.others ?? []).map((other) => (
            <SupplierRow key={`${other.supplier}:${'day' in other ? 'paid' : other.minQuantity}`} other={other} />
          ))}
        </Rows>
      ) : null}
      {isSeller ? (
        <>
          <Rows
            title={t('relations.itemBuyers')}
            heads={[session.typeLabel('customer'), t('relations.lastPrice'), t('general.day'), t('general.amount')]}
          >
            {(buyers.data?.bought ?? []).map((row) => (
              <BuyerRow key={row.customer} row={row} name={buyers.data?.titles.customer?.[row.customer] ?? ''} />
            ))}
          </Rows>
          <Rows title={t('relations.itemOffered')} heads={[session.typeLabel('customer'), t('relations.lastPrice'), t('general.day')]}>
            {(buyers.data?.offered ?? []).map((row) => (
              <BuyerRow key={row.customer} row={row} name={buyers.data?.titles.customer?.[row.customer] ?? ''} />
            ))}
          </Rows>
        </>
      ) : null}
    </div>
  );
}

function Rows({ title, heads, children }: { title: string; heads: string[]; children: ReactNode[] }) {
  const { t } = useTranslation();
  return (
    <section className="tp-panel tp-group">
      <h2>{title}</h2>
      {children.length === 0 ? (
        <p className="tp-faint">{t('relations.nothingYet')}</p>
      ) : (
        <table className="tp-small-table">
          <thead>
            <tr>
              {heads.map((head, index) => (
                <th key={head} className={index === 1 || index === 3 ? 'is-number' : undefined}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      )}
    </section>
  );
}

function SupplierRow({ other }: { other: NonNullable<ItemPrices['others']>[number] }) {
  const { t } = useTranslation();
  const session = useSession();
  const isPaid = 'day' in other;
  const until = !isPaid && other.until ? t('relations.untilDay', { day: formatDay(other.until, session.language) }) : '';
  return (
    <tr>
      <td>
        <Link to={`/record/supplier/${other.supplier}`}>{other.supplierName}</Link>
        {isPaid || other.minQuantity === 0 ? null : (
          <span className="tp-faint"> {t('relations.fromQuantity', { quantity: formatQuantity(other.minQuantity) })}</span>
        )}
      </td>
      <td className="is-number">{formatPrice(other.grossPrice)}</td>
      <td>
        {isPaid ? formatDay(other.day, session.language) : [t('relations.asked'), until].filter(Boolean).join(' · ')}{' '}
        {isPaid && other.id !== undefined ? <Link to={`/record/${other.type}/${other.id}`}>{other.number}</Link> : null}
      </td>
    </tr>
  );
}

function BuyerRow({ row, name }: { row: Pick<ItemBuyer, 'customer' | 'last'> & Partial<ItemBuyer>; name: string }) {
  const session = useSession();
  const currencies = useCurrencies();
  const { last, lastDay, sums } = row;
  const day = lastDay ?? last?.day;
  return (
    <tr>
      <td>
        <Link to={`/record/customer/${row.customer}`}>{name}</Link>
      </td>
      <td className="is-number">
        {last ? formatPrice(last.grossPrice) : null} <span className="tp-faint">{last?.unit ? `/ ${last.unit}` : ''}</span>
      </td>
      <td>
        {day ? formatDay(day, session.language) : null}{' '}
        {last?.id === undefined ? null : <Link to={`/record/${last.type}/${last.id}`}>{last.number}</Link>}
      </td>
      {sums ? (
        <td className="is-number">
          {sums.map(({ currency, amount }) => {
            const { code, digits } = currencies.of(currency);
            return (
              <div key={currency}>
                {code} {formatMoney(amount, digits)}
              </div>
            );
          })}
        </td>
      ) : null}
    </tr>
  );
}
