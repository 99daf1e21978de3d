import { type DomainWords, joinWords } from '../labels.ts';
import { books } from './zh-CN/books.ts';
import { choices, states, steps } from './zh-CN/choices.ts';
import { fields } from './zh-CN/fields.ts';
import { lots } from './zh-CN/lots.ts';
import { money } from './zh-CN/money.ts';
import { areas, dictionaries, groups, ledgers, operations, parts, rights, scopes, types } from './zh-CN/names.ts';
import { purchase } from './zh-CN/purchase.ts';
import { refusals } from './zh-CN/refusals.ts';
import { relations } from './zh-CN/relations.ts';
import { reports } from './zh-CN/reports.ts';
import { selling } from './zh-CN/selling.ts';
import { settling } from './zh-CN/settling.ts';
import { stock } from './zh-CN/stock.ts';

export const zhCN: DomainWords = joinWords([
  {
    types,
    fields,
    parts,
    choices,
    states,
    steps,
    groups,
    areas,
    operations,
    scopes,
    rights,
    ledgers,
    dictionaries,
    refusals,
  },
  selling,
  purchase,
  stock,
  lots,
  money,
  books,
  settling,
  relations,
  reports,
]);
