import type { Language } from '../languages.ts';
import { en } from './en.ts';
import type { UiWords } from './words.ts';
import { zhCN } from './zh-CN.ts';
import { zhTW } from './zh-TW.ts';

export type { UiWords } from './words.ts';

/** The words of the screens in every language. */
export const uiWords: Readonly<Record<Language, UiWords>> = { 'zh-CN': zhCN, 'zh-TW': zhTW, en };
