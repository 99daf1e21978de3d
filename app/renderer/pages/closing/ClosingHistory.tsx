import { useTranslation } from 'react-i18next';
import type { ClosingAnswer } from '../../../../shared/contracts/closing.ts';
import { useSession } from '../../api/session.tsx';
import { formatDay, formatInstant } from '../../ui/format.ts';

/** Every closing and opening there was, the latest first. */
export function ClosingHistory({ state }: { state: ClosingAnswer }) {
  const { t } = useTranslation();
  const { language, settings } = useSession();
  if (state.history.length === 0) return null;
  return (
    <section className="tp-panel">
      <h3>{t('books.history')}</h3>
      <table className="tp-plain">
        <tbody>
          {state.history.map((row) => (
            <tr key={row.at + row.action}>
              <td>{formatInstant(row.at, language, settings.timeZone)}</td>
              <td>{row.by}</td>
              <td>{t(`books.actions.${row.action}`)}</td>
              <td>{row.through === null ? t('books.reopenAll') : t('books.closedThrough', { day: formatDay(row.through, language) })}</td>
              <td>{row.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
