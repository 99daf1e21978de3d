import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CustomerBalanceAnswer } from '../../../../shared/contracts/trade.ts';
import { useCurrencies } from '../../api/currencies.ts';
import { api } from '../../api/http.ts';
import { keys } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { formatMoney } from '../../ui/format.ts';
import { idOrNull } from './facts.ts';

/** What the customer owes, has paid in advance, and may still buy on credit; with this document counted in while it is not approved. */
export function CreditPanel({ form }: PanelProps) {
  const { t } = useTranslation();
  const session = useSession();
  const currencies = useCurrencies();
  const customer = idOrNull(form.state.now.values.customer);
  const isShown = session.hasRight('see.credit') || session.hasRight('see.salesPrice');
  const { data } = useQuery({
    queryKey: [...keys.money, 'balance', customer],
    queryFn: ({ signal }) => api.get<CustomerBalanceAnswer>(`/api/customers/${customer}/balance`, { signal }),
    enabled: isShown && customer !== null,
    retry: false,
  });
  const isCounted = form.answer?.state !== undefined && !['draft', 'pending'].includes(form.answer.state);
  const total = Number(form.state.now.values.baseTotal ?? 0);
  const free = data?.credit?.free ?? null;
  const base = (amount: number) => formatMoney(amount, session.digits);
  if (!isShown) return null;
  return (
    <section className="tp-panel tp-fact">
      <h3>{t('documents.panel.credit')}</h3>
      {customer === null ? <span className="tp-faint">{t('documents.panel.chooseCustomer')}</span> : null}
      {customer !== null && data ? (
        <dl>
          {data.balances?.map((row) => (
            <BalanceLine
              key={row.currency}
              code={currencies.of(row.currency).code}
              digits={currencies.of(row.currency).digits}
              row={row}
              customer={customer}
            />
          ))}
          {data.credit ? (
            <>
              <dt>{t('documents.panel.creditLimit')}</dt>
              <dd className="tp-number">{data.credit.limit === null ? t('documents.panel.noLimit') : base(data.credit.limit)}</dd>
              <dt>{t('documents.panel.creditUsed')}</dt>
              <dd className="tp-number">{base(data.credit.used)}</dd>
            </>
          ) : null}
          {free === null ? null : (
            <>
              <dt>{t('documents.panel.creditFree')}</dt>
              <dd className={free < 0 ? 'tp-number tp-negative' : 'tp-number'}>{base(free)}</dd>
              {isCounted || total === 0 ? null : (
                <>
                  <dt>{t('documents.panel.afterThis')}</dt>
                  <dd className={free - total < 0 ? 'tp-number tp-negative' : 'tp-number'}>{base(free - total)}</dd>
                </>
              )}
            </>
          )}
        </dl>
      ) : null}
    </section>
  );
}

interface BalanceLineProps {
  code: string;
  digits: number;
  row: NonNullable<CustomerBalanceAnswer['balances']>[number];
  customer: number;
}

function BalanceLine({ code, digits, row, customer }: BalanceLineProps) {
  const { t } = useTranslation();
  return (
    <>
      <dt>
        {t('documents.panel.openAmount')} {code}
      </dt>
      <dd className="tp-number">
        <Link to={`/receivables?customer=${customer}`}>{formatMoney(row.open, digits)}</Link>
      </dd>
      {row.prepaid === 0 ? null : (
        <>
          <dt>{t('documents.panel.prepaid')}</dt>
          <dd className="tp-number">{formatMoney(row.prepaid, digits)}</dd>
        </>
      )}
    </>
  );
}
