import type { AreaWords } from '../../labels.ts';

export const reports: AreaWords = {
  refusals: {
    'report.unknown': '沒有這個報表，或者您不能檢視。',
    'report.unknownAxis': '這個報表不能依 {{axis}} 分組或篩選。',
    'report.unknownMeasure': '這樣分組時沒有 {{measure}} 這個指標。',
    'report.tooMany': '超過 {{most}} 列：請縮短期間、加上篩選或換更粗的分組。',
    'report.tooManyColumns': '超過 {{most}} 欄：請換一個展開的維度或縮短期間。',
  },
};
