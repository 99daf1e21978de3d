import { type DomainWords, joinWords } from '../labels.ts';
import { books } from './zh-TW/books.ts';
import { choices, states, steps } from './zh-TW/choices.ts';
import { fields } from './zh-TW/fields.ts';
import { lots } from './zh-TW/lots.ts';
import { money } from './zh-TW/money.ts';
import { areas, dictionaries, groups, ledgers, operations, parts, rights, scopes, types } from './zh-TW/names.ts';
import { purchase } from './zh-TW/purchase.ts';
import { refusals } from './zh-TW/refusals.ts';
import { relations } from './zh-TW/relations.ts';
import { reports } from './zh-TW/reports.ts';
import { selling } from './zh-TW/selling.ts';
import { settling } from './zh-TW/settling.ts';
import { stock } from './zh-TW/stock.ts';

export const zhTW: DomainWords = joinWords([
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
