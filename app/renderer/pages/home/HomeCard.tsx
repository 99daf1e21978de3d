import { CheckCircleOutlined } from '@ant-design/icons';
import { Badge } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { HomeList, HomeRow } from '../../../../shared/contracts/trade.ts';
import { useCurrencies } from '../../api/currencies.ts';
import { useSession } from '../../api/session.tsx';
import { formatDay, formatMoney, formatQuantity } from '../../ui/format.ts';

interface HomeCardProps {
  title: string;
  icon: ReactNode;
  list: HomeList;
  /** Where all of them are. */
  all?: string;
}

/** One pile of work. */
export function HomeCard({ title, icon, list, all }: HomeCardProps) {
  const { t } = useTranslation();
  const count = list.count >= list.countMax ? `${list.countMax}+` : list.count;
  return (
    <section className="tp-panel">
      <div className="tp-card-head">
        <span className="tp-card-icon">{icon}</span>
        <span>{title}</span>
        {list.count > 0 ? <Badge count={count} color="var(--tp-badge)" overflowCount={9999} /> : null}
        {all !== undefined && list.count > list.rows.length ? <Link to={all}>{t('home.showAll', { count: list.count })}</Link> : <span />}
      </div>
      {list.rows.length === 0 ? (
        <p className="tp-clear">
          <CheckCircleOutlined /> {t('home.allClear')}
        </p>
      ) : (
        <ul className="tp-entries">
          {list.rows.map((row) => (
            <li key={`${row.type}:${row.id}`}>
              <Entry row={row} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Entry({ row }: { row: HomeRow }) {
  const { t } = useTranslation();
  const { language } = useSession();
  const currency = useCurrencies().of(row.currency);
  const isStock = row.available !== undefined;
  return (
    <Link className="tp-entry" to={`/record/${row.type}/${row.id}`}>
      <span title={row.customer ?? row.title}>{row.customer ?? row.title}</span>
      <span className="tp-number">
        {row.total === undefined ? null : `${currency.symbol}${formatMoney(row.total, currency.digits)}`}
        {isStock
          ? t('home.stockOf', { available: formatQuantity(row.available ?? 0), safety: formatQuantity(row.safetyStock ?? 0) })
          : null}
      </span>
      <small>{row.customer === undefined ? row.unit : row.title}</small>
      <small className={(row.overdueDays ?? 0) > 0 ? 'tp-negative' : undefined}>
        {(row.overdueDays ?? 0) > 0 ? t('home.overdueDays', { count: row.overdueDays }) : row.day ? formatDay(row.day, language) : null}
      </small>
    </Link>
  );
}
