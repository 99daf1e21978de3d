import type { AreaWords } from '../../labels.ts';

export const relations: AreaWords = {
  types: { customerItem: { one: '客戶商品' }, priceBook: { one: '價格手冊' }, promotion: { one: '促銷活動' } },
  parts: { priceBook: { lines: '價格明細' }, promotion: { lines: '促銷內容', customers: '適用客戶' } },
  fields: {
    common: { customerCode: '客戶料號', priceSource: '價格來源' },
    user: { priceLevel: '可售到的價格等級' },
    position: { priceLevel: '可售到的價格等級' },
    customerItem: { code: '客戶料號', name: '客戶品名', grossPrice: '約定含稅價', validUntil: '有效期至' },
    priceBook: { subject: '主題', validFrom: '生效日期', validUntil: '有效期至', priceLevel: '適用價格等級' },
    promotion: { subject: '主題', validFrom: '生效日期', validUntil: '有效期至', priceLevel: '適用價格等級', minQuantity: '起訂數量' },
    customer: { statusSince: '狀態變更時間', lastActivityOn: '最近往來' },
    quotation: { revision: '版本號', revisionOf: '首版報價單', revisedBy: '新版報價單', wonBy: '成交方式' },
  },
  choices: {
    common: {
      priceSource: { agreed: '約定價', promotion: '促銷價', last: '上次成交價', priceBook: '價格手冊', level: '等級價', list: '標準價' },
    },
    quotation: { wonBy: { orders: '全部轉單', hand: '人工標記' } },
  },
  states: {
    priceBook: { approved: '已生效', closed: '已停用' },
    promotion: { approved: '已生效', closed: '已停用' },
    quotation: { sent: '已傳送', won: '已成交', superseded: '已有新版' },
  },
  steps: {
    priceBook: { close: '停用' },
    promotion: { close: '停用' },
    quotation: {
      send: '標記已傳送',
      win: '標記成交',
      reopen: '重新跟進',
      revise: '修訂新版',
      complete: '全部轉單成交',
      resume: '恢復跟進',
    },
  },
  groups: { revisions: '版本' },
  refusals: {
    'notice.birthday': '{{customer}} 的 {{title}} 將在 {{day}} 過生日。',
    'notice.idleCustomer': '客戶 {{title}} 已有 {{days}} 天沒有往來。',
    'notice.newItem': '新商品：{{title}}。',
    'notice.newPrice': '調價：{{title}}，含稅價 {{price|price}}。',
    'prices.endsTooEarly': '結束日期早於開始日期。',
    'prices.lineIncomplete': '有 {{count}} 列沒有寫清楚：每列選一個商品或一個分類，並填一個價格或一個折扣。',
    'view.notShared': '先把檢視共用給所有同事，再設為職位預設。',
    'tree.circle': '不能放到自己或自己的下級之下。',
    'notice.quotationExpired': '報價單 {{title}} 已過有效期。',
  },
};
