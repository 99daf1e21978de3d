import { Alert, Flex, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReleaseRow } from '../../../../shared/contracts/selling.ts';
import { useSession } from '../../api/session.tsx';
import { ProblemAlert, useProblemText } from '../../ui/ProblemAlert.tsx';
import { reasonsOf } from './useRelease.ts';

interface ReleaseDialogProps {
  rows: readonly ReleaseRow[];
  busy: boolean;
  problem: unknown;
  onRelease: (passing: { reason: string; confirmed: readonly string[] }) => void;
  onClose: () => void;
}

/** Before lines are released that something holds up: what that is, and why they go all the same. */
export function ReleaseDialog({ rows, busy, problem, onRelease, onClose }: ReleaseDialogProps) {
  const { t } = useTranslation();
  const session = useSession();
  const problemText = useProblemText();
  const [reason, setReason] = useState('');
  const reasons = reasonsOf(rows);
  const wantsReason = reasons.some(({ level }) => level === 'approve');
  const isStopped = reasons.some(({ level }) => level === 'block') || (wantsReason && !session.hasRight('delivery.override'));
  const release = () =>
    onRelease({ reason: reason.trim(), confirmed: reasons.filter(({ level }) => level === 'warn').map(({ code }) => code) });
  return (
    <Modal
      open
      title={t('selling.releaseHeldUp', { count: rows.length })}
      okText={t('documents.goOnAnyway')}
      okButtonProps={{ disabled: isStopped || (wantsReason && reason.trim() === '') }}
      cancelText={t('general.cancel')}
      confirmLoading={busy}
      onOk={release}
      onCancel={onClose}
    >
      <Flex vertical gap={8}>
        {problem ? <ProblemAlert problem={problem} type="deliveryNotice" /> : null}
        {reasons.map(({ code, level, facts }) => (
          <Alert
            key={code}
            type={level === 'warn' ? 'warning' : 'error'}
            showIcon
            title={facts ? problemText({ code, facts, status: 409 }) : t(`selling.reasons.${code.replace('.', '_') as 'credit_exceeded'}`)}
          />
        ))}
        {isStopped ? <p>{t('selling.mayNotRelease')}</p> : null}
        {wantsReason && !isStopped ? (
          <Input.TextArea
            autoFocus
            maxLength={200}
            aria-label={t('general.reason')}
            placeholder={t('general.reasonAsk')}
            autoSize={{ minRows: 2 }}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        ) : null}
      </Flex>
    </Modal>
  );
}
