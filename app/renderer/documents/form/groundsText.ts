import { useTranslation } from 'react-i18next';
import type { GroundWhy } from '../../../../shared/contracts/explaining.ts';
import { useSession } from '../../api/session.tsx';
import { formatDay } from '../../ui/format.ts';

/** Says in words on which grounds a record is reached. */
export function useGroundsText(): (grounds: readonly GroundWhy[]) => string {
  const { t } = useTranslation();
  const session = useSession();
  const one = ({ kind, name = '', until, above }: GroundWhy): string => {
    if (kind === 'share' && until) return t('people.grounds.shareUntil', { name, until: formatDay(until, session.language) });
    if (kind !== 'through') return t(`people.grounds.${kind}`, { name });
    const type = session.typeLabel(above?.type ?? '');
    return t('people.grounds.through', { type, title: above?.title ?? '', why: all(above?.grounds ?? []) });
  };
  const all = (grounds: readonly GroundWhy[]): string => grounds.map(one).join(session.language === 'en' ? '; ' : '；');
  return all;
}
