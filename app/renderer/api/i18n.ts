import i18next, { type TFunction } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { domainWords } from '../../../shared/language/domain/index.ts';
import type { DomainWords } from '../../../shared/language/labels.ts';
import { type Language, languages, nearestLanguage } from '../../../shared/language/languages.ts';
import { type UiWords, uiWords } from '../../../shared/language/ui/index.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'ui';
    resources: { ui: UiWords };
  }
}

/** What useTranslation gives, for functions that take it. */
export type Translate = TFunction<'ui'>;

const key = 'tradepost.language';

/** The language kept on this computer, else the nearest to the browser's own. */
export const firstLanguage = (): Language => nearestLanguage(localStorage.getItem(key) ?? navigator.language);

/** Whether somebody chose the language on this computer. */
export const hasChosenLanguage = (): boolean => localStorage.getItem(key) !== null;

/** Makes the words ready; answers at once, because they are part of the program. */
export function startLanguage(): void {
  void i18next.use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: 'zh-CN',
    supportedLngs: [...languages],
    defaultNS: 'ui',
    resources: Object.fromEntries(languages.map((language) => [language, { ui: uiWords[language] }])),
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  document.documentElement.lang = firstLanguage();
}

/** Changes every word on the screen at once; forms keep what was typed. */
export async function switchLanguage(language: Language): Promise<void> {
  localStorage.setItem(key, language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

/** The language of the screen and the words of the domain in it. */
export function useLanguage(): { language: Language; words: DomainWords } {
  const { i18n } = useTranslation();
  const language = nearestLanguage(i18n.language);
  return { language, words: domainWords[language] };
}
