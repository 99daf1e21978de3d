import type { ImportColumn } from './importPlan.ts';

/** A column of a plan: what it fills, and what people write above it in mainland Chinese, Taiwan's and English. */
export const column = (target: string, cn: string[], tw: string[], en: string[], more: Partial<ImportColumn> = {}): ImportColumn => ({
  target,
  headers: { 'zh-CN': cn, 'zh-TW': tw, en },
  ...more,
});
