import i18next, { type TFunction } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { DomainWords } from '../../../shared/language/labels.ts';
import { type Language, languages, nearestLanguage } from '../../../shared/language/languages.ts';
import type { UiWords } from '../../../shared/language/ui/words.ts';
import { fetchWords, wordsOf } from './words.ts';

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

/** Fetches the words of the language and makes them ready. */
export async function startLanguage(): Promise<void> {
  const language = firstLanguage();
  const { ui } = await fetchWords(language);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    supportedLngs: [...languages],
    defaultNS: 'ui',
    resources: { [language]: { ui } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  document.documentElement.lang = language;
}

/** Changes every word on the screen as soon as the words are there; forms keep what was typed. Over a broken line nothing changes. */
export async function switchLanguage(language: Language): Promise<void> {
  const words = await fetchWords(language).catch(() => null);
  if (words === null) return;
  localStorage.setItem(key, language);
  document.documentElement.lang = language;
  i18next.addResourceBundle(language, 'ui', words.ui);
  await i18next.changeLanguage(language);
}

/** The language of the screen and the words of the domain in it. */
export function useLanguage(): { language: Language; words: DomainWords } {
  const { i18n } = useTranslation();
  const language = nearestLanguage(i18n.language);
  return { language, words: wordsOf(language).domain };
}
