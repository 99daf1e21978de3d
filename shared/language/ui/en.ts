import type { UiWords } from './words.ts';
import { documents } from './en/documents.ts';
import { general } from './en/general.ts';
import { importing } from './en/importing.ts';
import { problems } from './en/problems.ts';

export const en: UiWords = { general, problems, documents, importing };
