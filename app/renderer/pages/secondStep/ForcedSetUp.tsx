import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CodeToSetUp } from '../../../../shared/contracts/secondStep.ts';
import { api } from '../../api/http.ts';
import { sessionKey, useSignIn } from '../../api/session.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { Gate } from '../gate/Gate.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';
import { SetUpCode } from './SetUpCode.tsx';

/** Who must have a second step and has none sets one up before anything else. */
export function ForcedSetUp() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { leave } = useSignIn();
  const [recovery, setRecovery] = useState<string[] | null>(null);
  const begun = useQuery({
    queryKey: ['secondStep', 'begun'],
    queryFn: () => api.post<CodeToSetUp>('/api/second-step/code'),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <Gate title={t('secondStep.title')}>
      {recovery ? (
        <RecoveryCodes codes={recovery} onKept={() => void client.invalidateQueries({ queryKey: sessionKey })} />
      ) : (
        <>
          <p>{t('secondStep.dueHelp')}</p>
          <p className="tp-faint">{t('secondStep.appHelp')}</p>
          {begun.error ? <ProblemAlert problem={begun.error} onRetry={() => void begun.refetch()} /> : null}
          {begun.data ? <SetUpCode begun={begun.data} onDone={setRecovery} /> : begun.isPending ? <Skeleton active /> : null}
          <Button type="link" onClick={leave} style={{ paddingInline: 0 }}>
            {t('shell.signOut')}
          </Button>
        </>
      )}
    </Gate>
  );
}
