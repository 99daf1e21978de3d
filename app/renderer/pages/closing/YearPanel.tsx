import { useQuery } from '@tanstack/react-query';
import { Button, Flex } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { YearsAnswer } from '../../../../shared/contracts/closing.ts';
import { api, newKey } from '../../api/http.ts';
import { keys, queryClient } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { formatInstant } from '../../ui/format.ts';
import { useNotices } from '../../ui/notices.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { ReopenYear } from './ReopenYear.tsx';
import { YearReport } from './YearReport.tsx';

const yearsKey = [...keys.money, 'years'];

/** The years: which are closed, what each handed to the next, and closing the one that is over. */
export function YearPanel() {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const [shown, show] = useState<string | null>(null);
  const [opening, open] = useState<string | null>(null);
  const years = useQuery({ queryKey: yearsKey, queryFn: ({ signal }) => api.get<YearsAnswer>('/api/years', { signal }) });
  if (years.error) return <ProblemAlert problem={years.error} onRetry={() => void years.refetch()} />;
  const { years: closed = [], next = null } = years.data ?? {};
  const renew = (answer: YearsAnswer, said: string) => {
    queryClient.setQueryData(yearsKey, answer);
    show(null);
    open(null);
    notices.done(said);
  };
  const close = async (year: string) => {
    try {
      renew(await api.post<YearsAnswer>(`/api/years/${year}/close`, {}, { idempotencyKey: newKey() }), t('books.yearClosed', { year }));
    } catch (thrown) {
      notices.failed(thrown);
    }
  };
  const reopen = async (year: string, reason: string) => {
    try {
      const answer = await api.post<YearsAnswer>(`/api/years/${year}/reopen`, { reason }, { idempotencyKey: newKey() });
      renew(answer, t('books.yearReopened', { year }));
    } catch (thrown) {
      notices.failed(thrown);
    }
  };
  return (
    <section className="tp-panel" aria-label={t('books.years')}>
      <h3>{t('books.years')}</h3>
      {next ? (
        <Button type="primary" onClick={() => show(next)}>
          {t('books.yearClose', { year: next })}
        </Button>
      ) : null}
      {closed.length === 0 && !next ? <p className="tp-faint">{t('books.yearNone')}</p> : null}
      {closed.map(({ year, at, by }, rank) => (
        <Flex key={year} gap={8} align="center" wrap="wrap">
          <b>{t('books.yearClosed', { year })}</b>
          <span className="tp-faint">
            {formatInstant(at, session.language, session.settings.timeZone)} {by}
          </span>
          <Button size="small" onClick={() => show(year)}>
            {t('books.yearView')}
          </Button>
          {rank === 0 && session.hasRight('books.reopen') ? (
            <Button size="small" onClick={() => open(year)}>
              {t('books.yearReopen')}
            </Button>
          ) : null}
        </Flex>
      ))}
      {shown ? <YearReport year={shown} onCloseYear={() => close(shown)} onHide={() => show(null)} /> : null}
      {opening ? <ReopenYear year={opening} onReopen={(reason) => reopen(opening, reason)} onHide={() => open(null)} /> : null}
    </section>
  );
}
