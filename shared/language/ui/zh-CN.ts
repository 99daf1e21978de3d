import { assigning } from './zh-CN/assigning.ts';
import { audit } from './zh-CN/audit.ts';
import { backups } from './zh-CN/backups.ts';
import { books } from './zh-CN/books.ts';
import { clients } from './zh-CN/clients.ts';
import { companies } from './zh-CN/companies.ts';
import { devices } from './zh-CN/devices.ts';
import { documents } from './zh-CN/documents.ts';
import { finance } from './zh-CN/finance.ts';
import { general } from './zh-CN/general.ts';
import { goLive } from './zh-CN/goLive.ts';
import { help } from './zh-CN/help.ts';
import { importing } from './zh-CN/importing.ts';
import { leaving } from './zh-CN/leaving.ts';
import { list } from './zh-CN/list.ts';
import { lots } from './zh-CN/lots.ts';
import { numbering } from './zh-CN/numbering.ts';
import { home, money, stock } from './zh-CN/pages.ts';
import { pairing } from './zh-CN/pairing.ts';
import { people } from './zh-CN/people.ts';
import { problems } from './zh-CN/problems.ts';
import { purchase } from './zh-CN/purchase.ts';
import { relations } from './zh-CN/relations.ts';
import { reports } from './zh-CN/reports.ts';
import { restore } from './zh-CN/restore.ts';
import { safety } from './zh-CN/safety.ts';
import { secondStep } from './zh-CN/secondStep.ts';
import { selling } from './zh-CN/selling.ts';
import { settings } from './zh-CN/settings.ts';
import { gate, keys, setup, shell } from './zh-CN/shell.ts';
import { templates } from './zh-CN/templates.ts';
import { warehousing } from './zh-CN/warehousing.ts';

export const zhCN = {
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
