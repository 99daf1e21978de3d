import { UnlockOutlined } from '@ant-design/icons';
import { Alert, Button, Flex, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GoLiveAnswer } from '../../../../shared/contracts/goLive.ts';
import { useSession } from '../../api/session.tsx';
import { formatInstant } from '../../ui/format.ts';
import { FiguresTable } from './FiguresTable.tsx';
import type { GoLiveDesk } from './useGoLive.ts';

/** The figures as they were agreed, by whom and when; and the way back for whoever may. */
export function LockedPanel({ answer, desk }: { answer: GoLiveAnswer; desk: GoLiveDesk }) {
  const { t } = useTranslation();
  const session = useSession();
  const [reason, setReason] = useState('');
  const { agreed } = answer;
  const at = agreed ? formatInstant(agreed.at, session.language, session.settings.timeZone) : '';
  return (
    <>
      <Alert
        type="success"
        showIcon
        title={t('goLive.isLive')}
        description={
          <>
            {t('goLive.isLiveHelp')}
            {agreed ? <div>{t('goLive.lockedBy', { by: agreed.by, at })}</div> : null}
            {agreed?.reason ? <div>{t('goLive.lockedWhy', { reason: agreed.reason })}</div> : null}
          </>
        }
      />
      <section className="tp-panel tp-group">
        <FiguresTable figures={answer.figures} />
      </section>
      {session.hasRight('opening.force') ? (
        <section className="tp-panel tp-form">
          <p className="tp-faint">{t('goLive.reopenHelp')}</p>
          <Flex gap={8} wrap="wrap">
            <Input
              className="tp-opening-reason"
              maxLength={200}
              aria-label={t('goLive.reopenReason')}
              placeholder={t('goLive.reopenReason')}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <Button danger icon={<UnlockOutlined />} disabled={reason.trim() === ''} onClick={() => void desk.reopen(reason.trim())}>
              {t('goLive.reopen')}
            </Button>
          </Flex>
        </section>
      ) : null}
    </>
  );
}
