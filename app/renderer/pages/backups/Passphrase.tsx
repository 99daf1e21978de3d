import { LockOutlined, UnlockOutlined } from '@ant-design/icons';
import { Alert, Button, Flex, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupsAnswer } from '../../../../shared/contracts/backups.ts';
import { api } from '../../api/http.ts';
import { useNotices } from '../../ui/notices.tsx';
import { renew } from './backupAnswers.ts';

/** Whether backups are encrypted, and the passphrase: typed twice, kept by the server, never shown again. */
export function Passphrase({ state: { encryption } }: { state: BackupsAnswer }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const [typed, setTyped] = useState({ first: '', second: '' });
  const [isBusy, setBusy] = useState(false);
  const isDifferent = typed.second !== '' && typed.first !== typed.second;
  const change = async (passphrase: string, said: string) => {
    setBusy(true);
    try {
      await renew(await api.put<BackupsAnswer>('/api/backups/passphrase', { passphrase }));
      setTyped({ first: '', second: '' });
      notices.done(said);
    } catch (thrown) {
      notices.failed(thrown);
    }
    setBusy(false);
  };
  const set = async () => {
    const question = { title: t('backups.passphraseAsk'), text: t('backups.passphraseWarn'), ok: t('backups.passphraseSet'), danger: true };
    if (await notices.ask(question)) await change(typed.first, t('backups.passphraseDone'));
  };
  const end = async () => {
    const question = { title: t('backups.passphraseOff'), text: t('backups.passphraseOffAsk'), ok: t('backups.passphraseOff') };
    if (await notices.ask(question)) await change('', t('backups.passphraseEnded'));
  };
  return (
    <section className="tp-panel tp-backup-panel">
      <h2>{t('backups.passphrase')}</h2>
      <p>
        {encryption === 'on' ? <LockOutlined /> : <UnlockOutlined />}{' '}
        <span className={encryption === 'lost' ? 'tp-negative' : undefined}>{t(`backups.passphraseStates.${encryption}`)}</span>
      </p>
      <p className="tp-faint">{t('backups.passphraseHelp')}</p>
      <Form layout="vertical" className="tp-backup-plan" onFinish={() => void set()}>
        <Form.Item label={t('backups.passphraseOne')}>
          <Input.Password
            aria-label={t('backups.passphraseOne')}
            autoComplete="new-password"
            maxLength={200}
            value={typed.first}
            onChange={(event) => setTyped({ ...typed, first: event.target.value })}
          />
        </Form.Item>
        <Form.Item
          label={t('backups.passphraseTwo')}
          validateStatus={isDifferent ? 'error' : ''}
          help={isDifferent ? t('backups.passphraseDiffer') : undefined}
        >
          <Input.Password
            aria-label={t('backups.passphraseTwo')}
            autoComplete="new-password"
            maxLength={200}
            value={typed.second}
            onChange={(event) => setTyped({ ...typed, second: event.target.value })}
          />
        </Form.Item>
        <Alert className="tp-wide" type="warning" showIcon title={t('backups.passphraseWarn')} />
        <Flex gap={8} className="tp-wide" wrap="wrap">
          <Button htmlType="submit" loading={isBusy} disabled={typed.first === '' || typed.first !== typed.second}>
            {t(encryption === 'none' ? 'backups.passphraseSet' : 'backups.passphraseChange')}
          </Button>
          {encryption === 'none' ? null : (
            <Button danger disabled={isBusy} onClick={() => void end()}>
              {t('backups.passphraseOff')}
            </Button>
          )}
        </Flex>
      </Form>
    </section>
  );
}
