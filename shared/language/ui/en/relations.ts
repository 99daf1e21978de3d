import type { UiWords } from '../words.ts';

export const relations: UiWords['relations'] = {};
