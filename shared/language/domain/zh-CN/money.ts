import type { AreaWords } from '../../labels.ts';

export const money: AreaWords = {
  types: {
    openingCash: { one: '账户期初' },
  },
  fields: {
    openingCash: { day: '期初日期', amount: '期初余额' },
  },
  rights: { 'opening.force': '期初有差额仍锁定、重新打开期初' },
  refusals: {
    'money.nothingHeld': '期初余额为零不需要单据。请填写金额，透支填负数。',
    'opening.controlsDiffer': '有 {{count}} 项期初没有填写原系统合计或与其不符：{{titles}}。请填写合计，核对并重新导入，直到差额为零。',
    'opening.notLive': '期初数据没有锁定。',
    'opening.periodClosed': '账目已经结账到 {{through}}，期初不能再打开。请先反结账。',
    'opening.reasonMissing': '请说明原因。',
  },
};
