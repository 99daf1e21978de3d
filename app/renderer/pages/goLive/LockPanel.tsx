import { LockOutlined } from '@ant-design/icons';
import { Alert, Button, Flex, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { differs, type GoLiveAnswer } from '../../../../shared/contracts/goLive.ts';
import { useSession } from '../../api/session.tsx';
import { useNotices } from '../../ui/notices.tsx';
import type { GoLiveDesk } from './useGoLive.ts';

/** The last step: what is still in the way, and the lock. Whoever may lock in spite of differences says why. */
export function LockPanel({ answer, desk }: { answer: GoLiveAnswer; desk: GoLiveDesk }) {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const open = answer.figures.filter(differs).length;
  const drafts = Object.entries(answer.drafts);
  const mayForce = session.hasRight('opening.force');
  const isForced = open > 0 && mayForce;
  const lock = async () => {
    const question = { title: t('goLive.ask'), text: t('goLive.askText'), ok: t('goLive.lock'), danger: true };
    if (!(await notices.ask(question))) return;
    setBusy(true);
    if (await desk.lock(isForced ? reason.trim() : undefined)) notices.done(t('goLive.isLive'));
    setBusy(false);
  };
  return (
    <section className="tp-panel tp-form">
      {open === 0 ? (
        <Alert type="success" showIcon title={t('goLive.allAgree')} description={t('goLive.allAgreeHelp')} />
      ) : (
        <Alert type="warning" showIcon title={t('goLive.open', { count: open })} description={t('goLive.openHelp')} />
      )}
      {drafts.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={drafts.map(([type, count]) => `${session.typeLabel(type, 'many')} ${count}`).join(session.language === 'en' ? ', ' : '、')}
          description={t('goLive.draftsHelp')}
        />
      ) : null}
      <Flex gap={8} align="center" wrap="wrap" className="tp-opening-lock">
        {isForced ? (
          <Input
            className="tp-opening-reason"
            maxLength={200}
            aria-label={t('goLive.forceReason')}
            placeholder={t('goLive.forceReason')}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        ) : null}
        <Button
          type="primary"
          danger
          icon={<LockOutlined />}
          loading={isBusy}
          disabled={drafts.length > 0 || (open > 0 && (!mayForce || reason.trim() === ''))}
          onClick={() => void lock()}
        >
          {isForced ? t('goLive.lockAnyway') : t('goLive.lock')}
        </Button>
      </Flex>
    </section>
  );
}
