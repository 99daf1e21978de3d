import type { AreaWords } from '../../labels.ts';

export const selling: AreaWords = {};
