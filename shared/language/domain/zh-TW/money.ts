import type { AreaWords } from '../../labels.ts';

export const money: AreaWords = {
  types: {
    openingCash: { one: '帳戶期初' },
  },
  fields: {
    openingCash: { day: '期初日期', amount: '期初餘額' },
  },
  rights: { 'opening.force': '期初有差額仍鎖定、重新打開期初' },
  refusals: {
    'money.nothingHeld': '期初餘額為零不需要單據。請填寫金額，透支填負數。',
    'opening.controlsDiffer': '有 {{count}} 項期初沒有填寫原系統合計或與其不符：{{titles}}。請填寫合計，核對並重新匯入，直到差額為零。',
    'opening.notLive': '期初資料沒有鎖定。',
    'opening.periodClosed': '帳目已經結帳到 {{through}}，期初不能再打開。請先反結帳。',
    'opening.reasonMissing': '請說明原因。',
  },
};
