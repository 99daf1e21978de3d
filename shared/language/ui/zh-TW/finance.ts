import type { UiWords } from '../words.ts';

export const finance: UiWords['finance'] = {};
