import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupsAnswer } from '../../../../shared/contracts/backups.ts';
import { api } from '../../api/http.ts';
import { useNotices } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { BackupList } from './BackupList.tsx';
import { BackupRun } from './BackupRun.tsx';
import { BackupSign } from './BackupSign.tsx';
import { renew, useBackups } from './backupAnswers.ts';
import { NewestBackup } from './NewestBackup.tsx';
import { Passphrase } from './Passphrase.tsx';
import { PlanForm } from './PlanForm.tsx';
import { RemovableDisks } from './RemovableDisks.tsx';
import { SecondFolder } from './SecondFolder.tsx';
import './backups.css';

/** The company's backups: whether all is well, making one now, when they are made and every one there was. */
export function BackupsPage() {
  const { t } = useTranslation();
  const state = useBackups();
  return (
    <PageFrame
      title={t('backups.title')}
      loading={state.isPending}
      problem={state.error}
      onRetry={() => void state.refetch()}
      actions={state.data ? <Now state={state.data} /> : null}
    >
      {state.data ? (
        <div className="tp-backups">
          <BackupSign standing={state.data.standing} />
          {state.data.running ? <BackupRun running={state.data.running} /> : null}
          <div className="tp-backup-panels">
            <NewestBackup state={state.data} />
            <PlanForm key={state.data.planVersion} state={state.data} />
            <RemovableDisks state={state.data} />
            <SecondFolder key={state.data.second?.folder} state={state.data} />
            <Passphrase key={state.data.encryption} state={state.data} />
          </div>
          <BackupList />
        </div>
      ) : null}
    </PageFrame>
  );
}

function Now({ state }: { state: BackupsAnswer }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const [isBusy, setBusy] = useState(false);
  const begin = async () => {
    setBusy(true);
    try {
      await renew(await api.post<BackupsAnswer>('/api/backups'));
    } catch (thrown) {
      notices.failed(thrown);
    }
    setBusy(false);
  };
  return (
    <Button type="primary" loading={isBusy} disabled={state.running !== null} onClick={() => void begin()}>
      {t('backups.now')}
    </Button>
  );
}
