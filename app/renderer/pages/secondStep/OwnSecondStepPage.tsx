import { Alert, Button, Flex, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CodeToSetUp, OwnSecondStep } from '../../../../shared/contracts/secondStep.ts';
import { api } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import { formatInstant } from '../../ui/format.ts';
import { useNotices } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { renewOwnSecondStep, useOwnSecondStep } from './answers.ts';
import { type Proof, ProofDialog } from './Proof.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';
import { SecurityKeys } from './SecurityKeys.tsx';
import { SetUpCode } from './SetUpCode.tsx';

/** The own second step at signing in: app, security keys, recovery codes. */
export function OwnSecondStepPage() {
  const { t } = useTranslation();
  const answer = useOwnSecondStep();
  const [recovery, setRecovery] = useState<string[] | null>(null);
  const own = answer.data;
  if (own === undefined)
    return (
      <PageFrame title={t('secondStep.title')} loading={answer.isPending} problem={answer.error} onRetry={() => void answer.refetch()} />
    );
  return (
    <PageFrame title={t('secondStep.title')}>
      {own.isSealedElsewhere ? <Alert type="error" showIcon title={t('secondStep.sealedElsewhere')} /> : null}
      {own.mode === 'never' ? <Alert type="info" showIcon title={t('secondStep.neverNow')} /> : null}
      {own.isRequired ? <Alert type="info" showIcon title={t('secondStep.requiredNow')} /> : null}
      <AppPanel own={own} onRecovery={setRecovery} />
      {own.mayHaveKeys || own.keys.length > 0 ? <SecurityKeys own={own} onRecovery={setRecovery} /> : null}
      {own.codeSince !== null || own.keys.length > 0 ? <RecoveryPanel own={own} onRecovery={setRecovery} /> : null}
      <Modal
        open={recovery !== null}
        title={t('secondStep.recovery')}
        footer={null}
        closable={false}
        keyboard={false}
        mask={{ closable: false }}
        width={520}
      >
        {recovery ? <RecoveryCodes codes={recovery} onKept={() => setRecovery(null)} /> : null}
      </Modal>
    </PageFrame>
  );
}

interface PanelProps {
  own: OwnSecondStep;
  onRecovery: (codes: string[]) => void;
}

function AppPanel({ own, onRecovery }: PanelProps) {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const [asked, setAsked] = useState<'setUp' | 'switchOff' | null>(null);
  const [begun, setBegun] = useState<CodeToSetUp | null>(null);
  const isOn = own.codeSince !== null;
  const prove = async (proof: Proof) => {
    if (asked === 'setUp') setBegun(await api.post<CodeToSetUp>('/api/second-step/code', proof));
    else {
      await api.del('/api/second-step/code', proof);
      notices.done(t('secondStep.switchedOff'));
      await renewOwnSecondStep();
    }
    setAsked(null);
  };
  const done = (recovery: string[]) => {
    setBegun(null);
    onRecovery(recovery);
    notices.done(t('secondStep.isOn'));
    void renewOwnSecondStep();
  };
  return (
    <section className="tp-panel tp-form">
      <h2>{t('secondStep.app')}</h2>
      <p>{t('secondStep.help')}</p>
      <p className="tp-faint">{t('secondStep.appHelp')}</p>
      <Flex gap={10} align="center" wrap="wrap">
        <span className={isOn ? 'tp-state tp-state-active' : 'tp-state'}>{t(isOn ? 'secondStep.on' : 'secondStep.off')}</span>
        {own.codeSince === null ? null : (
          <span className="tp-faint">
            {t('secondStep.since', { at: formatInstant(own.codeSince, session.language, session.settings.timeZone) })}
          </span>
        )}
        <Button type={isOn ? 'default' : 'primary'} onClick={() => setAsked('setUp')}>
          {t(isOn ? 'secondStep.setUpAnew' : 'secondStep.setUp')}
        </Button>
        {isOn ? (
          <Button danger onClick={() => setAsked('switchOff')}>
            {t('secondStep.switchOff')}
          </Button>
        ) : null}
      </Flex>
      {asked ? (
        <ProofDialog
          title={`${t('secondStep.app')} · ${t(asked === 'switchOff' ? 'secondStep.switchOff' : 'secondStep.setUp')}`}
          needsCode={isOn}
          onProof={prove}
          onClose={() => setAsked(null)}
        />
      ) : null}
      <Modal
        open={begun !== null}
        title={t('secondStep.app')}
        footer={null}
        width={520}
        destroyOnHidden
        mask={{ closable: false }}
        onCancel={() => setBegun(null)}
      >
        {begun ? <SetUpCode begun={begun} onDone={done} /> : null}
      </Modal>
    </section>
  );
}

function RecoveryPanel({ own, onRecovery }: PanelProps) {
  const { t } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  return (
    <section className="tp-panel tp-form">
      <h2>{t('secondStep.recovery')}</h2>
      <p className="tp-faint">{t('secondStep.recoveryHelp')}</p>
      <Flex gap={10} align="center">
        <span className={own.recoveryLeft < 3 ? 'tp-negative' : undefined}>
          {t('secondStep.recoveryLeft', { count: own.recoveryLeft })}
        </span>
        <Button onClick={() => setAsked(true)}>{t('secondStep.renewRecovery')}</Button>
      </Flex>
      {isAsked ? (
        <ProofDialog
          title={t('secondStep.renewRecovery')}
          needsCode
          onClose={() => setAsked(false)}
          onProof={async (proof) => {
            const { recovery } = await api.post<{ recovery: string[] }>('/api/second-step/recovery', proof);
            setAsked(false);
            onRecovery(recovery);
            await renewOwnSecondStep();
          }}
        />
      ) : null}
    </section>
  );
}
