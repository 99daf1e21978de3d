import { documents } from './zh-CN/documents.ts';
import { general } from './zh-CN/general.ts';
import { importing } from './zh-CN/importing.ts';
import { problems } from './zh-CN/problems.ts';

export const zhCN = { general, problems, documents, importing };
