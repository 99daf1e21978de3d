import type { UiWords } from '../words.ts';

export const documents: UiWords['documents'] = {
  lines: 'Lines',
};
