import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupStanding, BackupWarning } from '../../../../shared/contracts/backups.ts';
import { useSession } from '../../api/session.tsx';
import { formatInstant } from '../../ui/format.ts';
import { useReasonText } from './reasonText.ts';

const looks = { green: 'success', yellow: 'warning', red: 'error', waiting: 'info' } as const;

/** The sign of the backups in colour and words, with what to do about every warning. */
export function BackupSign({ standing, action }: { standing: BackupStanding; action?: ReactNode }) {
  const { t } = useTranslation();
  const textOf = useWarningText();
  const { signal, warnings } = standing;
  const lines = signal === 'green' ? [t('backups.greenHelp')] : warnings.map(textOf);
  return (
    <Alert
      type={looks[signal]}
      showIcon
      title={t(`backups.signals.${signal}`)}
      description={lines.length === 0 ? undefined : lines.map((line) => <div key={line}>{line}</div>)}
      action={action}
    />
  );
}

function useWarningText(): (warning: BackupWarning) => string {
  const { t } = useTranslation();
  const { language, settings } = useSession();
  const reasonText = useReasonText();
  const moment = (instant: string) => formatInstant(instant, language, settings.timeZone);
  return (warning) => {
    switch (warning.kind) {
      case 'none':
        return t('backups.warnings.none');
      case 'old':
        return t('backups.warnings.old', { at: moment(warning.finishedAt) });
      case 'gone':
        return t('backups.warnings.gone', { name: warning.name });
      case 'notAway':
        return warning.days === null ? t('backups.warnings.neverAway') : t('backups.warnings.notAway', { days: warning.days });
      default:
        return t(`backups.warnings.${warning.kind}`, { at: moment(warning.at), reason: reasonText(warning.refusal) });
    }
  };
}
