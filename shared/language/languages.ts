/** The languages a person can work in. */
export const languages = ['zh-CN', 'zh-TW', 'en'] as const;
export type Language = (typeof languages)[number];

/** Each language in its own words, as the chooser shows it. */
export const languageNames: Readonly<Record<Language, string>> = { 'zh-CN': '简体中文', 'zh-TW': '繁體中文', en: 'English' };

/** The nearest of our languages to a tag such as 'zh-Hant-HK' or 'en-GB'. */
export function nearestLanguage(tag: string | null | undefined): Language {
  const wanted = (tag ?? '').toLowerCase();
  if (/^zh.*(tw|hk|mo|hant)/.test(wanted)) return 'zh-TW';
  if (wanted.startsWith('zh') || wanted === '') return 'zh-CN';
  return 'en';
}
