import type { AreaWords } from '../../labels.ts';

export const reports: AreaWords = {
  refusals: {
    'report.unknown': 'There is no such report, or it is not yours to see.',
    'report.unknownAxis': 'This report cannot be grouped or filtered by {{axis}}.',
    'report.unknownMeasure': 'This report has no figure {{measure}} in this arrangement.',
    'report.tooMany': 'More than {{most}} rows: choose a shorter period, a filter or a coarser grouping.',
    'report.tooManyColumns': 'More than {{most}} columns: choose another axis or a shorter period.',
  },
};
