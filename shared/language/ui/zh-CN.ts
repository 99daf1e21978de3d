import { documents } from './zh-CN/documents.ts';
import { general } from './zh-CN/general.ts';
import { importing } from './zh-CN/importing.ts';
import { list } from './zh-CN/list.ts';
import { home, money, stock } from './zh-CN/pages.ts';
import { problems } from './zh-CN/problems.ts';
import { settings } from './zh-CN/settings.ts';
import { gate, keys, setup, shell } from './zh-CN/shell.ts';
import { templates } from './zh-CN/templates.ts';

export const zhCN = { general, problems, shell, keys, gate, setup, list, home, stock, money, settings, templates, documents, importing };
