import type { UiWords } from '../words.ts';

export const purchase: UiWords['purchase'] = {};
