import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { HomeAnswer, HomeFigure } from '../../../../shared/contracts/trade.ts';
import { useCurrencies } from '../../api/currencies.ts';
import { formatMoney } from '../../ui/format.ts';

/** The month in figures, beside the month before. */
export function Figures({ answer }: { answer: HomeAnswer }) {
  const { t } = useTranslation();
  const { figures } = answer;
  if (figures === undefined) return null;
  const shown = [
    { key: 'sales', title: t('home.salesThisMonth'), figure: figures.sales },
    { key: 'receipts', title: t('home.receivedThisMonth'), figure: figures.receipts },
  ].flatMap(({ key, title, figure }) => (figure === undefined ? [] : [{ key, title, figure }]));
  return (
    <div className="tp-figures">
      {shown.map(({ key, title, figure }) => (
        <Figure key={key} title={title} figure={figure} currency={figures.currency} />
      ))}
    </div>
  );
}

function Figure({ title, figure, currency }: { title: string; figure: HomeFigure; currency: number }) {
  const { t } = useTranslation();
  const { symbol, digits } = useCurrencies().of(currency);
  const money = (value: number) => `${symbol}${formatMoney(value, digits)}`;
  const isUp = figure.month >= figure.lastMonth;
  return (
    <div className="tp-figure tp-panel">
      <span className="tp-faint">{title}</span>
      <b>{money(figure.month)}</b>
      <small className="tp-faint">
        {t('home.today')} {money(figure.today)} · {t('home.lastMonth')} {money(figure.lastMonth)}{' '}
        {figure.lastMonth === 0 ? null : isUp ? (
          <ArrowUpOutlined style={{ color: 'var(--tp-success)' }} />
        ) : (
          <ArrowDownOutlined style={{ color: 'var(--tp-error)' }} />
        )}
      </small>
    </div>
  );
}
