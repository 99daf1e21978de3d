import { useQuery } from '@tanstack/react-query';
import { Alert, Button, DatePicker, Flex } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClosingAnswer } from '../../../../shared/contracts/closing.ts';
import { addMonths, endOfMonth, monthOf, startOfMonth } from '../../../../shared/kernel/days.ts';
import { api, newKey } from '../../api/http.ts';
import { keys, queryClient } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { formatDay, formatInstant } from '../../ui/format.ts';
import { useNotices } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { CheckList } from './CheckList.tsx';
import { ClosingHistory } from './ClosingHistory.tsx';
import { MonthSummary } from './MonthSummary.tsx';
import { ReopenDialog } from './ReopenDialog.tsx';
import { type Checks, useChecks } from './useChecks.ts';
import { YearPanel } from './YearPanel.tsx';

const closingKey = [...keys.money, 'closing'];

/** The end of a month: what is not finished yet, the closing itself, and what the month brought. */
export function ClosingPage() {
  const { t } = useTranslation();
  const session = useSession();
  const [isReopening, setReopening] = useState(false);
  const state = useQuery({ queryKey: closingKey, queryFn: ({ signal }) => api.get<ClosingAnswer>('/api/closing', { signal }) });
  const [chosen, choose] = useState<string | null>(null);
  const month = chosen ?? nextMonth(state.data?.closedThrough ?? null, session.settings.today);
  const renew = async (answer: ClosingAnswer) => {
    queryClient.setQueryData(closingKey, answer);
    choose(null);
    await queryClient.invalidateQueries({ queryKey: ['list'] });
  };
  return (
    <PageFrame
      title={t('books.closing')}
      loading={state.isPending}
      problem={state.error}
      onRetry={() => void state.refetch()}
      actions={
        state.data?.closedThrough && session.hasRight('books.reopen') ? (
          <Button onClick={() => setReopening(true)}>{t('books.reopen')}</Button>
        ) : null
      }
    >
      {state.data ? (
        <div className="tp-closing">
          <Standing state={state.data} />
          <section className="tp-panel tp-month">
            <MonthChoice month={month} onMonth={choose} />
            <MonthChecks key={month} month={month} closedThrough={state.data.closedThrough} onClosed={renew} />
          </section>
          <YearPanel key={state.data.closedThrough} />
          <MonthSummary month={month} />
          <ClosingHistory state={state.data} />
        </div>
      ) : null}
      {isReopening && state.data ? <ReopenDialog state={state.data} onDone={renew} onClose={() => setReopening(false)} /> : null}
    </PageFrame>
  );
}

/** The first month that is over and open; the one before this when nothing was ever closed. */
function nextMonth(closedThrough: string | null, today: string): string {
  const last = monthOf(addMonths(startOfMonth(today), -1));
  if (closedThrough === null) return last;
  const next = monthOf(addMonths(startOfMonth(closedThrough), 1));
  return next < last ? next : last;
}

function Standing({ state }: { state: ClosingAnswer }) {
  const { t } = useTranslation();
  const { language, settings } = useSession();
  const { closedThrough, by, at } = state;
  const title = closedThrough === null ? t('books.neverClosed') : t('books.closedThrough', { day: formatDay(closedThrough, language) });
  const who = by && at ? t('books.closedBy', { name: by, at: formatInstant(at, language, settings.timeZone) }) : t('books.closingHelp');
  return <Alert type={closedThrough === null ? 'info' : 'success'} showIcon title={title} description={who} />;
}

function MonthChoice({ month, onMonth }: { month: string; onMonth: (month: string) => void }) {
  const { t } = useTranslation();
  const { settings } = useSession();
  return (
    <DatePicker
      picker="month"
      aria-label={t('books.month')}
      allowClear={false}
      value={dayjs(`${month}-01`)}
      maxDate={dayjs(settings.today)}
      onChange={(day) => day && onMonth(day.format('YYYY-MM'))}
    />
  );
}

interface MonthProps {
  month: string;
  closedThrough: string | null;
  onClosed: (answer: ClosingAnswer) => Promise<void>;
}

/** One month and what was found of it: another month begins anew. */
function MonthChecks({ month, closedThrough, onClosed }: MonthProps) {
  const checks = useChecks(endOfMonth(`${month}-01`));
  return (
    <>
      <Head month={month} checks={checks} closedThrough={closedThrough} onClosed={onClosed} />
      <CheckList checks={checks} />
    </>
  );
}

function Head({ month, checks, closedThrough, onClosed }: MonthProps & { checks: Checks }) {
  const { t } = useTranslation();
  const { settings } = useSession();
  const notices = useNotices();
  const [isClosing, setClosing] = useState(false);
  const through = endOfMonth(`${month}-01`);
  const isOpen = through < settings.today && (closedThrough === null || through > closedThrough);
  const close = async () => {
    const open = checks.open > 0 ? ` ${t('books.closeOpenText', { count: checks.open })}` : '';
    const text = `${t('books.closeAskText', { month })}${open}`;
    if (!(await notices.ask({ title: t('books.closeAsk', { month }), text, ok: t('books.closeMonth', { month }) }))) return;
    setClosing(true);
    try {
      await onClosed(await api.post<ClosingAnswer>('/api/closing', { through }, { idempotencyKey: newKey() }));
      notices.done(t('books.closed', { month }));
    } catch (thrown) {
      notices.failed(thrown);
    }
    setClosing(false);
  };
  return (
    <Flex gap={8} align="center" wrap="wrap">
      {checks.isRunning ? (
        <Button onClick={checks.stop}>{t('books.stopChecks')}</Button>
      ) : (
        <Button onClick={() => void checks.run()}>{t(checks.isDone ? 'books.checkAgain' : 'books.runChecks')}</Button>
      )}
      <Button type="primary" disabled={!isOpen || !checks.isDone || checks.mustOpen > 0} loading={isClosing} onClick={() => void close()}>
        {t('books.closeMonth', { month })}
      </Button>
      {month.endsWith('-12') ? <span className="tp-faint">{t('books.yearNote')}</span> : null}
    </Flex>
  );
}
