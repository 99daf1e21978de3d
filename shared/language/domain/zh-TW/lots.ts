import type { AreaWords } from '../../labels.ts';

export const lots: AreaWords = {
  types: {
    lot: {
      one: '批次',
    },
  },
  fields: {
    common: {
      tracking: '批號/序號管理',
      shelfLifeDays: '保存期限（天）',
      expiryWarnDays: '到期前幾天提醒',
      madeOn: '製造日期',
      expiresOn: '有效期限',
      lotNumbers: '批號/序號',
      lot: '批次',
      'lots.number': '批號/序號',
      lotNumber: '批號/序號',
    },
    lot: {
      number: '批號/序號',
      blocked: '凍結',
      key: '查找鍵',
      warnedOn: '已提醒日期',
    },
    transferIn: {
      'lots.lost': '其中損耗',
    },
  },
  parts: {
    common: {
      lots: '批號/序號',
    },
  },
  choices: {
    item: {
      tracking: {
        none: '不區分',
        lot: '依批號',
        serial: '依序號',
      },
    },
  },
  ledgers: {
    lots: '批次',
  },
  refusals: {
    'item.trackingFixed': '此商品還有庫存，不能變更批號/序號管理方式。請先出清庫存，再變更。',
    'lots.missing':
      '「{{item}}」依批號或序號管理：需要 {{wanted|quantity}}，只指定了 {{given|quantity}}。請在「批號/序號」中填寫，出庫可按「先到期先出」自動選取。',
    'lots.surplus': '「{{item}}」指定的批號數量比明細多 {{surplus|quantity}}。請減少批號數量或修改明細。',
    'lots.notTracked': '批號 {{number}} 的商品不依批號或序號管理。請刪除這一列。',
    'lots.oneEach': '序號 {{number}} 的數量只能是 1。',
    'lots.twice': '序號 {{number}} 在本單中重複。請刪除重複的一列。',
    'lots.daysReversed': '批號 {{number}} 的有效期限早於製造日期。請檢查這兩個日期。',
    'lots.unknown': '沒有批號或序號 {{number}}。請檢查輸入，或從現有批次中選擇。',
    'lots.alreadyHere': '序號 {{number}} 已經在庫，不能再次入庫。',
    'lots.otherDays': '批號 {{number}} 已登記的日期是 {{day|day}}，與本單不同。請改用已登記的日期，或換一個批號。',
    'lots.notHeld': '{{place}}中批號「{{item}}」不足：需要 {{wanted|quantity}}，現有 {{held|quantity}}。請選擇其他批次。',
    'lots.blocked': '批號 {{number}} 已凍結，不能銷售或領用。請換一個批次，或先解除凍結。',
    'lots.expired': '批號 {{number}} 已於 {{expiresOn|day}} 過期。',
    'notice.lotExpiring': '「{{item}}」批號 {{number}} 將於 {{expiresOn|day}} 到期，還有 {{days}} 天。',
    'count.lotMissing': '「{{item}}」依批號或序號管理，請逐批盤點並填寫批號。',
    'lots.untold': '「{{item}}」的管理方式已變更，這一步的批次與庫存不符。請用其他入庫單或其他出庫單處理。',
  },
};
