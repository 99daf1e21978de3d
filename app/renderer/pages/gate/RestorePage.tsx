import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Result } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate } from 'react-router';
import type { ArchiveInside, RestoreState } from '../../../../shared/contracts/restoring.ts';
import { api } from '../../api/http.ts';
import { readToken } from '../../api/token.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { problemOf } from '../../ui/problemText.ts';
import { useReasonText } from '../backups/reasonText.ts';
import { ArchiveView } from './ArchiveView.tsx';
import { ChooseArchive } from './ChooseArchive.tsx';
import { Gate } from './Gate.tsx';
import { Progressing } from './Progressing.tsx';

/** An archive that was looked into, with what opened it. */
interface Chosen {
  readonly path: string;
  readonly passphrase?: string;
  readonly inside: ArchiveInside;
}

/** The first start with a backup in hand: choose it, see what is inside, restore it, sign in. */
export function RestorePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const reasonText = useReasonText();
  const server = useQuery({
    queryKey: ['state'],
    queryFn: ({ signal }) => api.get<{ setUp: boolean; needsCode?: boolean }>('/api/state', { signal }),
  });
  const restore = useQuery({
    queryKey: ['restore'],
    queryFn: ({ signal }) => api.get<RestoreState>('/api/setup/restore', { signal }),
    refetchInterval: 1000,
  });
  const [setupCode, setSetupCode] = useState('');
  const desk = useDesk(setupCode);
  const state = restore.data;

  // The door still believes that there is no company.
  const signIn = async () => {
    await server.refetch();
    await navigate('/sign-in', { replace: true });
  };
  if (state?.phase === 'done')
    return (
      <Gate title={t('restore.title')} wide>
        <Result
          status="success"
          title={t('restore.done')}
          subTitle={`${t('restore.doneHelp')} ${t('secondStep.restoreNote')}`}
          extra={
            <Button type="primary" size="large" onClick={() => void signIn()}>
              {t('gate.signIn')}
            </Button>
          }
        />
      </Gate>
    );
  if (server.data?.setUp && state?.phase === 'none') return <Navigate replace to={readToken() === null ? '/sign-in' : '/'} />;
  if (state?.phase === 'loading')
    return (
      <Gate title={t('restore.title')} wide>
        <Progressing
          text={t(state.all > 0 && state.done >= state.all ? 'restore.finishing' : 'restore.loading')}
          done={state.done}
          all={state.all}
          unit="rows"
        />
        <p className="tp-faint">{t('restore.loadingHelp')}</p>
      </Gate>
    );
  const instead = (
    <Link className="tp-setup-restore" to="/setup">
      {t('restore.newInstead')}
    </Link>
  );
  const failed = state?.phase === 'failed' && state.refusal && !desk.problem ? state.refusal : null;
  return (
    <Gate title={t('restore.title')} wide>
      {desk.problem ? <ProblemAlert problem={desk.problem} /> : null}
      {failed ? <p role="alert">{t('restore.failed', { reason: reasonText(failed) })}</p> : null}
      {server.data?.needsCode ? (
        <Form layout="vertical" size="large">
          <Form.Item label={t('setup.code')} extra={t('setup.codeHelp')}>
            <Input value={setupCode} onChange={({ target }) => setSetupCode(target.value)} autoComplete="one-time-code" maxLength={20} />
          </Form.Item>
        </Form>
      ) : null}
      {desk.chosen ? (
        <ArchiveView
          inside={desk.chosen.inside}
          isBusy={desk.isBusy}
          onBack={desk.putBack}
          onRestore={(numbers) => void desk.begin(numbers).then(() => restore.refetch())}
        />
      ) : (
        <ChooseArchive
          setupCode={setupCode}
          instead={instead}
          mayLook={!server.data?.needsCode || setupCode.trim().length === 10}
          state={state}
          locked={desk.locked}
          isBusy={desk.isBusy}
          onChoose={(path, passphrase) => void desk.look(path, passphrase)}
          onProblem={desk.tell}
        />
      )}
    </Gate>
  );
}

/** What is done with an archive: looking into it, asking for its passphrase, beginning to restore it. */
function useDesk(setupCode: string) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [locked, setLocked] = useState<string | null>(null);
  const [problem, tell] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const body = (of: { path: string; passphrase?: string | undefined }) => ({
    path: of.path,
    ...(of.passphrase ? { passphrase: of.passphrase } : {}),
    ...(setupCode ? { setupCode: setupCode.trim() } : {}),
  });
  const during = async (run: () => Promise<void>, path: string): Promise<void> => {
    setBusy(true);
    tell(null);
    try {
      await run();
    } catch (thrown) {
      const isLocked = ['backup.passphraseNeeded', 'backup.wrongPassphrase'].includes(problemOf(thrown).code);
      setLocked(isLocked ? path : null);
      // That it is asked for says enough.
      if (problemOf(thrown).code !== 'backup.passphraseNeeded') tell(thrown);
    } finally {
      setBusy(false);
    }
  };
  return {
    chosen,
    locked,
    problem,
    tell,
    isBusy,
    putBack: () => setChosen(null),
    look: (path: string, passphrase?: string) =>
      during(async () => {
        const inside = await api.post<ArchiveInside>('/api/setup/restore/look', body({ path, passphrase }));
        setLocked(null);
        setChosen({ path, inside, ...(passphrase ? { passphrase } : {}) });
      }, path),
    begin: async (numbers: Record<string, number> | undefined) => {
      if (!chosen) return;
      const wish = { ...body(chosen), ...(numbers ? { numbers } : {}) };
      await during(async () => void (await api.post<RestoreState>('/api/setup/restore', wish)), chosen.path);
    },
  };
}
