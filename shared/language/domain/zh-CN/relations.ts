import type { AreaWords } from '../../labels.ts';

export const relations: AreaWords = {
  types: { customerItem: { one: '客户商品' }, priceBook: { one: '价格手册' }, promotion: { one: '促销活动' } },
  parts: { priceBook: { lines: '价格明细' }, promotion: { lines: '促销内容', customers: '适用客户' } },
  fields: {
    common: { customerCode: '客户料号', priceSource: '价格来源' },
    user: { priceLevel: '可售到的价格等级' },
    position: { priceLevel: '可售到的价格等级' },
    customerItem: { code: '客户料号', name: '客户品名', grossPrice: '约定含税价', validUntil: '有效期至' },
    priceBook: { subject: '主题', validFrom: '生效日期', validUntil: '有效期至', priceLevel: '适用价格等级' },
    promotion: { subject: '主题', validFrom: '生效日期', validUntil: '有效期至', priceLevel: '适用价格等级', minQuantity: '起订数量' },
    customer: { statusSince: '状态变更时间', lastActivityOn: '最近往来' },
    quotation: { revision: '版本号', revisionOf: '首版报价单', revisedBy: '新版报价单', wonBy: '成交方式' },
  },
  choices: {
    common: {
      priceSource: { agreed: '约定价', promotion: '促销价', last: '上次成交价', priceBook: '价格手册', level: '等级价', list: '标准价' },
    },
    quotation: { wonBy: { orders: '全部转单', hand: '人工标记' } },
  },
  states: {
    priceBook: { approved: '已生效', closed: '已停用' },
    promotion: { approved: '已生效', closed: '已停用' },
    quotation: { sent: '已发送', won: '已成交', superseded: '已有新版' },
  },
  steps: {
    priceBook: { close: '停用' },
    promotion: { close: '停用' },
    quotation: {
      send: '标记已发送',
      win: '标记成交',
      reopen: '重新跟进',
      revise: '修订新版',
      complete: '全部转单成交',
      resume: '恢复跟进',
    },
  },
  groups: { revisions: '版本' },
  refusals: {
    'notice.birthday': '{{customer}} 的 {{title}} 将在 {{day}} 过生日。',
    'notice.idleCustomer': '客户 {{title}} 已有 {{days}} 天没有往来。',
    'notice.newItem': '新商品：{{title}}。',
    'notice.newPrice': '调价：{{title}}，含税价 {{price|price}}。',
    'prices.endsTooEarly': '结束日期早于开始日期。',
    'prices.lineIncomplete': '有 {{count}} 行没有写清楚：每行选一个商品或一个分类，并填一个价格或一个折扣。',
    'view.notShared': '先把视图共享给所有同事，再设为岗位默认。',
    'tree.circle': '不能放到自己或自己的下级之下。',
    'notice.quotationExpired': '报价单 {{title}} 已过有效期。',
  },
};
