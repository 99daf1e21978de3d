import { useTranslation } from 'react-i18next';
import type { BackupRefusal } from '../../../../shared/contracts/backups.ts';
import { useProblemText } from '../../ui/ProblemAlert.tsx';

/** Why a backup or a copy did not come about, in the reader's words. */
export function useReasonText(): (refusal: BackupRefusal) => string {
  const { t } = useTranslation();
  const problemText = useProblemText();
  return ({ code, facts }) =>
    code === 'fault' ? t('backups.fault') : problemText({ type: 'about:blank', title: code, status: 409, code, facts });
}
