import type { AreaWords } from '../../labels.ts';

export const lots: AreaWords = {
  types: {
    lot: {
      one: '批次',
    },
  },
  fields: {
    common: {
      tracking: '批号/序列号管理',
      shelfLifeDays: '保质期（天）',
      expiryWarnDays: '到期前几天提醒',
      madeOn: '生产日期',
      expiresOn: '有效期至',
      lotNumbers: '批号/序列号',
      lot: '批次',
      'lots.number': '批号/序列号',
      lotNumber: '批号/序列号',
    },
    lot: {
      number: '批号/序列号',
      blocked: '冻结',
      key: '查找键',
      warnedOn: '已提醒日期',
    },
    transferIn: {
      'lots.lost': '其中损耗',
    },
  },
  parts: {
    common: {
      lots: '批号/序列号',
    },
  },
  choices: {
    item: {
      tracking: {
        none: '不区分',
        lot: '按批号',
        serial: '按序列号',
      },
    },
  },
  ledgers: {
    lots: '批次',
  },
  refusals: {
    'item.trackingFixed': '该商品还有库存，不能更改批号/序列号管理方式。请先清空库存，再更改。',
    'lots.missing':
      '“{{item}}”按批号或序列号管理：需要 {{wanted|quantity}}，只指定了 {{given|quantity}}。请在“批号/序列号”中填写，出库可点“按先到期先出”自动选取。',
    'lots.surplus': '“{{item}}”指定的批号数量比明细多 {{surplus|quantity}}。请减少批号数量或修改明细。',
    'lots.notTracked': '批号 {{number}} 的商品不按批号或序列号管理。请删除这一行。',
    'lots.oneEach': '序列号 {{number}} 的数量只能是 1。',
    'lots.twice': '序列号 {{number}} 在本单中重复。请删除重复的一行。',
    'lots.daysReversed': '批号 {{number}} 的有效期早于生产日期。请检查这两个日期。',
    'lots.unknown': '没有批号或序列号 {{number}}。请检查录入，或从现有批次中选择。',
    'lots.alreadyHere': '序列号 {{number}} 已经在库，不能再次入库。',
    'lots.otherDays': '批号 {{number}} 已登记的日期是 {{day|day}}，与本单不同。请改用已登记的日期，或换一个批号。',
    'lots.notHeld': '{{place}}中批号“{{item}}”不足：需要 {{wanted|quantity}}，现有 {{held|quantity}}。请选择其他批次。',
    'lots.blocked': '批号 {{number}} 已冻结，不能销售或领用。请换一个批次，或先解除冻结。',
    'lots.expired': '批号 {{number}} 已于 {{expiresOn|day}} 过期。',
    'notice.lotExpiring': '“{{item}}”批号 {{number}} 将于 {{expiresOn|day}} 到期，还有 {{days}} 天。',
    'count.lotMissing': '“{{item}}”按批号或序列号管理，请逐批盘点并填写批号。',
    'lots.untold': '“{{item}}”的管理方式已更改，这一步的批次与库存对不上。请用其他入库单或其他出库单处理。',
  },
};
