import type { AreaWords } from '../../labels.ts';

export const money: AreaWords = {
  types: {
    openingCash: { one: 'Opening account balance', many: 'Opening account balances' },
  },
  fields: {
    openingCash: { day: 'Opening date', amount: 'Opening balance' },
  },
  rights: { 'opening.force': 'Lock or reopen opening figures in spite of differences' },
  refusals: {
    'money.nothingHeld': 'An opening balance of zero needs no document. Enter an amount, below zero for an overdraft.',
    'opening.controlsDiffer':
      '{{count}} opening figures have no control total or differ from it: {{titles}}. Enter the totals of the old system and import again until nothing differs.',
    'opening.notLive': 'The opening figures are not locked.',
    'opening.periodClosed':
      'The books are closed through {{through}}; opening figures can no longer be opened. Reopen the closed months first.',
    'opening.reasonMissing': 'Say why.',
  },
};
