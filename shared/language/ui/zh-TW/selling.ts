import type { UiWords } from '../words.ts';

export const selling: UiWords['selling'] = {};
