import type { UiWords } from '../words.ts';

export const importing: UiWords['importing'] = {
  title: '匯入',
};
