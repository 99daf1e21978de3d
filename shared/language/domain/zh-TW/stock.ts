import type { AreaWords } from '../../labels.ts';

export const stock: AreaWords = {};
