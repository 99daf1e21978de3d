import { type DomainWords, joinWords } from '../labels.ts';
import { books } from './en/books.ts';
import { choices, states, steps } from './en/choices.ts';
import { fields } from './en/fields.ts';
import { lots } from './en/lots.ts';
import { money } from './en/money.ts';
import { areas, dictionaries, groups, ledgers, operations, parts, rights, scopes, types } from './en/names.ts';
import { purchase } from './en/purchase.ts';
import { refusals } from './en/refusals.ts';
import { relations } from './en/relations.ts';
import { reports } from './en/reports.ts';
import { selling } from './en/selling.ts';
import { settling } from './en/settling.ts';
import { stock } from './en/stock.ts';

export const en: DomainWords = joinWords([
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
