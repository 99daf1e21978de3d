import type { AreaWords } from '../../labels.ts';

export const purchase: AreaWords = {};
