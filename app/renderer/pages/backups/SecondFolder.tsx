import { Button, Flex, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupsAnswer } from '../../../../shared/contracts/backups.ts';
import { api, newKey } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import { formatInstant } from '../../ui/format.ts';
import { useNotices } from '../../ui/notices.tsx';
import { renew } from './backupAnswers.ts';
import { useReasonText } from './reasonText.ts';

/** The folder on another disk to which every backup is copied, and what last became of that. */
export function SecondFolder({ state }: { state: BackupsAnswer }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const used = state.second?.folder ?? '';
  const [folder, setFolder] = useState(used);
  const [isBusy, setBusy] = useState(false);
  const choose = async (chosen: string, said: string) => {
    setBusy(true);
    try {
      await renew(await api.put<BackupsAnswer>('/api/backups/second', { folder: chosen }, { idempotencyKey: newKey() }));
      notices.done(said);
    } catch (thrown) {
      notices.failed(thrown);
    }
    setBusy(false);
  };
  const stop = async () => {
    const question = { title: t('backups.secondOff'), text: t('backups.secondOffAsk'), ok: t('backups.secondOff') };
    if (await notices.ask(question)) await choose('', t('backups.secondEnded'));
  };
  return (
    <section className="tp-panel tp-backup-panel">
      <h2>{t('backups.second')}</h2>
      <p className="tp-faint">{t('backups.secondHelp')}</p>
      <Flex gap={8} wrap="wrap">
        <Input
          aria-label={t('backups.secondPath')}
          placeholder={t('backups.secondNone')}
          maxLength={400}
          value={folder}
          onChange={(event) => setFolder(event.target.value)}
          style={{ flex: '1 1 220px' }}
        />
        <Button loading={isBusy} disabled={folder.trim() === ''} onClick={() => void choose(folder.trim(), t('backups.secondSet'))}>
          {folder.trim() === used ? t('backups.secondUseAgain') : t('backups.secondUse')}
        </Button>
        {used === '' ? null : (
          <Button danger disabled={isBusy} onClick={() => void stop()}>
            {t('backups.secondOff')}
          </Button>
        )}
      </Flex>
      <LastCopy state={state} />
    </section>
  );
}

function LastCopy({ state }: { state: BackupsAnswer }) {
  const { t } = useTranslation();
  const { language, settings } = useSession();
  const reasonText = useReasonText();
  if (!state.second || !state.newest) return null;
  const { last } = state.second;
  return (
    <dl>
      <dt>{t('backups.secondState')}</dt>
      <dd>
        {last === null ? t('backups.secondWaiting') : formatInstant(last.at, language, settings.timeZone)}{' '}
        {last?.state === 'good' ? t('backups.copied') : null}
        {last?.refusal ? (
          <span className="tp-negative">
            {t('backups.copyFailed')} · {reasonText(last.refusal)}
          </span>
        ) : null}
      </dd>
    </dl>
  );
}
