import { Button, Modal } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';
import { useSession } from '../../api/session.tsx';
import { draftPlace, forgetDraft } from './keptDraft.ts';
import type { RecordForm } from './useRecordForm.ts';

/** Nobody leaves a changed form by accident: save, discard or stay. An unchanged form never asks. */
export function LeaveGuard({ form }: { form: RecordForm }) {
  const { t } = useTranslation();
  const session = useSession();
  const { isDirty, answer, definition } = form;
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      isDirty &&
      (currentLocation.pathname !== nextLocation.pathname || currentLocation.search !== nextLocation.search) &&
      !isOwnSave(nextLocation.state),
  );
  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isDirty]);
  if (blocker.state !== 'blocked') return null;
  const discard = () => {
    forgetDraft(draftPlace({ company: session.company.code, user: session.user.id, type: definition.type, id: answer?.id ?? null }));
    blocker.proceed();
  };
  const save = async () => {
    const saved = await form.save();
    if (saved) blocker.proceed();
    else blocker.reset();
  };
  return (
    <Modal
      open
      title={t('documents.leaveTitle')}
      onCancel={() => blocker.reset()}
      footer={[
        <Button key="stay" onClick={() => blocker.reset()}>
          {t('documents.stay')}
        </Button>,
        <Button key="discard" danger onClick={discard}>
          {t('documents.discard')}
        </Button>,
        <Button key="save" type="primary" autoFocus loading={form.busy === 'save'} onClick={() => void save()}>
          {t('general.save')}
        </Button>,
      ]}
    >
      {t('documents.leaveText')}
    </Modal>
  );
}

/** After a create the page moves to the record's own address by itself. */
const isOwnSave = (state: unknown): boolean => typeof state === 'object' && state !== null && 'saved' in state;
