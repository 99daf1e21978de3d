import type { AreaWords } from '../../labels.ts';

export const reports: AreaWords = {
  refusals: {
    'report.unknown': '没有这个报表，或者您不能查看。',
    'report.unknownAxis': '这个报表不能按 {{axis}} 分组或筛选。',
    'report.unknownMeasure': '这样分组时没有 {{measure}} 这个指标。',
    'report.tooMany': '超过 {{most}} 行：请缩短期间、加筛选或换更粗的分组。',
    'report.tooManyColumns': '超过 {{most}} 列：请换一个展开的维度或缩短期间。',
  },
};
