import { Button, Flex, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CodeToSetUp } from '../../../../shared/contracts/secondStep.ts';
import { api } from '../../api/http.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { QrCode } from '../../ui/QrCode.tsx';

/** The secret of an app is scanned or typed, and counts once a code of it is right. */
export function SetUpCode({ begun, onDone }: { begun: CodeToSetUp; onDone: (recovery: string[]) => void }) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const [form] = Form.useForm<{ code: string }>();
  const confirm = async ({ code }: { code: string }) => {
    setBusy(true);
    setProblem(null);
    try {
      const { recovery } = await api.post<{ recovery: string[] }>('/api/second-step/code/confirm', { ticket: begun.ticket, code });
      onDone(recovery);
    } catch (thrown) {
      setProblem(thrown);
      form.resetFields();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Flex vertical gap={10}>
      <strong>{t('secondStep.scan')}</strong>
      <div className="tp-step-code">
        <QrCode text={begun.uri} label={t('secondStep.scan')} sidePx={208} />
        <div>
          <p className="tp-faint">{t('secondStep.orType')}</p>
          <code className="tp-step-secret">{begun.secret}</code>
        </div>
      </div>
      {problem ? <ProblemAlert problem={problem} /> : null}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(typed) => void confirm(typed)}>
        <Form.Item
          name="code"
          label={<strong>{t('secondStep.thenCode')}</strong>}
          rules={[{ required: true, message: t('secondStep.codeMissing') }]}
        >
          <Input size="large" autoFocus autoComplete="one-time-code" inputMode="numeric" maxLength={10} className="tp-step-input" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={isBusy}>
          {t('secondStep.confirm')}
        </Button>
      </Form>
    </Flex>
  );
}
