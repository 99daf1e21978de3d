import type { zhCN } from './zh-CN.ts';

/** The shape of the screens' words: what zh-CN says, every language says. */
export type UiWords = typeof zhCN;
