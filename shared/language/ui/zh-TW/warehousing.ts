import type { UiWords } from '../words.ts';

export const warehousing: UiWords['warehousing'] = {};
