import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useServerState } from '../api/serverState.ts';
import { readToken } from '../api/token.ts';
import { ClosedView } from '../pages/gate/ClosedView.tsx';
import { Gate } from '../pages/gate/Gate.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

const askEveryMs = 1000;

/** Covers everything while the company of the session is closed, and goes away by itself when it is open; what was typed below stays. */
export function ClosedCurtain({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation();
  const state = useServerState({ refetchEveryMs: askEveryMs });
  const code = readToken()?.split('.')[0];
  const company = state.data?.companies.find((known) => known.code === code);
  // What was answered before the company was closed says nothing about now.
  const isOpen = state.isFetchedAfterMount && !state.isFetching && !state.error && !company?.closed;
  useEffect(() => {
    if (isOpen) onOpen();
  }, [isOpen, onOpen]);
  const closed = company?.closed;
  return (
    <div className="tp-curtain">
      <Gate title={t(closed?.phase === 'failed' ? 'companies.stays' : 'companies.upgrading')}>
        {state.error ? <ProblemAlert problem={state.error} /> : null}
        {closed && company ? <ClosedView name={company.name} closed={closed} /> : null}
      </Gate>
    </div>
  );
}
