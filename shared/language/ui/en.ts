import { assigning } from './en/assigning.ts';
import { audit } from './en/audit.ts';
import { documents } from './en/documents.ts';
import { general } from './en/general.ts';
import { help } from './en/help.ts';
import { importing } from './en/importing.ts';
import { list } from './en/list.ts';
import { home, money, stock } from './en/pages.ts';
import { problems } from './en/problems.ts';
import { settings } from './en/settings.ts';
import { gate, keys, setup, shell } from './en/shell.ts';
import { templates } from './en/templates.ts';
import type { UiWords } from './words.ts';

export const en: UiWords = {
  general,
  problems,
  shell,
  keys,
  help,
  gate,
  setup,
  list,
  home,
  stock,
  money,
  settings,
  assigning,
  audit,
  templates,
  documents,
  importing,
};
