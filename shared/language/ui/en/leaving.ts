import type { UiWords } from '../words.ts';

/** Handing over when somebody leaves. */
export const leaving: UiWords['leaving'] = {
  title: 'Answers for',
  titleLeft: 'Has left and still answers for the following. Please hand it over:',
  titleLeaving: 'Leaves on {{day}} and answers for the following. Please hand it over before that:',
  none: 'Nothing and no open documents.',
  help: 'Once a last day is entered, everything can be handed over beforehand: from the day after nobody signs in as this person, and until then exports are limited. “Left” ends it at once. Records stay.',
  shares: '{{count}} shared records',
  approvals: '{{count}} documents to approve',
  advance: 'Advance not settled: {{amount}}',
  claims: 'Own claims and advances (settled with the person, not handed over):',
  handOver: 'Hand over in one step',
  handOverTitle: 'Hand over everything {{name}} answers for',
  toOne: 'All to one',
  evenly: 'In turn to several',
  to: 'To',
  byType: 'Other people for some types',
  byTypeHelp: 'Types without a name here go as chosen above.',
  goesAlong:
    'Customers take their contacts and open documents along; finished documents stay as they are. Shared records and documents to approve go to the first person named who may have them. Every record is put on the operation log.',
  start: 'Hand over',
  done: '{{count}} handed over',
  running: '{{count}} handed over; please keep this window open. If it is interrupted, start again to go on.',
};
