import type { TFunction } from 'i18next';
import { wordOf } from '../../../../shared/language/labels.ts';
import type { UiWords } from '../../../../shared/language/ui/index.ts';
import type { Session } from '../../api/session.tsx';

/** What was done, in words: a step by its own name, everything else as the audit trail calls it. */
export function deedLabel(session: Session, t: TFunction, type: string, action: string): string {
  const step = action.replace(/^step\./, '');
  if (step !== action) return session.stepLabel(type, step);
  return wordOf(t('audit.deeds', { returnObjects: true }) as UiWords['audit']['deeds'], action);
}
