import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SummaryAnswer, SummaryFigures, SummaryRow } from '../../../../shared/contracts/relations.ts';
import { useCurrencies } from '../../api/currencies.ts';
import { api } from '../../api/http.ts';
import { keys } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { formatDay, formatMoney } from '../../ui/format.ts';
import { StatementDrawer } from '../money/StatementDrawer.tsx';
import './relations.css';

/** How a record stands with us in figures: each of them opens its list; what lies below it in the tree is added up beneath. */
export function SummaryPanel({ form }: PanelProps) {
  const { t } = useTranslation();
  const { answer } = form;
  const { data } = useQuery({
    queryKey: [...keys.money, 'summary', answer?.type, answer?.id],
    queryFn: ({ signal }) => api.get<SummaryAnswer>(`/api/summary/${answer?.type}/${answer?.id}`, { signal }),
    enabled: answer !== null,
    retry: false,
  });
  if (!answer || !data) return null;
  const name = String(answer.values.name ?? '');
  return (
    <>
      <Figures title={t('relations.summary')} figures={data.own} id={answer.id} name={name} is="equal" />
      {data.below ? (
        <Figures title={t('relations.below', { count: data.below.members })} figures={data.below} id={answer.id} name={name} is="under" />
      ) : null}
    </>
  );
}

interface FiguresProps {
  title: string;
  figures: SummaryFigures;
  id: number;
  name: string;
  is: 'equal' | 'under';
}

function Figures({ title, figures, id, name, is }: FiguresProps) {
  const { t } = useTranslation();
  const currencies = useCurrencies();
  const shown = figures.rows.filter((row) => row.count > 0);
  const balances = figures.balances ?? [];
  const [statement, setStatement] = useState<number | null>(null);
  return (
    <section className="tp-panel tp-fact">
      <h3>{title}</h3>
      {shown.length === 0 && balances.length === 0 ? <span className="tp-faint">{t('relations.nothingYet')}</span> : null}
      <table>
        <tbody>
          {shown.map((row) => (
            <FigureRow key={row.type} row={row} id={id} is={is} />
          ))}
          {balances.map(({ currency, open, prepaid }) => {
            const { code, digits } = currencies.of(currency);
            return (
              <tr key={currency}>
                <td colSpan={2}>
                  {t('relations.open')} {code}
                  {prepaid === 0 ? null : (
                    <div className="tp-faint">
                      {t('relations.prepaid')} {formatMoney(prepaid, digits)}
                    </div>
                  )}
                </td>
                <td className="is-number">
                  {is === 'equal' ? (
                    <button type="button" className="tp-figure-link" onClick={() => setStatement(currency)}>
                      {formatMoney(open, digits)}
                    </button>
                  ) : (
                    formatMoney(open, digits)
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {statement === null ? null : (
        <StatementDrawer side="customer" party={id} name={name} currency={statement} onClose={() => setStatement(null)} />
      )}
    </section>
  );
}

function FigureRow({ row, id, is }: { row: SummaryRow; id: number; is: FiguresProps['is'] }) {
  const session = useSession();
  const currencies = useCurrencies();
  const filter = encodeURIComponent(JSON.stringify({ field: row.field, is, value: id }));
  return (
    <tr>
      <td title={row.lastDay ? formatDay(row.lastDay, session.language) : undefined}>{session.typeLabel(row.type)}</td>
      <td className="is-number">
        <Link to={`/list/${row.type}?filter=${filter}`}>{row.count}</Link>
      </td>
      <td className="is-number">
        {row.sums.map(({ currency, amount }) => {
          const { code, digits } = currencies.of(currency);
          return (
            <div key={currency} title={code}>
              {formatMoney(amount, digits)}
            </div>
          );
        })}
      </td>
    </tr>
  );
}
