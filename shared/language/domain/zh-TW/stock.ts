import type { AreaWords } from '../../labels.ts';

export const stock: AreaWords = {
  types: {
    stockTransfer: {
      one: '調撥單',
    },
    transferIn: {
      one: '調撥入庫單',
    },
    otherIn: {
      one: '其他入庫單',
    },
    otherOut: {
      one: '其他出庫單',
    },
    requisition: {
      one: '領料單',
    },
    requisitionReturn: {
      one: '退料單',
    },
    stockCount: {
      one: '盤點單',
    },
    countSheet: {
      one: '盤點輸入單',
    },
    stockGain: {
      one: '盤盈單',
    },
    stockLoss: {
      one: '盤虧單',
    },
    assembly: {
      one: '組裝單',
    },
    disassembly: {
      one: '拆卸單',
    },
  },
  fields: {
    common: {
      'lines.name': '品名',
      stockReason: '出入庫原因',
      cost: '成本金額',
      costTotal: '成本合計',
      forDepartment: '領用部門',
      forPerson: '領用人',
      round: '盤點輪次',
      setItem: '成品',
    },
    stockTransfer: {
      day: '調撥日期',
      warehouse: '調出倉庫',
      toWarehouse: '調入倉庫',
      carrier: '貨運公司',
      receivedState: '收貨狀態',
      'lines.received': '已收數量',
    },
    transferIn: {
      day: '入庫日期',
      warehouse: '調入倉庫',
      fromWarehouse: '調出倉庫',
      'lines.quantity': '本次結清數量',
      'lines.lost': '其中損耗',
      'lines.lossReason': '損耗原因',
      'lines.cost': '損耗成本',
    },
    otherIn: {
      day: '入庫日期',
      'lines.unitCost': '單位成本',
    },
    otherOut: {
      day: '出庫日期',
    },
    requisition: {
      day: '領料日期',
      purpose: '用途',
      'lines.returned': '已退數量',
    },
    requisitionReturn: {
      day: '退料日期',
      forPerson: '退料人',
      forDepartment: '退料部門',
    },
    stockCount: {
      day: '盤點日期',
      category: '商品分類',
      uncounted: '未盤商品',
      startedAt: '開始時間',
      differences: '差異項數',
      missing: '未盤項數',
      gainNote: '盤盈單',
      lossNote: '盤虧單',
      'lines.counted': '實盤數量',
      'lines.countRound': '盤點輪次',
      'lines.countedAt': '盤點時間',
      'lines.snapshot': '開始時帳面',
      'lines.moved': '期間異動',
      'lines.difference': '差異',
      'lines.differenceCost': '差異金額',
    },
    countSheet: {
      count: '盤點單',
      day: '盤點日期',
      counter: '盤點人',
      zone: '盤點區域',
      'lines.quantity': '實盤數量',
      'lines.countedAt': '盤點時間',
    },
    stockGain: {
      day: '盤盈日期',
      count: '盤點單',
      'lines.quantity': '盤盈數量',
    },
    stockLoss: {
      day: '盤虧日期',
      count: '盤點單',
      'lines.quantity': '盤虧數量',
    },
    assembly: {
      day: '組裝日期',
      quantity: '組裝數量',
      'lines.quantity': '配件數量',
    },
    disassembly: {
      day: '拆卸日期',
      quantity: '拆卸數量',
      'lines.quantity': '配件數量',
      'lines.share': '成本分攤比例',
    },
    item: {
      'components.component': '配件',
      'components.quantity': '每套數量',
      'stockLimits.warehouse': '倉庫',
      'stockLimits.minimum': '最低庫存',
      'stockLimits.maximum': '最高庫存',
      'stockLimits.notify': '通知人',
      'stockLimits.alsoNotify': '同時通知',
    },
    user: {
      'warehouses.warehouse': '可操作倉庫',
    },
  },
  parts: {
    item: {
      components: '組成配件',
      stockLimits: '庫存上下限',
    },
    user: {
      warehouses: '限定倉庫',
    },
    assembly: {
      lines: '配件',
    },
    disassembly: {
      lines: '配件',
    },
    stockCount: {
      lines: '盤點明細',
    },
  },
  choices: {
    dictionaryEntry: { dictionary: { stockReason: '出入庫原因' } },
    stockTransfer: {
      receivedState: {
        none: '未收貨',
        part: '部分收貨',
        all: '已全部收貨',
      },
    },
    stockCount: {
      uncounted: {
        keep: '保持帳面',
        zero: '按零處理',
      },
    },
  },
  states: {
    stockTransfer: {
      posted: '已發出',
      completed: '已完成',
    },
    transferIn: {
      posted: '已入庫',
    },
    otherIn: {
      posted: '已入庫',
    },
    otherOut: {
      posted: '已出庫',
    },
    requisition: {
      posted: '已領料',
    },
    requisitionReturn: {
      posted: '已退料',
    },
    stockCount: {
      counting: '盤點中',
      review: '待確認',
      posted: '已過帳',
    },
    countSheet: {
      posted: '已提交',
    },
    assembly: {
      posted: '已組裝',
    },
    disassembly: {
      posted: '已拆卸',
    },
  },
  steps: {
    stockTransfer: {
      post: '確認發出',
      takeBack: '撤銷發出',
      complete: '完成',
      resume: '恢復',
    },
    transferIn: {
      post: '確認入庫',
      takeBack: '撤銷入庫',
    },
    otherIn: {
      post: '確認入庫',
      takeBack: '撤銷入庫',
    },
    otherOut: {
      post: '確認出庫',
      takeBack: '撤銷出庫',
    },
    requisition: {
      post: '確認領料',
      takeBack: '撤銷領料',
    },
    requisitionReturn: {
      post: '確認退料',
      takeBack: '撤銷退料',
    },
    stockCount: {
      start: '開始盤點',
      finish: '結束盤點',
      recount: '差異複盤',
      post: '產生盤盈盤虧',
      takeBack: '撤銷過帳',
    },
    countSheet: {
      post: '提交',
      takeBack: '撤回',
    },
    assembly: {
      post: '確認組裝',
      takeBack: '撤銷組裝',
    },
    disassembly: {
      post: '確認拆卸',
      takeBack: '撤銷拆卸',
    },
  },
  rights: {
    'see.bookStock': '盤點時檢視帳面數量',
  },
  dictionaries: {
    stockReason: '出入庫原因',
  },
  refusals: {
    'goods.unknownUnit': '商品沒有單位「{{unit}}」。請選擇商品資料裡的單位。',
    'stock.notKept': '有 {{count}} 行商品（服務或無實物）不管理庫存，請刪除這些行。',
    'stock.otherWarehouse': '您只能操作限定的倉庫，不能動用「{{warehouse}}」。請換倉庫，或請有權限的同事處理。',
    'notice.lowStock': '「{{item}}」可用庫存只剩 {{available|quantity}}，低於下限 {{minimum|quantity}}。',
    'notice.lowStockAt': '「{{item}}」在{{warehouse}}的可用庫存只剩 {{available|quantity}}，低於下限 {{minimum|quantity}}。',
    'transfer.sameWarehouse': '調出倉庫和調入倉庫不能相同，請重新選擇。',
    'transfer.lostTooMuch': '損耗不能多於本次結清的數量，請改小。',
    'transfer.lossWithoutReason': '有損耗時請選擇損耗原因。',
    'assembly.partOfItself': '成品不能同時是自己的配件，請更換這一行的商品。',
    'count.nothing': '該倉庫（或分類）裡沒有可盤的商品，請改選範圍，或在明細中列出商品。',
    'count.overlaps': '盤點單 {{number}} 正在盤點其中的商品，請先完成或作廢它。',
    'count.notCounting': '盤點單 {{number}} 不在盤點中，不能提交或撤回輸入單。',
  },
};
