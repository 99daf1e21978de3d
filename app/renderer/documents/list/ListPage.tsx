import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useSession } from '../../api/session.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { RecordList } from './RecordList.tsx';

/** The list of any type: `/list/:type`. */
export function ListPage() {
  const { t } = useTranslation();
  const { type = '' } = useParams();
  const definition = useSession().definitionOf(type);
  if (definition === undefined) return <EmptyState title={t('problems.notFound')} />;
  return <RecordList key={type} definition={definition} />;
}
