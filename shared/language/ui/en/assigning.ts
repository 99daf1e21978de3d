import type { UiWords } from '../words.ts';

export const assigning: UiWords['assigning'] = {
  title: 'Assignment rules',
  help: 'One field decides who is responsible: each of its values has a person. Choose records in a list, press “Assign” and choose “By rule”.',
  byField: 'By the field',
  value: 'Value',
  person: 'Person',
  addLine: 'Add a line',
  otherwise: 'Everything else goes to',
  nobody: 'Nobody',
  noRule: 'There is no rule yet.',
  toSettings: 'Make one',
  ruleText: 'By “{{field}}”, {{count}} lines.',
  ways: { one: 'To one', evenly: 'Evenly', fewest: 'Fewest first', rule: 'By rule' },
  fewestHelp: 'Each one goes to whoever has fewest at that moment.',
};
