import { Button, Flex, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BackupRunning, BackupsAnswer } from '../../../../shared/contracts/backups.ts';
import { api } from '../../api/http.ts';
import { useNotices } from '../../ui/notices.tsx';
import { renew } from './backupAnswers.ts';
import { sizeText } from './sizeText.ts';

/** What the server is doing now: the phase, how much of all is done, and a way to stop it. */
export function BackupRun({ running }: { running: BackupRunning }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const { kind, phase, done, all } = running;
  const isChecking = phase === 'proving' && all > 0 && done >= all;
  const count = (value: number) => (phase === 'copying' ? sizeText(value) : String(value));
  const cancel = async () => {
    const question = { title: t('backups.cancelAsk'), text: t('backups.cancelAskText'), ok: t('backups.cancel'), danger: true };
    if (!(await notices.ask(question))) return;
    try {
      await renew(await api.post<BackupsAnswer>('/api/backups/cancel'));
      notices.done(t('backups.cancelled'));
    } catch (thrown) {
      notices.failed(thrown);
    }
  };
  return (
    <section className="tp-panel tp-backup-panel" aria-label={t(`backups.running.${kind}`)}>
      <h2>{t(`backups.running.${kind}`)}</h2>
      <div role="status" aria-live="polite">
        <Progress percent={all === 0 ? 0 : Math.floor((done / all) * 100)} status="active" aria-label={t(`backups.phases.${phase}`)} />
        <p>
          {isChecking
            ? t('backups.phases.checking')
            : t('backups.stepOf', { phase: t(`backups.phases.${phase}`), done: count(done), all: count(all) })}
        </p>
      </div>
      <Flex gap={12} align="center" wrap="wrap">
        <Button danger onClick={() => void cancel()}>
          {t('backups.cancel')}
        </Button>
        <span className="tp-faint">{t('backups.leaveHelp')}</span>
      </Flex>
    </section>
  );
}
