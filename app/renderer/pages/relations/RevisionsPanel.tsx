import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCurrencies } from '../../api/currencies.ts';
import { useList } from '../../api/queries.ts';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { formatMoney } from '../../ui/format.ts';
import { StateTag } from '../../ui/StateTag.tsx';
import { idOrNull } from '../panels/facts.ts';

/** Every revision of a document with what it came to; each is compared with the one before it. */
export function RevisionsPanel({ form }: PanelProps) {
  const { t } = useTranslation();
  const currencies = useCurrencies();
  const { answer, definition } = form;
  const first = idOrNull(answer?.values.revisionOf) ?? answer?.id ?? null;
  const isRevised = answer !== null && (idOrNull(answer.values.revisionOf) !== null || idOrNull(answer.values.revisedBy) !== null);
  const list = useList(
    definition.type,
    {
      filter: {
        any: [
          { field: 'id', is: 'equal', value: first },
          { field: 'revisionOf', is: 'equal', value: first },
        ],
      },
      sort: [{ field: 'id', direction: 'ascending' }],
      fields: ['number', 'currency', ...('total' in definition.fields ? ['total'] : [])],
      limit: 100,
    },
    { enabled: isRevised },
  );
  const rows = (list.data?.pages ?? []).flatMap((page) => page.rows);
  if (!isRevised || rows.length < 2) return null;
  return (
    <section className="tp-panel tp-fact">
      <h3>{t('relations.revisions')}</h3>
      <table>
        <tbody>
          {rows.map((row, index) => {
            const before = rows[index - 1];
            const { total, currency } = row.values;
            return (
              <tr key={row.id}>
                <td>
                  {row.id === answer.id ? (
                    <strong>{String(row.values.number)}</strong>
                  ) : (
                    <Link to={`/record/${definition.type}/${row.id}`}>{String(row.values.number)}</Link>
                  )}
                  <div>
                    <StateTag type={definition.type} state={row.state} />{' '}
                    {before ? <Link to={`/compare/${definition.type}/${before.id}/${row.id}`}>{t('relations.compareBefore')}</Link> : null}
                  </div>
                </td>
                <td className="is-number">
                  {typeof total === 'number' ? formatMoney(total, currencies.of(idOrNull(currency)).digits) : null}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
