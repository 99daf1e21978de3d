import type { UiWords } from './words.ts';
import { assigning } from './zh-TW/assigning.ts';
import { audit } from './zh-TW/audit.ts';
import { backups } from './zh-TW/backups.ts';
import { books } from './zh-TW/books.ts';
import { clients } from './zh-TW/clients.ts';
import { companies } from './zh-TW/companies.ts';
import { devices } from './zh-TW/devices.ts';
import { documents } from './zh-TW/documents.ts';
import { finance } from './zh-TW/finance.ts';
import { general } from './zh-TW/general.ts';
import { goLive } from './zh-TW/goLive.ts';
import { help } from './zh-TW/help.ts';
import { importing } from './zh-TW/importing.ts';
import { leaving } from './zh-TW/leaving.ts';
import { list } from './zh-TW/list.ts';
import { lots } from './zh-TW/lots.ts';
import { numbering } from './zh-TW/numbering.ts';
import { home, money, stock } from './zh-TW/pages.ts';
import { pairing } from './zh-TW/pairing.ts';
import { people } from './zh-TW/people.ts';
import { problems } from './zh-TW/problems.ts';
import { purchase } from './zh-TW/purchase.ts';
import { relations } from './zh-TW/relations.ts';
import { reports } from './zh-TW/reports.ts';
import { restore } from './zh-TW/restore.ts';
import { safety } from './zh-TW/safety.ts';
import { secondStep } from './zh-TW/secondStep.ts';
import { selling } from './zh-TW/selling.ts';
import { settings } from './zh-TW/settings.ts';
import { gate, keys, setup, shell } from './zh-TW/shell.ts';
import { templates } from './zh-TW/templates.ts';
import { warehousing } from './zh-TW/warehousing.ts';

export const zhTW: UiWords = {
  general,
  problems,
  shell,
  keys,
  help,
  gate,
  setup,
  leaving,
  list,
  home,
  stock,
  money,
  settings,
  safety,
  secondStep,
  assigning,
  audit,
  backups,
  companies,
  templates,
  devices,
  pairing,
  documents,
  importing,
  goLive,
  selling,
  purchase,
  warehousing,
  lots,
  finance,
  relations,
  reports,
  numbering,
  restore,
  books,
  clients,
  people,
};
