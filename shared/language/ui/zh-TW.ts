import type { UiWords } from './words.ts';
import { documents } from './zh-TW/documents.ts';
import { general } from './zh-TW/general.ts';
import { importing } from './zh-TW/importing.ts';
import { problems } from './zh-TW/problems.ts';

export const zhTW: UiWords = { general, problems, documents, importing };
