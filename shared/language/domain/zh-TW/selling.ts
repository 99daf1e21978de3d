import type { AreaWords } from '../../labels.ts';

export const selling: AreaWords = {
  types: {
    orderType: {
      one: '訂單類型',
    },
    deliveryNotice: {
      one: '出貨通知單',
    },
    salesReturn: {
      one: '銷貨退回單',
    },
    packingList: {
      one: '裝箱單',
    },
    loan: {
      one: '借出單',
    },
    loanReturn: {
      one: '歸還單',
    },
    loanSale: {
      one: '借出轉銷售單',
    },
    loanWriteOff: {
      one: '借出核銷單',
    },
    sampleNote: {
      one: '樣品單',
    },
  },
  fields: {
    common: {
      order: '銷售訂單',
      orderRow: '訂單行',
      baseNetAmount: '本位幣未稅金額',
      costTotal: '成本合計',
      cost: '成本金額',
    },
    orderType: {
      name: '類型名稱',
      outboundBy: '出庫依據',
      receivableFrom: '應收依據',
      depositRate: '出貨前須收比例',
    },
    salesOrder: {
      orderType: '訂單類型',
      outboundBy: '出庫依據',
      receivableFrom: '應收依據',
      depositRate: '出貨前須收比例',
      'lines.released': '已通知出貨數量',
    },
    stockOut: {
      receivableFrom: '應收依據',
      'lines.returned': '已退貨數量',
      signedOn: '簽收日期',
      signedBy: '簽收人',
      signedPicture: '簽收照片',
      'parcels.number': '物流單號',
      'parcels.boxCount': '件數',
      'parcels.weight': '重量（公斤）',
      'lines.packed': '已裝箱數量',
    },
    deliveryNotice: {
      day: '通知日期',
      shipOn: '預計出貨日',
      shippedState: '出庫狀態',
      'lines.name': '品名',
      'lines.shipped': '已出庫數量',
      'lines.quantity': '通知出貨數量',
    },
    customer: {
      plainDelivery: '送貨單不含價',
    },
    dictionaryEntry: {
      queryAddress: '查詢網址',
      arrivalDays: '預計送達天數',
    },
    salesReturn: {
      day: '退貨日期',
      returnReason: '退貨原因',
      'lines.name': '品名',
      'lines.quantity': '退貨數量',
    },
    packingList: {
      marks: '嘜頭',
      boxCount: '箱數',
      netWeight: '淨重（公斤）',
      grossWeight: '毛重（公斤）',
      'lines.boxNumber': '箱號',
      'lines.measures': '外箱尺寸',
      'lines.name': '品名',
      'lines.quantity': '裝箱數量',
    },
    loan: {
      day: '借出日期',
      dueOn: '應還日期',
      purpose: '用途',
      settledState: '歸還狀態',
      'lines.quantity': '借出數量',
      'lines.settled': '已歸還或處理',
      'lines.name': '品名',
    },
    loanReturn: {
      day: '歸還日期',
      'lines.quantity': '歸還數量',
      'lines.name': '品名',
    },
    loanSale: {
      day: '銷售日期',
      'lines.name': '品名',
    },
    loanWriteOff: {
      day: '核銷日期',
      writeOffKind: '核銷類型',
      'lines.quantity': '核銷數量',
      'lines.name': '品名',
    },
    sampleNote: {
      day: '日期',
      charge: '收費方式',
      followUpOn: '跟進日期',
      outcome: '跟進結果',
      'lines.name': '品名',
    },
  },
  choices: {
    loan: {
      settledState: {
        none: '未歸還',
        part: '部分歸還',
        all: '已結清',
      },
    },
    loanWriteOff: {
      writeOffKind: {
        gift: '贈送',
        lost: '遺失',
        damaged: '損壞',
      },
    },
    sampleNote: {
      charge: {
        free: '免費',
        charged: '收費',
      },
    },
    common: {
      outboundBy: {
        order: '訂單',
        notice: '出貨通知單',
      },
      receivableFrom: {
        order: '訂單',
        stockOut: '出庫單',
      },
    },
    dictionaryEntry: {
      dictionary: {
        returnReason: '退貨原因',
      },
    },
    deliveryNotice: {
      shippedState: {
        none: '未出庫',
        part: '部分出庫',
        all: '已全部出庫',
      },
    },
  },
  states: {
    deliveryNotice: {
      approved: '待出庫',
      completed: '已出庫',
      closed: '已關閉',
    },
    salesReturn: {
      posted: '已入庫',
    },
    packingList: {
      packed: '已裝箱',
    },
    loan: {
      posted: '已借出',
    },
    loanReturn: {
      posted: '已歸還',
    },
    loanSale: {
      posted: '已銷售',
    },
    loanWriteOff: {
      posted: '已核銷',
    },
    sampleNote: {
      posted: '已發出',
    },
  },
  steps: {
    deliveryNotice: {
      approve: '通知出貨',
      takeBack: '撤銷通知',
      close: '關閉剩餘',
      complete: '完成',
      resume: '恢復執行',
    },
    salesReturn: {
      post: '確認退貨入庫',
      takeBack: '撤銷退貨',
    },
    packingList: {
      pack: '確認裝箱',
      takeBack: '撤銷裝箱',
    },
    loan: {
      post: '確認借出',
      takeBack: '撤銷借出',
    },
    loanReturn: {
      post: '確認歸還',
      takeBack: '撤銷歸還',
    },
    loanSale: {
      post: '確認銷售',
      takeBack: '撤銷銷售',
    },
    loanWriteOff: {
      post: '確認核銷',
      takeBack: '撤銷核銷',
    },
    sampleNote: {
      post: '確認發出',
      takeBack: '撤銷發出',
    },
  },
  rights: {
    'delivery.override': '不符合出貨條件也可出貨',
    'return.withoutDelivery': '無出庫單也可退貨',
  },
  groups: {
    signing: '簽收',
  },
  parts: {
    stockOut: {
      parcels: '包裹',
    },
    packingList: {
      lines: '裝箱明細',
    },
  },
  dictionaries: {
    returnReason: '退貨原因',
  },
  refusals: {
    'order.releasedNotShipped': '還有 {{count}} 行已通知出貨但尚未出庫，請先出庫，或關閉出貨通知單的剩餘數量，再關閉訂單。',
    'credit.overdue': '客戶有逾期未收款 {{amount|money}}，最長已逾期 {{days}} 天。請先催收，或請有權限的人說明原因後放行。',
    'release.depositMissing':
      '訂單 {{number}} 出貨前須收 {{needed|money}}，目前收到 {{paid|money}}。請先收款，或請有權限的人說明原因後放行。',
    'release.stockShort': '「{{item}}」可出貨庫存不足：需要 {{wanted|quantity}}，可出 {{free|quantity}}。請減少數量、換倉庫或等待入庫。',
    'return.withoutDelivery': '退貨明細沒有對應的出庫單。請由出庫單轉為退貨，或請有權限的人處理。',
  },
};
