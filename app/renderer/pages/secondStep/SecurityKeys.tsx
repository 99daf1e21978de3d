import { PlusOutlined } from '@ant-design/icons';
import { startRegistration } from '@simplewebauthn/browser';
import { Alert, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnSecondStep, SecurityKeyLine } from '../../../../shared/contracts/secondStep.ts';
import { ApiProblem, api } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import { formatInstant } from '../../ui/format.ts';
import { useNotices } from '../../ui/notices.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { canUseKeys, renewOwnSecondStep } from './answers.ts';
import { ProofDialog } from './Proof.tsx';

/** The own security keys: which there are, when they were used last, one more, one less. */
export function SecurityKeys({ own, onRecovery }: { own: OwnSecondStep; onRecovery: (codes: string[]) => void }) {
  const { t } = useTranslation();
  const [isAdding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<SecurityKeyLine | null>(null);
  const notices = useNotices();
  return (
    <section className="tp-panel tp-form">
      <h2>{t('secondStep.keys')}</h2>
      <p className="tp-faint">{t('secondStep.keysHelp')}</p>
      {own.keys.length === 0 ? <p>{t('secondStep.noKeys')}</p> : <KeyTable keys={own.keys} onRemove={setRemoved} />}
      {own.mayHaveKeys && canUseKeys() ? (
        <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {t('secondStep.addKey')}
        </Button>
      ) : null}
      {own.mayHaveKeys && !canUseKeys() ? <Alert type="info" showIcon title={t('secondStep.keysElsewhere')} /> : null}
      {isAdding ? <AddKey onClose={() => setAdding(false)} onRecovery={onRecovery} /> : null}
      {removed ? (
        <ProofDialog
          title={`${t('secondStep.remove')} · ${removed.name}`}
          needsCode={own.keys.length === 1 && own.codeSince === null}
          onClose={() => setRemoved(null)}
          onProof={async (proof) => {
            await api.del(`/api/second-step/keys/${removed.id}`, proof);
            setRemoved(null);
            notices.done(t('secondStep.removed'));
            await renewOwnSecondStep();
          }}
        />
      ) : null}
    </section>
  );
}

function KeyTable({ keys, onRemove }: { keys: readonly SecurityKeyLine[]; onRemove: (key: SecurityKeyLine) => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const at = (instant: string) => formatInstant(instant, session.language, session.settings.timeZone);
  return (
    <table className="tp-plain tp-step-keys">
      <thead>
        <tr>
          <th>{t('secondStep.keyName')}</th>
          <th>{t('secondStep.host')}</th>
          <th>{t('secondStep.addedAt')}</th>
          <th>{t('secondStep.lastUsed')}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.id}>
            <td>{key.name}</td>
            <td>{key.host}</td>
            <td>{at(key.createdAt)}</td>
            <td>{key.lastUsedAt ? at(key.lastUsedAt) : t('secondStep.neverUsed')}</td>
            <td>
              <Button size="small" type="link" danger onClick={() => onRemove(key)}>
                {t('secondStep.remove')}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function AddKey({ onClose, onRecovery }: { onClose: () => void; onRecovery: (codes: string[]) => void }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const add = async ({ name, password }: { name: string; password: string }) => {
    setBusy(true);
    setProblem(null);
    try {
      const recovery = await register(name, password);
      onClose();
      notices.done(t('secondStep.keyAdded'));
      if (recovery) onRecovery(recovery);
      await renewOwnSecondStep();
    } catch (thrown) {
      setProblem(thrown);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t('secondStep.addKey')}
      width={420}
      onCancel={onClose}
      okText={t('secondStep.addKey')}
      okButtonProps={{ htmlType: 'submit', form: 'addKey', loading: isBusy }}
    >
      {isBusy ? <p>{t('secondStep.keyWaiting')}</p> : null}
      {problem instanceof ApiProblem ? <ProblemAlert problem={problem} /> : null}
      {problem && !(problem instanceof ApiProblem) ? <Alert type="error" showIcon title={t('secondStep.keyCancelled')} /> : null}
      <Form id="addKey" layout="vertical" requiredMark={false} onFinish={(typed) => void add(typed)}>
        <Form.Item
          name="name"
          label={t('secondStep.keyName')}
          rules={[{ required: true, whitespace: true, message: t('secondStep.keyNameMissing') }]}
        >
          <Input autoFocus maxLength={60} placeholder={t('secondStep.keyNameHint')} autoComplete="off" />
        </Form.Item>
        <Form.Item name="password" label={t('shell.passwordNow')} rules={[{ required: true, message: t('gate.passwordMissing') }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
      </Form>
    </Modal>
  );
}

async function register(name: string, password: string): Promise<string[] | null> {
  type Options = Parameters<typeof startRegistration>[0]['optionsJSON'];
  const { ticket, options } = await api.post<{ ticket: string; options: Options }>('/api/second-step/keys', { password });
  const answer = await startRegistration({ optionsJSON: options });
  const confirmed = await api.post<{ recovery: string[] | null }>('/api/second-step/keys/confirm', { ticket, name, answer });
  return confirmed.recovery;
}
