import { useTranslation } from 'react-i18next';

/** A verdict in words; one that has no words of its own is a value that cannot be taken. */
export function useKindLabel(): (kind: string) => string {
  const { t, i18n } = useTranslation();
  return (kind) => t(`importing.kinds.${(i18n.exists(`importing.kinds.${kind}`) ? kind : 'badValue') as 'badValue'}`);
}
