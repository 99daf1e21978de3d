import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RecordAnswer } from '../../../../shared/contracts/wire.ts';
import { useSession } from '../../api/session.tsx';

/** The documents this one came from and those that came from it. */
export function RelatedDocuments({ answer }: { answer: RecordAnswer | null }) {
  const { t } = useTranslation();
  const session = useSession();
  const related = answer?.related ?? [];
  if (related.length === 0) return null;
  const shown = (direction: 'before' | 'after') => related.filter((other) => other.direction === direction).slice(0, 6);
  const link = (other: (typeof related)[number]) => (
    <Link
      key={`${other.type}:${other.id}`}
      to={`/record/${other.type}/${other.id}`}
      title={other.state ? session.stateLabel(other.type, other.state) : undefined}
    >
      {session.typeLabel(other.type)} {other.title}
    </Link>
  );
  const [before, after] = [shown('before'), shown('after')];
  return (
    <span className="tp-related">
      {before.length > 0 ? <span>{t('documents.madeFrom')}</span> : null}
      {before.map(link)}
      {after.length > 0 ? <span>{t('documents.madeInto')}</span> : null}
      {after.map(link)}
    </span>
  );
}
