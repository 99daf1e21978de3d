import type { DomainWords } from '../labels.ts';

export const zhCN: DomainWords = {
  types: {},
  fields: { common: {} },
  parts: { common: {} },
  choices: { common: {} },
  states: { common: {} },
  steps: { common: {} },
  groups: {},
  areas: {},
  operations: {},
  scopes: {},
  rights: {},
  ledgers: {},
  dictionaries: {},
  refusals: {},
};
