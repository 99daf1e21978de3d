import { useTranslation } from 'react-i18next';
import type { FieldRefusal } from '../../../../shared/kernel/refusal.ts';
import { useSession } from '../../api/session.tsx';
import { fieldRefusalText } from '../../ui/problemText.ts';

/** Puts what is wrong with a field into words; what the form itself found has its words here. */
export function useRefusalText(refusal: FieldRefusal | undefined): string | null {
  const textOf = useRefusalTexts();
  return refusal ? textOf(refusal) : null;
}

export function useRefusalTexts(): (refusal: FieldRefusal) => string {
  const { t, i18n } = useTranslation();
  const session = useSession();
  return (refusal) => {
    if (refusal.code === 'form.notADay') return t('documents.notADay');
    if (refusal.code.startsWith('form.')) return t(`documents.number.${refusal.code.slice('form.'.length) as 'notANumber'}`);
    return fieldRefusalText(refusal, t, i18n.language, session);
  };
}
