import { Alert, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../../shared/contracts/wire.ts';
import { useSession } from '../../api/session.tsx';
import { useProblemText } from '../../ui/ProblemAlert.tsx';
import { explanationFor } from './explanations.ts';
import type { RecordForm } from './useRecordForm.ts';
import { reasonWanted, type StepRequest } from './useStanding.ts';
import { useTakeStep } from './useTakeStep.ts';

/** A rule stands in the way of a step: a warning is read and passed over, anything firmer by who has the right and says why. */
export function StepQuestion({ form, question, asked }: { form: RecordForm; question: Problem; asked: StepRequest }) {
  const { t } = useTranslation();
  const session = useSession();
  const problemText = useProblemText();
  const take = useTakeStep(form);
  const [reason, setReason] = useState(asked.reason ?? '');
  const wantsReason = question.code === reasonWanted;
  const code = wantsReason ? String(question.facts?.why) : question.code;
  const Explanation = explanationFor(code);
  const goOn = () => {
    const confirmed = wantsReason ? asked.confirmed : [...(asked.confirmed ?? []), code];
    void take({ ...asked, confirmed, ...(wantsReason ? { reason: reason.trim() } : {}) });
  };
  return (
    <Modal
      open
      title={session.stepLabel(form.definition.type, asked.step)}
      width={Explanation ? 900 : 520}
      okText={t('documents.goOnAnyway')}
      okButtonProps={{ disabled: wantsReason && reason.trim() === '' }}
      cancelText={t('documents.backToForm')}
      confirmLoading={form.busy === asked.step}
      onOk={goOn}
      onCancel={() => form.dismiss('question')}
    >
      <div className="tp-question">
        <Alert type="warning" showIcon title={problemText({ ...question, code })} />
        {Explanation ? <Explanation form={form} asked={asked} /> : null}
        {wantsReason ? (
          <>
            <p>{problemText(question)}</p>
            <Input.TextArea
              autoFocus
              maxLength={200}
              aria-label={t('general.reason')}
              placeholder={t('general.reasonAsk')}
              autoSize={{ minRows: 2 }}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </>
        ) : null}
      </div>
    </Modal>
  );
}
