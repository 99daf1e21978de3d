import type { DomainWords } from '../labels.ts';
import { choices, states, steps } from './zh-CN/choices.ts';
import { fields } from './zh-CN/fields.ts';
import { areas, dictionaries, groups, ledgers, operations, parts, rights, scopes, types } from './zh-CN/names.ts';
import { refusals } from './zh-CN/refusals.ts';

export const zhCN: DomainWords = {
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
