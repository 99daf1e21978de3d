import type { DomainWords } from '../../labels.ts';
import { dictionaries, operations, scopes } from './names.ts';

export const choices: DomainWords['choices'] = {
  common: {
    language: { 'zh-CN': '簡體中文', 'zh-TW': '繁體中文', en: '英文' },
    paymentState: { none: '未收款', part: '部分收款', all: '已收齊' },
    priceBasis: { net: '依未稅價', gross: '依含稅價' },
  },
  department: { kindOfUnit: { company: '公司', branch: '分公司', office: '辦事處', department: '部門', team: '小組' } },
  position: {
    'grants.operation': operations,
    'grants.scope': scopes,
    'fieldRights.access': { hidden: '不可見', readOnly: '唯讀' },
  },
  user: { employment: { employed: '在職', left: '離職' } },
  dictionaryEntry: { dictionary: dictionaries },
  account: { accountKind: { bank: '銀行帳戶', cash: '現金', alipay: '支付寶', wechat: '微信支付', other: '其他' } },
  warehouse: { negativeStock: { forbid: '禁止', warn: '提醒', allow: '允許' } },
  item: {
    itemType: { goods: '庫存商品', service: '服務', sparePart: '備品零件', officeSupply: '辦公用品', gift: '禮品' },
    origin: { bought: '外購', made: '自製', consigned: '受託寄售', intangible: '無實體' },
  },
  customer: { 'addresses.purpose': { delivery: '收貨', billing: '收發票', other: '其他' } },
  contact: { gender: { female: '女', male: '男', other: '其他' } },
  quotation: {
    lostReason: { price: '價格', delivery: '交期', quality: '品質', competitor: '競爭對手', noDemand: '需求取消', other: '其他' },
    orderedState: { none: '未轉單', part: '部分轉單', all: '全部轉單' },
  },
  frameContract: { calledState: { none: '未下單', part: '部分下單', all: '已全部下單' } },
  salesOrder: { deliveryState: { none: '未出庫', part: '部分出庫', all: '已全部出庫' } },
};

export const states: DomainWords['states'] = {
  common: {
    draft: '草稿',
    pending: '待審核',
    approved: '已審核',
    void: '已作廢',
    posted: '已入帳',
    reversed: '已沖銷',
    reversal: '紅字沖銷單',
  },
  quotation: { lost: '未成交', expired: '已過期' },
  frameContract: { closed: '已終止' },
  salesOrder: { completed: '已完成', closed: '已關閉' },
  stockOut: { posted: '已出庫' },
  receipt: { posted: '已收款' },
  costAdjustment: { posted: '已調整' },
  settlement: { posted: '已沖銷' },
};

export const steps: DomainWords['steps'] = {
  common: {
    submit: '提交審核',
    approve: '審核',
    reject: '駁回',
    withdraw: '抽回',
    takeBack: '撤銷入帳',
    void: '作廢',
    post: '入帳',
    reverse: '紅字沖銷',
  },
  quotation: { lose: '標示未成交', expire: '標示過期' },
  frameContract: { close: '終止' },
  salesOrder: { takeBack: '取消審核', close: '關閉', reopen: '重新開啟', complete: '完成', resume: '恢復執行' },
  stockOut: { post: '確認出庫', takeBack: '撤銷出庫' },
  receipt: { post: '確認收款', takeBack: '撤銷收款' },
  costAdjustment: { post: '確認調整', takeBack: '撤銷調整' },
  settlement: { post: '確認沖銷', takeBack: '撤銷沖銷' },
};
