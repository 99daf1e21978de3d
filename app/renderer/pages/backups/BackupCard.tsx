import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSession } from '../../api/session.tsx';
import { BackupSign } from './BackupSign.tsx';
import { useStanding } from './backupAnswers.ts';

/** On the first page of whoever keeps the backups, and only while something should be done about them. */
export function BackupCard() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const standing = useStanding(useSession().hasRight('backups.keep')).data;
  if (!standing || standing.warnings.length === 0) return null;
  const toPage = (
    <Button size="small" onClick={() => void navigate('/settings/backups')}>
      {t('backups.toPage')}
    </Button>
  );
  return <BackupSign standing={standing} action={toPage} />;
}
