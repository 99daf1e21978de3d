import type { AreaWords } from '../../labels.ts';

export const reports: AreaWords = {};
