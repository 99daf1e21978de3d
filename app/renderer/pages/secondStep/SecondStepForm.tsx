import { startAuthentication } from '@simplewebauthn/browser';
import { Alert, Button, Flex, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SecondStep } from '../../../../shared/contracts/secondStep.ts';
import type { SessionAnswer } from '../../../../shared/contracts/wire.ts';
import { ApiProblem, api } from '../../api/http.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { canUseKeys } from './answers.ts';

type Entered = { token: string; session: SessionAnswer };
type Way = 'code' | 'key' | 'recovery';

/** The second step at the door: a code of the app, a security key, or a recovery code. */
export function SecondStepForm({
  step,
  onIn,
  onBack,
}: {
  step: SecondStep;
  onIn: (entered: Entered) => Promise<void>;
  onBack: () => void;
}) {
  const { t } = useTranslation();
  const hasCode = step.ways.includes('code');
  const hasKey = step.ways.includes('key');
  const [way, setWay] = useState<Way>(hasKey && canUseKeys() ? 'key' : hasCode ? 'code' : hasKey ? 'key' : 'recovery');
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const [form] = Form.useForm<{ code: string }>();
  const go = async (prove: () => Promise<Entered>) => {
    setBusy(true);
    setProblem(null);
    try {
      await onIn(await prove());
    } catch (thrown) {
      setProblem(thrown);
      form.resetFields();
    } finally {
      setBusy(false);
    }
  };
  const withCode = ({ code }: { code: string }) => go(() => api.post<Entered>('/api/sign-in/second', { ticket: step.ticket, code }));
  const choose = (wanted: Way) => {
    setWay(wanted);
    setProblem(null);
    form.resetFields();
  };
  const isOver = problem instanceof ApiProblem && problem.code === 'secondStep.over';
  return (
    <>
      <ProblemOf problem={problem} />
      {way === 'key' ? (
        <KeyStep isBusy={isBusy} onPress={() => void go(() => askKey(step.ticket))} />
      ) : (
        <Form
          form={form}
          key={way}
          className="tp-gate-step"
          layout="vertical"
          size="large"
          requiredMark={false}
          onFinish={(typed) => void withCode(typed)}
        >
          <p>{t(way === 'code' ? 'secondStep.codeAsk' : 'secondStep.recoveryAsk')}</p>
          <Form.Item
            name="code"
            label={t(way === 'code' ? 'secondStep.codeLabel' : 'secondStep.recoveryLabel')}
            rules={[{ required: true, message: t('secondStep.codeMissing') }]}
          >
            <Input
              autoFocus
              autoComplete="one-time-code"
              inputMode={way === 'code' ? 'numeric' : 'text'}
              maxLength={20}
              spellCheck={false}
              className="tp-step-input"
            />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={isBusy} disabled={isOver}>
            {t('secondStep.confirm')}
          </Button>
        </Form>
      )}
      <Flex vertical align="flex-start" className="tp-step-ways">
        {hasCode && way !== 'code' ? <Other text={t('secondStep.useCode')} onPress={() => choose('code')} /> : null}
        {hasKey && way !== 'key' ? <Other text={t('secondStep.useKey')} onPress={() => choose('key')} /> : null}
        {way !== 'recovery' ? <Other text={t('secondStep.useRecovery')} onPress={() => choose('recovery')} /> : null}
        <Other text={t('secondStep.back')} onPress={onBack} />
      </Flex>
      <p className="tp-faint">{t('secondStep.lostHelp')}</p>
    </>
  );
}

const Other = ({ text, onPress }: { text: string; onPress: () => void }) => (
  <Button type="link" size="small" onClick={onPress}>
    {text}
  </Button>
);

function KeyStep({ isBusy, onPress }: { isBusy: boolean; onPress: () => void }) {
  const { t } = useTranslation();
  if (!canUseKeys()) return <Alert type="info" showIcon title={t('secondStep.keysElsewhere')} />;
  return (
    <>
      <p>{t(isBusy ? 'secondStep.keyWaiting' : 'secondStep.keyAsk')}</p>
      <Button type="primary" size="large" block autoFocus loading={isBusy} onClick={onPress}>
        {t('secondStep.useKey')}
      </Button>
    </>
  );
}

/** What the server says, or that the key said nothing: browsers give reasons that help nobody. */
function ProblemOf({ problem }: { problem: unknown }) {
  const { t } = useTranslation();
  if (problem === null) return null;
  if (problem instanceof ApiProblem) return <ProblemAlert problem={problem} />;
  return <Alert type="error" showIcon title={t('secondStep.keyCancelled')} />;
}

async function askKey(ticket: string): Promise<Entered> {
  const optionsJSON = await api.post<Parameters<typeof startAuthentication>[0]['optionsJSON']>('/api/sign-in/second/question', { ticket });
  const answer = await startAuthentication({ optionsJSON });
  return api.post<Entered>('/api/sign-in/second', { ticket, answer });
}
