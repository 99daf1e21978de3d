import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/http.ts';
import { sessionKey, useSessionAnswer, useSignIn } from '../api/session.tsx';
import { Gate } from '../pages/gate/Gate.tsx';
import { useNotices } from '../ui/notices.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

/** The person's own password; `isForced` where the first one was given by an administrator. */
export function ChangePassword({ isForced, onDone }: { isForced?: boolean; onDone?: () => void }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const client = useQueryClient();
  const { leave } = useSignIn();
  // A first password is replaced before the shell with its session is there.
  const min = useSessionAnswer().data?.settings.passwordLength ?? 8;
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const change = async (typed: { current: string; next: string }) => {
    setBusy(true);
    try {
      await api.post('/api/session/password', { current: typed.current, next: typed.next });
      notices.done(t('shell.passwordChanged'));
      await client.invalidateQueries({ queryKey: sessionKey });
      onDone?.();
    } catch (thrown) {
      setProblem(thrown);
    } finally {
      setBusy(false);
    }
  };
  const form = (
    <Form layout="vertical" onFinish={change} requiredMark={false}>
      {isForced ? <p>{t('shell.mustChangePassword')}</p> : null}
      {problem ? <ProblemAlert problem={problem} /> : null}
      <Form.Item name="current" label={t('shell.passwordNow')} rules={[{ required: true }]}>
        <Input.Password autoFocus autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="next" label={t('shell.passwordNext')} rules={[{ required: true, min }]} extra={t('setup.passwordHelp', { min })}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('setup.passwordAgain')}
        dependencies={['next']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, again) =>
              again === getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(t('setup.passwordsDiffer'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={isBusy}>
        {t('general.save')}
      </Button>
      {isForced ? (
        <Button type="link" onClick={leave}>
          {t('shell.signOut')}
        </Button>
      ) : null}
    </Form>
  );
  return isForced ? <Gate title={t('shell.changePassword')}>{form}</Gate> : form;
}
