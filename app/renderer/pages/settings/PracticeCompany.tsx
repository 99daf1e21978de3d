import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Input, Modal, Progress } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { BackupRunning } from '../../../../shared/contracts/backups.ts';
import type { PracticeAnswer } from '../../../../shared/contracts/practice.ts';
import { api } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';
import { stateKey } from '../../api/serverState.ts';
import { useSession } from '../../api/session.tsx';
import { formatInstant } from '../../ui/format.ts';
import { useNotices } from '../../ui/notices.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { useReasonText } from '../backups/reasonText.ts';
import type { SignInWish } from '../gate/SignInPage.tsx';

const practiceKey = ['practice'];
const askEveryMs = 1000;

/** A copy of the company to practise in: one press makes it, another throws it away. */
export function PracticeCompany() {
  const { t } = useTranslation();
  const reasonText = useReasonText();
  const desk = useDesk();
  const { data, error, refetch } = desk.state;
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const { practice, running, failed, isPractice } = data;
  return (
    <section className="tp-panel tp-form">
      <h2>{t('companies.practice.title')}</h2>
      <p>{t(isPractice ? 'companies.practice.here' : 'companies.practice.help')}</p>
      {failed && running?.kind !== 'practice' ? <p role="alert">{t('companies.practice.failed', { reason: reasonText(failed) })}</p> : null}
      {running?.kind === 'practice' ? <Copying running={running} onCancel={desk.cancel} /> : null}
      {isPractice || running?.kind === 'practice' ? null : practice ? (
        <Made practice={practice} onRemove={desk.remove} />
      ) : (
        <Button type="primary" loading={desk.isBusy} disabled={running !== null} onClick={() => void desk.begin()}>
          {t('companies.practice.make')}
        </Button>
      )}
    </section>
  );
}

function Copying({ running: { phase, done, all }, onCancel }: { running: BackupRunning; onCancel: () => Promise<void> }) {
  const { t } = useTranslation();
  const text = t(`backups.phases.${phase}`);
  return (
    <>
      <div role="status" aria-live="polite">
        <Progress percent={all === 0 ? 0 : Math.floor((done / all) * 100)} status="active" aria-label={text} />
        <p>{all === 0 ? text : t('companies.stepOf', { phase: text, done, all })}</p>
      </div>
      <Flex gap={12} align="center" wrap="wrap">
        <Button danger onClick={() => void onCancel()}>
          {t('companies.practice.cancel')}
        </Button>
        <span className="tp-faint">{t('companies.practice.leaveHelp')}</span>
      </Flex>
    </>
  );
}

type Practice = NonNullable<PracticeAnswer['practice']>;

function Made({ practice, onRemove }: { practice: Practice; onRemove: (name: string) => Promise<void> }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { language, company, user, settings } = useSession();
  const [isAsking, setAsking] = useState(false);
  const wish: SignInWish = { leaving: { company: company.code, login: user.login } };
  return (
    <>
      <p role="status">
        {t('companies.practice.made')}
        <span className="tp-faint">
          {' · '}
          {t('companies.practice.madeFrom', { at: formatInstant(practice.at, language, settings.timeZone) })}
        </span>
      </p>
      <Flex gap={12} wrap="wrap">
        <Button onClick={() => void navigate('/sign-in', { state: wish })}>{t('companies.practice.enter')}</Button>
        <Button danger onClick={() => setAsking(true)}>
          {t('companies.practice.remove')}
        </Button>
      </Flex>
      {isAsking ? <RemoveDialog name={practice.name} onClose={() => setAsking(false)} onRemove={onRemove} /> : null}
    </>
  );
}

function RemoveDialog({ name, onClose, onRemove }: { name: string; onClose: () => void; onRemove: (name: string) => Promise<void> }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [isBusy, setBusy] = useState(false);
  const isAgreed = typed.trim() === name;
  const remove = async () => {
    if (!isAgreed || isBusy) return;
    setBusy(true);
    await onRemove(typed);
    setBusy(false);
    onClose();
  };
  return (
    <Modal
      open
      title={t('companies.practice.removeAsk')}
      okText={t('companies.practice.remove')}
      okButtonProps={{ danger: true, disabled: !isAgreed, loading: isBusy }}
      cancelText={t('general.cancel')}
      onOk={() => void remove()}
      onCancel={onClose}
    >
      <p>{t('companies.practice.removeHelp', { name })}</p>
      <Input
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onPressEnter={() => void remove()}
        aria-label={t('setup.companyName')}
        maxLength={200}
        autoFocus
      />
    </Modal>
  );
}

/** What is done with the practice company, and how it stands meanwhile. */
function useDesk() {
  const { t } = useTranslation();
  const notices = useNotices();
  const [isBusy, setBusy] = useState(false);
  const state = useQuery({
    queryKey: practiceKey,
    queryFn: ({ signal }) => api.get<PracticeAnswer>('/api/practice', { signal }),
    refetchInterval: ({ state: { data } }) => (data?.running ? askEveryMs : false),
  });
  // The list of companies says what the state of the copying cannot.
  const made = state.data?.practice?.code;
  useEffect(() => {
    if (made !== undefined) void queryClient.invalidateQueries({ queryKey: stateKey });
  }, [made]);
  const during = async (call: () => Promise<PracticeAnswer>, done?: string): Promise<void> => {
    setBusy(true);
    try {
      queryClient.setQueryData(practiceKey, await call());
      if (done) notices.done(done);
      await queryClient.invalidateQueries({ queryKey: stateKey });
    } catch (thrown) {
      notices.failed(thrown);
    }
    setBusy(false);
  };
  return {
    state,
    isBusy,
    begin: () => during(() => api.post<PracticeAnswer>('/api/practice')),
    cancel: () => during(() => api.post<PracticeAnswer>('/api/practice/cancel'), t('companies.practice.cancelled')),
    remove: (name: string) => during(() => api.post<PracticeAnswer>('/api/practice/remove', { name }), t('companies.practice.removed')),
  };
}
