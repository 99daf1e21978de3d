import type { UiWords } from '../words.ts';

export const assigning: UiWords['assigning'] = {
  title: '分派規則',
  help: '依一個欄位決定由誰負責：欄位為某個值時，分派給對應的人員。在清單中選取資料後按「分派」並選「依規則」。',
  byField: '依據欄位',
  value: '值',
  person: '負責人',
  addLine: '新增一行',
  otherwise: '其餘分派給',
  nobody: '不分派',
  noRule: '還沒有建立分派規則。',
  toSettings: '前往建立',
  ruleText: '依「{{field}}」分派，共 {{count}} 條規則。',
  ways: { one: '給一人', evenly: '平均分', fewest: '給最少者', rule: '依規則' },
  fewestHelp: '每次分給目前筆數最少的人。',
};
