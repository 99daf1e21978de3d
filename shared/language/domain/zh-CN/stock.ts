import type { AreaWords } from '../../labels.ts';

export const stock: AreaWords = {
  types: {
    stockTransfer: {
      one: '调拨单',
    },
    transferIn: {
      one: '调拨入库单',
    },
    otherIn: {
      one: '其他入库单',
    },
    otherOut: {
      one: '其他出库单',
    },
    requisition: {
      one: '领料单',
    },
    requisitionReturn: {
      one: '退料单',
    },
    stockCount: {
      one: '盘点单',
    },
    countSheet: {
      one: '盘点录入单',
    },
    stockGain: {
      one: '盘盈单',
    },
    stockLoss: {
      one: '盘亏单',
    },
    assembly: {
      one: '组装单',
    },
    disassembly: {
      one: '拆卸单',
    },
  },
  fields: {
    common: {
      'lines.name': '品名',
      stockReason: '出入库原因',
      cost: '成本金额',
      costTotal: '成本合计',
      forDepartment: '领用部门',
      forPerson: '领用人',
      round: '盘点轮次',
      setItem: '成品',
    },
    stockTransfer: {
      day: '调拨日期',
      warehouse: '调出仓库',
      toWarehouse: '调入仓库',
      carrier: '承运商',
      receivedState: '收货状态',
      'lines.received': '已收数量',
    },
    transferIn: {
      day: '入库日期',
      warehouse: '调入仓库',
      fromWarehouse: '调出仓库',
      'lines.quantity': '本次结清数量',
      'lines.lost': '其中损耗',
      'lines.lossReason': '损耗原因',
      'lines.cost': '损耗成本',
    },
    otherIn: {
      day: '入库日期',
      'lines.unitCost': '单位成本',
    },
    otherOut: {
      day: '出库日期',
    },
    requisition: {
      day: '领料日期',
      purpose: '用途',
      'lines.returned': '已退数量',
    },
    requisitionReturn: {
      day: '退料日期',
      forPerson: '退料人',
      forDepartment: '退料部门',
    },
    stockCount: {
      day: '盘点日期',
      category: '商品分类',
      uncounted: '未盘商品',
      startedAt: '开始时间',
      differences: '差异项数',
      missing: '未盘项数',
      gainNote: '盘盈单',
      lossNote: '盘亏单',
      'lines.counted': '实盘数量',
      'lines.countRound': '盘点轮次',
      'lines.countedAt': '盘点时间',
      'lines.snapshot': '开始时账面',
      'lines.moved': '期间变动',
      'lines.difference': '差异',
      'lines.differenceCost': '差异金额',
    },
    countSheet: {
      count: '盘点单',
      day: '盘点日期',
      counter: '盘点人',
      zone: '盘点区域',
      'lines.quantity': '实盘数量',
      'lines.countedAt': '盘点时间',
    },
    stockGain: {
      day: '盘盈日期',
      count: '盘点单',
      'lines.quantity': '盘盈数量',
    },
    stockLoss: {
      day: '盘亏日期',
      count: '盘点单',
      'lines.quantity': '盘亏数量',
    },
    assembly: {
      day: '组装日期',
      quantity: '组装数量',
      'lines.quantity': '配件数量',
    },
    disassembly: {
      day: '拆卸日期',
      quantity: '拆卸数量',
      'lines.quantity': '配件数量',
      'lines.share': '成本分摊比例',
    },
    item: {
      'components.component': '配件',
      'components.quantity': '每套数量',
      'stockLimits.warehouse': '仓库',
      'stockLimits.minimum': '最低库存',
      'stockLimits.maximum': '最高库存',
      'stockLimits.notify': '通知人',
      'stockLimits.alsoNotify': '同时通知',
    },
    user: {
      'warehouses.warehouse': '可操作仓库',
    },
  },
  parts: {
    item: {
      components: '组成配件',
      stockLimits: '库存上下限',
    },
    user: {
      warehouses: '限定仓库',
    },
    assembly: {
      lines: '配件',
    },
    disassembly: {
      lines: '配件',
    },
    stockCount: {
      lines: '盘点明细',
    },
  },
  choices: {
    dictionaryEntry: { dictionary: { stockReason: '出入库原因' } },
    stockTransfer: {
      receivedState: {
        none: '未收货',
        part: '部分收货',
        all: '已全部收货',
      },
    },
    stockCount: {
      uncounted: {
        keep: '保持账面',
        zero: '按零处理',
      },
    },
  },
  states: {
    stockTransfer: {
      posted: '已发出',
      completed: '已完成',
    },
    transferIn: {
      posted: '已入库',
    },
    otherIn: {
      posted: '已入库',
    },
    otherOut: {
      posted: '已出库',
    },
    requisition: {
      posted: '已领料',
    },
    requisitionReturn: {
      posted: '已退料',
    },
    stockCount: {
      counting: '盘点中',
      review: '待确认',
      posted: '已过账',
    },
    countSheet: {
      posted: '已提交',
    },
    assembly: {
      posted: '已组装',
    },
    disassembly: {
      posted: '已拆卸',
    },
  },
  steps: {
    stockTransfer: {
      post: '确认发出',
      takeBack: '撤销发出',
      complete: '完成',
      resume: '恢复',
    },
    transferIn: {
      post: '确认入库',
      takeBack: '撤销入库',
    },
    otherIn: {
      post: '确认入库',
      takeBack: '撤销入库',
    },
    otherOut: {
      post: '确认出库',
      takeBack: '撤销出库',
    },
    requisition: {
      post: '确认领料',
      takeBack: '撤销领料',
    },
    requisitionReturn: {
      post: '确认退料',
      takeBack: '撤销退料',
    },
    stockCount: {
      start: '开始盘点',
      finish: '结束盘点',
      recount: '差异复盘',
      post: '生成盘盈盘亏',
      takeBack: '撤销过账',
    },
    countSheet: {
      post: '提交',
      takeBack: '撤回',
    },
    assembly: {
      post: '确认组装',
      takeBack: '撤销组装',
    },
    disassembly: {
      post: '确认拆卸',
      takeBack: '撤销拆卸',
    },
  },
  rights: {
    'see.bookStock': '盘点时查看账面数量',
  },
  dictionaries: {
    stockReason: '出入库原因',
  },
  refusals: {
    'goods.unknownUnit': '商品没有单位“{{unit}}”。请选择商品资料里的单位。',
    'stock.notKept': '有 {{count}} 行商品（服务或无实物）不管理库存，请删除这些行。',
    'stock.otherWarehouse': '您只能操作限定的仓库，不能动用“{{warehouse}}”。请换仓库，或请有权限的同事处理。',
    'notice.lowStock': '“{{item}}”可用库存只剩 {{available|quantity}}，低于下限 {{minimum|quantity}}。',
    'notice.lowStockAt': '“{{item}}”在{{warehouse}}的可用库存只剩 {{available|quantity}}，低于下限 {{minimum|quantity}}。',
    'transfer.sameWarehouse': '调出仓库和调入仓库不能相同，请重新选择。',
    'transfer.lostTooMuch': '损耗不能多于本次结清的数量，请改小。',
    'transfer.lossWithoutReason': '有损耗时请选择损耗原因。',
    'assembly.partOfItself': '成品不能同时是自己的配件，请更换这一行的商品。',
    'count.nothing': '该仓库（或分类）里没有可盘的商品，请改选范围，或在明细中列出商品。',
    'count.overlaps': '盘点单 {{number}} 正在盘点其中的商品，请先完成或作废它。',
    'count.notCounting': '盘点单 {{number}} 不在盘点中，不能提交或撤回录入单。',
  },
};
