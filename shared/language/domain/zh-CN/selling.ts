import type { AreaWords } from '../../labels.ts';

export const selling: AreaWords = {
  types: {
    orderType: {
      one: '订单类型',
    },
    deliveryNotice: {
      one: '发货通知单',
    },
    salesReturn: {
      one: '销售退货单',
    },
    packingList: {
      one: '装箱单',
    },
    loan: {
      one: '借出单',
    },
    loanReturn: {
      one: '归还单',
    },
    loanSale: {
      one: '借出转销售单',
    },
    loanWriteOff: {
      one: '借出核销单',
    },
    sampleNote: {
      one: '样品单',
    },
  },
  fields: {
    common: {
      order: '销售订单',
      orderRow: '订单行',
      baseNetAmount: '本位币不含税金额',
      costTotal: '成本合计',
      cost: '成本金额',
    },
    orderType: {
      name: '类型名称',
      outboundBy: '出库依据',
      receivableFrom: '应收依据',
      depositRate: '发货前须收比例',
    },
    salesOrder: {
      orderType: '订单类型',
      outboundBy: '出库依据',
      receivableFrom: '应收依据',
      depositRate: '发货前须收比例',
      'lines.released': '已通知发货数量',
    },
    stockOut: {
      receivableFrom: '应收依据',
      'lines.returned': '已退货数量',
      signedOn: '签收日期',
      signedBy: '签收人',
      signedPicture: '签收照片',
      'parcels.number': '物流单号',
      'parcels.boxCount': '件数',
      'parcels.weight': '重量（千克）',
      'lines.packed': '已装箱数量',
    },
    deliveryNotice: {
      day: '通知日期',
      shipOn: '计划发货日',
      shippedState: '出库状态',
      'lines.name': '品名',
      'lines.shipped': '已出库数量',
      'lines.quantity': '通知发货数量',
    },
    customer: {
      plainDelivery: '送货单不带价',
    },
    dictionaryEntry: {
      queryAddress: '查询网址',
      arrivalDays: '预计送达天数',
    },
    salesReturn: {
      day: '退货日期',
      returnReason: '退货原因',
      'lines.name': '品名',
      'lines.quantity': '退货数量',
    },
    packingList: {
      marks: '唛头',
      boxCount: '箱数',
      netWeight: '净重（千克）',
      grossWeight: '毛重（千克）',
      'lines.boxNumber': '箱号',
      'lines.measures': '外箱尺寸',
      'lines.name': '品名',
      'lines.quantity': '装箱数量',
    },
    loan: {
      day: '借出日期',
      dueOn: '应还日期',
      purpose: '用途',
      settledState: '归还状态',
      'lines.quantity': '借出数量',
      'lines.settled': '已归还或处理',
      'lines.name': '品名',
    },
    loanReturn: {
      day: '归还日期',
      'lines.quantity': '归还数量',
      'lines.name': '品名',
    },
    loanSale: {
      day: '销售日期',
      'lines.name': '品名',
    },
    loanWriteOff: {
      day: '核销日期',
      writeOffKind: '核销类型',
      'lines.quantity': '核销数量',
      'lines.name': '品名',
    },
    sampleNote: {
      day: '日期',
      charge: '收费方式',
      followUpOn: '跟进日期',
      outcome: '跟进结果',
      'lines.name': '品名',
    },
  },
  choices: {
    loan: {
      settledState: {
        none: '未归还',
        part: '部分归还',
        all: '已结清',
      },
    },
    loanWriteOff: {
      writeOffKind: {
        gift: '赠送',
        lost: '丢失',
        damaged: '损坏',
      },
    },
    sampleNote: {
      charge: {
        free: '免费',
        charged: '收费',
      },
    },
    common: {
      outboundBy: {
        order: '订单',
        notice: '发货通知单',
      },
      receivableFrom: {
        order: '订单',
        stockOut: '出库单',
      },
    },
    dictionaryEntry: {
      dictionary: {
        returnReason: '退货原因',
      },
    },
    deliveryNotice: {
      shippedState: {
        none: '未出库',
        part: '部分出库',
        all: '已全部出库',
      },
    },
  },
  states: {
    deliveryNotice: {
      approved: '待出库',
      completed: '已出库',
      closed: '已关闭',
    },
    salesReturn: {
      posted: '已入库',
    },
    packingList: {
      packed: '已装箱',
    },
    loan: {
      posted: '已借出',
    },
    loanReturn: {
      posted: '已归还',
    },
    loanSale: {
      posted: '已销售',
    },
    loanWriteOff: {
      posted: '已核销',
    },
    sampleNote: {
      posted: '已发出',
    },
  },
  steps: {
    deliveryNotice: {
      approve: '通知发货',
      takeBack: '撤销通知',
      close: '关闭剩余',
      complete: '完成',
      resume: '恢复执行',
    },
    salesReturn: {
      post: '确认退货入库',
      takeBack: '撤销退货',
    },
    packingList: {
      pack: '确认装箱',
      takeBack: '撤销装箱',
    },
    loan: {
      post: '确认借出',
      takeBack: '撤销借出',
    },
    loanReturn: {
      post: '确认归还',
      takeBack: '撤销归还',
    },
    loanSale: {
      post: '确认销售',
      takeBack: '撤销销售',
    },
    loanWriteOff: {
      post: '确认核销',
      takeBack: '撤销核销',
    },
    sampleNote: {
      post: '确认发出',
      takeBack: '撤销发出',
    },
  },
  rights: {
    'delivery.override': '不符合发货条件也可发货',
    'return.withoutDelivery': '无出库单也可退货',
  },
  groups: {
    signing: '签收',
  },
  parts: {
    stockOut: {
      parcels: '包裹',
    },
    packingList: {
      lines: '装箱明细',
    },
  },
  dictionaries: {
    returnReason: '退货原因',
  },
  refusals: {
    'order.releasedNotShipped': '还有 {{count}} 行已通知发货但没有出库，请先出库，或关闭发货通知单的剩余数量，再关闭订单。',
    'credit.overdue': '客户有逾期未收款 {{amount|money}}，最长已逾期 {{days}} 天。请先催收，或请有权限的人说明原因后放行。',
    'release.depositMissing':
      '订单 {{number}} 发货前须收 {{needed|money}}，目前收到 {{paid|money}}。请先收款，或请有权限的人说明原因后放行。',
    'release.stockShort': '“{{item}}”可发库存不足：需要 {{wanted|quantity}}，可发 {{free|quantity}}。请减少数量、换仓库或等待入库。',
    'return.withoutDelivery': '退货明细没有对应的出库单。请从出库单下推退货，或请有权限的人处理。',
  },
};
