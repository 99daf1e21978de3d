import type { DomainWords } from '../../labels.ts';
import { dictionaries, operations, scopes } from './names.ts';

export const choices: DomainWords['choices'] = {
  common: {
    language: { 'zh-CN': '简体中文', 'zh-TW': '繁体中文', en: '英文' },
    paymentState: { none: '未收款', part: '部分收款', all: '已收齐' },
    priceBasis: { net: '按不含税价', gross: '按含税价' },
  },
  department: { kindOfUnit: { company: '公司', branch: '分公司', office: '办事处', department: '部门', team: '小组' } },
  position: {
    'grants.operation': operations,
    'grants.scope': scopes,
    'fieldRights.access': { hidden: '不可见', readOnly: '只读' },
  },
  user: { employment: { employed: '在职', left: '离职' } },
  dictionaryEntry: { dictionary: dictionaries },
  account: { accountKind: { bank: '银行账户', cash: '现金', alipay: '支付宝', wechat: '微信支付', other: '其他' } },
  warehouse: { negativeStock: { forbid: '禁止', warn: '提醒', allow: '允许' } },
  item: {
    itemType: { goods: '库存商品', service: '服务', sparePart: '备品备件', officeSupply: '办公用品', gift: '礼品' },
    origin: { bought: '外购', made: '自制', consigned: '受托代销', intangible: '无实物' },
  },
  customer: { 'addresses.purpose': { delivery: '收货', billing: '收票', other: '其他' } },
  contact: { gender: { female: '女', male: '男', other: '其他' } },
  quotation: {
    lostReason: { price: '价格', delivery: '交期', quality: '质量', competitor: '竞争对手', noDemand: '需求取消', other: '其他' },
    orderedState: { none: '未转单', part: '部分转单', all: '全部转单' },
  },
  frameContract: { calledState: { none: '未下单', part: '部分下单', all: '已全部下单' } },
  salesOrder: { deliveryState: { none: '未出库', part: '部分出库', all: '已全部出库' } },
};

export const states: DomainWords['states'] = {
  common: {
    draft: '草稿',
    pending: '待审核',
    approved: '已审核',
    void: '已作废',
    posted: '已入账',
    reversed: '已红冲',
    reversal: '红冲单',
  },
  quotation: { lost: '已失单', expired: '已过期' },
  frameContract: { closed: '已终止' },
  salesOrder: { completed: '已完成', closed: '已关闭' },
  stockOut: { posted: '已出库' },
  receipt: { posted: '已收款' },
  costAdjustment: { posted: '已调整' },
  settlement: { posted: '已核销' },
};

export const steps: DomainWords['steps'] = {
  common: {
    submit: '提交审核',
    approve: '审核',
    reject: '驳回',
    withdraw: '撤回',
    takeBack: '撤销入账',
    void: '作废',
    post: '入账',
    reverse: '红冲',
  },
  quotation: { lose: '标记失单', expire: '标记过期' },
  frameContract: { close: '终止' },
  salesOrder: { takeBack: '反审核', close: '关闭', reopen: '反关闭', complete: '完成', resume: '恢复执行' },
  stockOut: { post: '确认出库', takeBack: '撤销出库' },
  receipt: { post: '确认收款', takeBack: '撤销收款' },
  costAdjustment: { post: '确认调整', takeBack: '撤销调整' },
  settlement: { post: '确认核销', takeBack: '撤销核销' },
};
