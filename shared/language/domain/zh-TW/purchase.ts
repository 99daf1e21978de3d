import type { AreaWords } from '../../labels.ts';

export const purchase: AreaWords = {
  types: {
    supplier: {
      one: '供應商',
    },
    purchaseOrder: {
      one: '採購訂單',
    },
    stockIn: {
      one: '採購入庫單',
    },
    purchaseReturn: {
      one: '採購退貨單',
    },
    supplierPrice: {
      one: '供應商價格',
    },
    inquiry: {
      one: '詢價單',
    },
    supplierQuotation: {
      one: '供應商報價單',
    },
    purchaseContract: {
      one: '採購合約',
    },
  },
  areas: {
    purchase: '採購',
  },
  groups: {
    purchaseTerms: '採購條款',
  },
  fields: {
    common: {
      supplier: '供應商',
      contactName: '供應商聯絡人',
      contactPhone: '供應商電話',
      supplierReference: '供應商單號',
      overReceipt: '允許超收比例',
      wholeQuantity: '來源列數量',
      wholeNet: '來源列未稅金額',
      wholeGross: '來源列含稅金額',
    },
    supplier: {
      code: '供應商編號',
      name: '供應商名稱',
      shortName: '簡稱',
      customer: '對應客戶',
      grade: '供應商等級',
      category: '供應商類別',
      region: '地區',
      trade: '產業別',
      province: '省份／縣市',
      city: '城市／區',
      postcode: '郵遞區號',
      website: '網址',
      leadDays: '交貨週期（天）',
      language: '單據語言',
      buyer: '採購員',
      registeredOn: '登記日期',
      'contacts.name': '聯絡人姓名',
      'contacts.main': '主要聯絡人',
    },
    purchaseOrder: {
      day: '訂單日期',
      supplierReference: '供應商訂單號',
      deliverBy: '要求到貨日期',
      signedOn: '簽訂日期',
      signedAt: '簽訂地點',
      payableFrom: '應付起點',
      dueTotal: '應付總額',
      receivedState: '入庫狀態',
      'lines.name': '品名',
      'lines.received': '已入庫數量',
      'lines.receivable': '最多可入庫數量',
      'lines.warehouse': '入庫倉庫',
      paid: '已付金額',
      openAmount: '未付金額',
      paymentState: '付款狀態',
    },
    stockIn: {
      day: '入庫日期',
      keeper: '收貨人',
      deliveryNote: '送貨單號',
      freight: '運雜費（本位幣）',
      freightBy: '運雜費分攤方式',
      dueTotal: '應付總額',
      costTotal: '入庫成本合計',
      'lines.name': '品名',
      'lines.warehouse': '入庫倉庫',
      'lines.freightShare': '分攤運雜費',
      'lines.cost': '入庫成本',
      'lines.returned': '已退貨數量',
      paid: '已付金額',
      openAmount: '未付金額',
      paymentState: '付款狀態',
    },
    purchaseReturn: {
      day: '退貨日期',
      returnReason: '退貨原因',
      keeper: '發貨人',
      costTotal: '退貨成本合計',
      'lines.name': '品名',
      'lines.warehouse': '出庫倉庫',
      'lines.cost': '退貨成本',
      'lines.wholeCost': '來源列成本',
    },
    supplierPrice: {
      code: '價格編號',
      supplierCode: '供應商料號',
      supplierName: '供應商品名',
      minQuantity: '起訂數量',
      grossPrice: '含稅進價',
      validFrom: '生效日期',
      validUntil: '有效期至',
      leadDays: '交貨週期（天）',
    },
    inquiry: {
      subject: '詢價事項',
      day: '詢價日期',
      replyBy: '請回覆日期',
      deliverBy: '要求到貨日期',
      orderedState: '下單狀態',
      'lines.name': '品名',
      'lines.offered': '已報價數量',
      'lines.ordered': '已下單數量',
    },
    supplierQuotation: {
      day: '詢價日期',
      validUntil: '報價有效期至',
      supplierReference: '供應商報價單號',
      deliverBy: '要求到貨日期',
      orderedState: '下單狀態',
      'lines.name': '品名',
      'lines.minQuantity': '最低訂購量',
      'lines.leadDays': '交貨週期（天）',
      'lines.ordered': '已下單數量',
    },
    purchaseContract: {
      day: '合約日期',
      subject: '合約標的',
      supplierReference: '供應商合約號',
      deliverBy: '要求到貨日期',
      signedOn: '簽訂日期',
      signedAt: '簽訂地點',
      validFrom: '生效日期',
      validUntil: '有效期至',
      calledState: '下單狀態',
      'lines.name': '品名',
      'lines.called': '已下單數量',
    },
    salesOrder: {
      'lines.purchased': '已採購數量',
    },
  },
  parts: {
    supplier: {
      contacts: '聯絡人',
    },
    inquiry: {
      suppliers: '詢價供應商',
    },
    purchaseContract: {
      instalments: '付款計畫',
    },
    purchaseOrder: {
      instalments: '付款計畫',
    },
  },
  dictionaries: {
    supplierGrade: '供應商等級',
    supplierCategory: '供應商類別',
    purchaseReturnReason: '採購退貨原因',
  },
  ledgers: {
    onOrder: '採購在途帳',
  },
  rights: {
    'purchase.exceed': '核准超出採購限額的單據',
  },
  choices: {
    purchaseOrder: {
      payableFrom: {
        order: '訂單審核',
        stockIn: '入庫',
      },
      receivedState: {
        none: '未入庫',
        part: '部分入庫',
        all: '已全部入庫',
      },
      paymentState: {
        none: '未付款',
        part: '部分付款',
        all: '已付清',
      },
    },
    stockIn: {
      freightBy: {
        amount: '按金額',
        quantity: '按數量',
      },
      paymentState: {
        none: '未付款',
        part: '部分付款',
        all: '已付清',
      },
    },
    inquiry: {
      orderedState: {
        none: '未下單',
        part: '部分下單',
        all: '已全部下單',
      },
    },
    supplierQuotation: {
      orderedState: {
        none: '未下單',
        part: '部分下單',
        all: '已全部下單',
      },
    },
    purchaseContract: {
      calledState: {
        none: '未下單',
        part: '部分下單',
        all: '已全部下單',
      },
    },
    dictionaryEntry: {
      dictionary: {
        supplierGrade: '供應商等級',
        supplierCategory: '供應商類別',
        purchaseReturnReason: '採購退貨原因',
      },
    },
  },
  states: {
    purchaseOrder: {
      completed: '已完成',
      closed: '已關閉',
    },
    stockIn: {
      posted: '已入庫',
    },
    purchaseReturn: {
      posted: '已退貨',
    },
    inquiry: {
      sent: '已發出',
      closed: '已結束',
    },
    supplierQuotation: {
      draft: '待報價',
      answered: '已報價',
    },
    purchaseContract: {
      closed: '已終止',
    },
  },
  steps: {
    purchaseOrder: {
      takeBack: '取消審核',
      close: '關閉',
      reopen: '重新開啟',
      complete: '完成',
      resume: '恢復執行',
    },
    stockIn: {
      post: '確認入庫',
      takeBack: '撤銷入庫',
    },
    purchaseReturn: {
      post: '確認退貨',
      takeBack: '撤銷退貨',
    },
    inquiry: {
      send: '發出詢價',
      close: '結束',
      reopen: '重新詢價',
    },
    supplierQuotation: {
      answer: '確認報價',
      takeBack: '撤銷報價',
    },
    purchaseContract: {
      close: '終止',
    },
  },
  refusals: {
    'purchase.overLimit': '訂單金額 {{wanted|money}} 超出採購限額 {{limit|money}}，請提交有權限的人審核。',
    'purchase.paidMoreThanReceived': '已付 {{paid|money}}，多於已入庫應付的 {{owed|money}}。請先撤銷多付的沖銷，再關閉訂單。',
    'purchase.priceMissing': '有 {{count}} 列沒有採購單價。直接入庫的商品請由能看進價的人填寫單價，或標為贈品。',
    'purchase.returnWithoutStockIn': '採購退貨要由入庫單產生，才知道退的是哪一批、什麼價格。',
    'stock.orderMissing': '「{{item}}」的採購在途數量不足，帳面只有 {{held|quantity}}。請重新整理後再試。',
    'inquiry.noSuppliers': '請先選擇至少一家供應商，再發出詢價。',
    'inquiry.noPrices': '請至少填寫一列單價，再確認報價。',
    'inquiry.nothingAwarded': '請先填寫要下單的數量。',
    'plan.nothingChosen': '請先勾選要採購的商品並填寫數量和供應商。',
  },
};
