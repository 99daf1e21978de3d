import type { DomainWords } from '../labels.ts';
import type { Language } from '../languages.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';
import { zhTW } from './zh-TW.ts';

/** The words of the domain in every language. */
export const domainWords: Readonly<Record<Language, DomainWords>> = { 'zh-CN': zhCN, 'zh-TW': zhTW, en };
