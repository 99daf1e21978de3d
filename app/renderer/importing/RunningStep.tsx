import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportAnswer } from '../../../shared/exchange/importAnswers.ts';
import type { ImportDesk } from './useImport.ts';

/** The server works on the file: how far it is, and a way to stop it. */
export function RunningStep({ answer, desk }: { answer: ImportAnswer; desk: ImportDesk }) {
  const { t } = useTranslation();
  const { done, total } = answer.progress ?? { done: 0, total: 0 };
  const percent = total === 0 ? 0 : Math.min(100, Math.floor((done / total) * 100));
  return (
    <section className="tp-panel tp-group tp-import-running">
      <p>{answer.state === 'checking' ? t('importing.checking') : t('importing.committing')}</p>
      <Progress percent={percent} status="active" />
      <p className="tp-faint">{t('importing.ofRows', { done, total })}</p>
      <Button danger loading={desk.busy === 'cancel'} onClick={() => void desk.cancel()}>
        {t('importing.stop')}
      </Button>
    </section>
  );
}
