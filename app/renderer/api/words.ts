import type { DomainWords } from '../../../shared/language/labels.ts';
import type { Language } from '../../../shared/language/languages.ts';
import type { UiWords } from '../../../shared/language/ui/words.ts';

/** Everything a person reads, in one language. */
export interface Words {
  readonly ui: UiWords;
  readonly domain: DomainWords;
}

// Each language is a piece of its own: a slow line carries the one that is read.
const fetching: Readonly<Record<Language, () => Promise<Words>>> = {
  'zh-CN': () => together(import('../../../shared/language/ui/zh-CN.ts'), import('../../../shared/language/domain/zh-CN.ts'), 'zhCN'),
  'zh-TW': () => together(import('../../../shared/language/ui/zh-TW.ts'), import('../../../shared/language/domain/zh-TW.ts'), 'zhTW'),
  en: () => together(import('../../../shared/language/ui/en.ts'), import('../../../shared/language/domain/en.ts'), 'en'),
};

const fetched = new Map<Language, Words>();

/** Fetches the words of a language, once. */
export async function fetchWords(language: Language): Promise<Words> {
  const words = fetched.get(language) ?? (await fetching[language]());
  fetched.set(language, words);
  return words;
}

/** The words of a language that was fetched before. */
export function wordsOf(language: Language): Words {
  const words = fetched.get(language);
  if (!words) throw new Error(`the words of ${language} were not fetched`);
  return words;
}

async function together<Name extends string>(
  ui: Promise<Readonly<Record<Name, UiWords>>>,
  domain: Promise<Readonly<Record<Name, DomainWords>>>,
  name: Name,
): Promise<Words> {
  const [screens, records] = await Promise.all([ui, domain]);
  return { ui: screens[name], domain: records[name] };
}
