import type { UiWords } from '../words.ts';

export const reports: UiWords['reports'] = {};
