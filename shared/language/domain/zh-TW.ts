import type { DomainWords } from '../labels.ts';
import { choices, states, steps } from './zh-TW/choices.ts';
import { fields } from './zh-TW/fields.ts';
import { areas, dictionaries, groups, ledgers, operations, parts, rights, scopes, types } from './zh-TW/names.ts';
import { refusals } from './zh-TW/refusals.ts';

export const zhTW: DomainWords = {
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
};
