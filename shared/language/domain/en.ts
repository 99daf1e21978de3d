import type { DomainWords } from '../labels.ts';
import { choices, states, steps } from './en/choices.ts';
import { fields } from './en/fields.ts';
import { areas, dictionaries, groups, ledgers, operations, parts, rights, scopes, types } from './en/names.ts';
import { refusals } from './en/refusals.ts';

export const en: DomainWords = {
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
