import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { EmptyState } from '../../ui/EmptyState.tsx';

/** An address that leads nowhere. */
export function NotFoundPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return <EmptyState title={t('problems.notFound')} action={{ label: t('shell.home'), onClick: () => void navigate('/') }} />;
}
