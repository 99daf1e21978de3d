import { Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

/** What somebody shows to prove that the open session is theirs. */
export interface Proof {
  password: string;
  code?: string;
}

/** Asks for the password, and for a code where one is needed, before something is done with them; stays open while that fails. */
export function ProofDialog(of: { title: string; needsCode: boolean; onProof: (proof: Proof) => Promise<void>; onClose: () => void }) {
  const { title, needsCode, onProof, onClose } = of;
  const { t } = useTranslation();
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const send = async (proof: Proof) => {
    setBusy(true);
    setProblem(null);
    try {
      await onProof(proof);
    } catch (thrown) {
      setProblem(thrown);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={title}
      width={420}
      onCancel={onClose}
      okText={t('secondStep.confirm')}
      okButtonProps={{ htmlType: 'submit', form: 'proof', loading: isBusy }}
    >
      <p className="tp-faint">{t('secondStep.proofTitle')}</p>
      {problem ? <ProblemAlert problem={problem} /> : null}
      <Form<Proof> id="proof" layout="vertical" requiredMark={false} onFinish={(typed) => void send(typed)}>
        <Form.Item name="password" label={t('shell.passwordNow')} rules={[{ required: true, message: t('gate.passwordMissing') }]}>
          <Input.Password autoFocus autoComplete="current-password" />
        </Form.Item>
        {needsCode ? (
          <Form.Item name="code" label={t('secondStep.proofCode')} rules={[{ required: true, message: t('secondStep.codeMissing') }]}>
            <Input autoComplete="one-time-code" maxLength={20} spellCheck={false} />
          </Form.Item>
        ) : null}
      </Form>
    </Modal>
  );
}
