import { assigning } from './en/assigning.ts';
import { audit } from './en/audit.ts';
import { backups } from './en/backups.ts';
import { books } from './en/books.ts';
import { clients } from './en/clients.ts';
import { companies } from './en/companies.ts';
import { devices } from './en/devices.ts';
import { documents } from './en/documents.ts';
import { finance } from './en/finance.ts';
import { general } from './en/general.ts';
import { goLive } from './en/goLive.ts';
import { help } from './en/help.ts';
import { importing } from './en/importing.ts';
import { leaving } from './en/leaving.ts';
import { list } from './en/list.ts';
import { lots } from './en/lots.ts';
import { numbering } from './en/numbering.ts';
import { home, money, stock } from './en/pages.ts';
import { pairing } from './en/pairing.ts';
import { people } from './en/people.ts';
import { problems } from './en/problems.ts';
import { purchase } from './en/purchase.ts';
import { relations } from './en/relations.ts';
import { reports } from './en/reports.ts';
import { restore } from './en/restore.ts';
import { safety } from './en/safety.ts';
import { secondStep } from './en/secondStep.ts';
import { selling } from './en/selling.ts';
import { settings } from './en/settings.ts';
import { gate, keys, setup, shell } from './en/shell.ts';
import { templates } from './en/templates.ts';
import { warehousing } from './en/warehousing.ts';
import type { UiWords } from './words.ts';

export const en: UiWords = {
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
