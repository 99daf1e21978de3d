import type { AreaWords } from '../../labels.ts';

export const money: AreaWords = {};
