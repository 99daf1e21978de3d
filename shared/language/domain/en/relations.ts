import type { AreaWords } from '../../labels.ts';

export const relations: AreaWords = {};
