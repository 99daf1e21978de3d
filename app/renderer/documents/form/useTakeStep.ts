import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSession } from '../../api/session.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { titleOf } from './recordDoor.ts';
import type { RecordForm } from './useRecordForm.ts';
import type { StepRequest } from './useStanding.ts';

/** Takes a step, says that it was taken, and opens what it made. What failed is said above the form. */
export function useTakeStep(form: RecordForm): (request: StepRequest) => Promise<void> {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const navigate = useNavigate();
  return async ({ step, reason, confirmed }) => {
    const taken = await form.takeStep(step, reason, confirmed);
    if (!taken) return;
    const state = taken.state ? session.stateLabel(taken.type, taken.state) : '';
    notices.done(t('documents.stepTaken', { title: titleOf(session, taken), state }));
    const next = taken.values[form.definition.steps?.[step]?.opens ?? ''];
    if (typeof next === 'number') void navigate(`/record/${taken.type}/${next}`);
  };
}
