import type { AreaWords } from '../../labels.ts';

export const purchase: AreaWords = {
  types: {
    supplier: {
      one: '供应商',
    },
    purchaseOrder: {
      one: '采购订单',
    },
    stockIn: {
      one: '采购入库单',
    },
    purchaseReturn: {
      one: '采购退货单',
    },
    supplierPrice: {
      one: '供应商价格',
    },
    inquiry: {
      one: '询价单',
    },
    supplierQuotation: {
      one: '供应商报价',
    },
    purchaseContract: {
      one: '采购合同',
    },
  },
  areas: {
    purchase: '采购',
  },
  groups: {
    purchaseTerms: '采购条款',
  },
  fields: {
    common: {
      supplier: '供应商',
      contactName: '供方联系人',
      contactPhone: '供方电话',
      supplierReference: '供方单号',
      overReceipt: '允许超收比例',
      wholeQuantity: '来源行数量',
      wholeNet: '来源行不含税金额',
      wholeGross: '来源行价税合计',
    },
    supplier: {
      code: '供应商编码',
      name: '供应商名称',
      shortName: '简称',
      customer: '对应客户',
      grade: '供应商等级',
      category: '供应商类别',
      region: '地区',
      trade: '所属行业',
      province: '省份',
      city: '城市',
      postcode: '邮编',
      website: '网址',
      leadDays: '交货周期（天）',
      language: '单据语言',
      buyer: '采购员',
      registeredOn: '登记日期',
      'contacts.name': '联系人姓名',
      'contacts.main': '主要联系人',
    },
    purchaseOrder: {
      day: '订单日期',
      supplierReference: '供方订单号',
      deliverBy: '要求到货日期',
      signedOn: '签订日期',
      signedAt: '签订地点',
      payableFrom: '应付起点',
      dueTotal: '应付总额',
      receivedState: '入库状态',
      'lines.name': '品名',
      'lines.received': '已入库数量',
      'lines.receivable': '最多可入库数量',
      'lines.warehouse': '入库仓库',
      paid: '已付金额',
      openAmount: '未付金额',
      paymentState: '付款状态',
    },
    stockIn: {
      day: '入库日期',
      keeper: '收货人',
      deliveryNote: '送货单号',
      freight: '运杂费（本位币）',
      freightBy: '运杂费分摊方式',
      dueTotal: '应付总额',
      costTotal: '入库成本合计',
      'lines.name': '品名',
      'lines.warehouse': '入库仓库',
      'lines.freightShare': '分摊运杂费',
      'lines.cost': '入库成本',
      'lines.returned': '已退货数量',
      paid: '已付金额',
      openAmount: '未付金额',
      paymentState: '付款状态',
    },
    purchaseReturn: {
      day: '退货日期',
      returnReason: '退货原因',
      keeper: '发货人',
      costTotal: '退货成本合计',
      'lines.name': '品名',
      'lines.warehouse': '出库仓库',
      'lines.cost': '退货成本',
      'lines.wholeCost': '来源行成本',
    },
    supplierPrice: {
      code: '价格编号',
      supplierCode: '供方货号',
      supplierName: '供方品名',
      minQuantity: '起订数量',
      grossPrice: '含税进价',
      validFrom: '生效日期',
      validUntil: '有效期至',
      leadDays: '交货周期（天）',
    },
    inquiry: {
      subject: '询价事项',
      day: '询价日期',
      replyBy: '请回复日期',
      deliverBy: '要求到货日期',
      orderedState: '下单状态',
      'lines.name': '品名',
      'lines.offered': '已报价数量',
      'lines.ordered': '已下单数量',
    },
    supplierQuotation: {
      day: '询价日期',
      validUntil: '报价有效期至',
      supplierReference: '供方报价单号',
      deliverBy: '要求到货日期',
      orderedState: '下单状态',
      'lines.name': '品名',
      'lines.minQuantity': '起订量',
      'lines.leadDays': '交货周期（天）',
      'lines.ordered': '已下单数量',
    },
    purchaseContract: {
      day: '合同日期',
      subject: '合同标的',
      supplierReference: '供方合同号',
      deliverBy: '要求到货日期',
      signedOn: '签订日期',
      signedAt: '签订地点',
      validFrom: '生效日期',
      validUntil: '有效期至',
      calledState: '下单状态',
      'lines.name': '品名',
      'lines.called': '已下单数量',
    },
    salesOrder: {
      'lines.purchased': '已采购数量',
    },
  },
  parts: {
    supplier: {
      contacts: '联系人',
    },
    inquiry: {
      suppliers: '询价供应商',
    },
    purchaseContract: {
      instalments: '付款计划',
    },
    purchaseOrder: {
      instalments: '付款计划',
    },
  },
  dictionaries: {
    supplierGrade: '供应商等级',
    supplierCategory: '供应商类别',
    purchaseReturnReason: '采购退货原因',
  },
  ledgers: {
    onOrder: '在途采购账',
  },
  rights: {
    'purchase.exceed': '批准超出采购限额的单据',
  },
  choices: {
    purchaseOrder: {
      payableFrom: {
        order: '订单审核',
        stockIn: '入库',
      },
      receivedState: {
        none: '未入库',
        part: '部分入库',
        all: '已全部入库',
      },
      paymentState: {
        none: '未付款',
        part: '部分付款',
        all: '已付清',
      },
    },
    stockIn: {
      freightBy: {
        amount: '按金额',
        quantity: '按数量',
      },
      paymentState: {
        none: '未付款',
        part: '部分付款',
        all: '已付清',
      },
    },
    inquiry: {
      orderedState: {
        none: '未下单',
        part: '部分下单',
        all: '已全部下单',
      },
    },
    supplierQuotation: {
      orderedState: {
        none: '未下单',
        part: '部分下单',
        all: '已全部下单',
      },
    },
    purchaseContract: {
      calledState: {
        none: '未下单',
        part: '部分下单',
        all: '已全部下单',
      },
    },
    dictionaryEntry: {
      dictionary: {
        supplierGrade: '供应商等级',
        supplierCategory: '供应商类别',
        purchaseReturnReason: '采购退货原因',
      },
    },
  },
  states: {
    purchaseOrder: {
      completed: '已完成',
      closed: '已关闭',
    },
    stockIn: {
      posted: '已入库',
    },
    purchaseReturn: {
      posted: '已退货',
    },
    inquiry: {
      sent: '已发出',
      closed: '已结束',
    },
    supplierQuotation: {
      draft: '待报价',
      answered: '已报价',
    },
    purchaseContract: {
      closed: '已终止',
    },
  },
  steps: {
    purchaseOrder: {
      takeBack: '反审核',
      close: '关闭',
      reopen: '反关闭',
      complete: '完成',
      resume: '恢复执行',
    },
    stockIn: {
      post: '确认入库',
      takeBack: '撤销入库',
    },
    purchaseReturn: {
      post: '确认退货',
      takeBack: '撤销退货',
    },
    inquiry: {
      send: '发出询价',
      close: '结束',
      reopen: '重新询价',
    },
    supplierQuotation: {
      answer: '确认报价',
      takeBack: '撤销报价',
    },
    purchaseContract: {
      close: '终止',
    },
  },
  refusals: {
    'purchase.overLimit': '订单金额 {{wanted|money}} 超出采购限额 {{limit|money}}，请提交有权限的人审核。',
    'purchase.paidMoreThanReceived': '已付 {{paid|money}}，多于已入库应付的 {{owed|money}}。请先撤销多付的核销，再关闭订单。',
    'purchase.priceMissing': '有 {{count}} 行没有采购单价。直接入库的商品请由能看进价的人填写单价，或标为赠品。',
    'purchase.returnWithoutStockIn': '采购退货要从入库单生成，才知道退的是哪一批、按何价格。',
    'stock.orderMissing': '“{{item}}”的在途采购数量不足，账面只有 {{held|quantity}}。请刷新后重试。',
    'inquiry.noSuppliers': '请先选择至少一家供应商，再发出询价。',
    'inquiry.noPrices': '请至少填写一行单价，再确认报价。',
    'inquiry.nothingAwarded': '请先填写要下单的数量。',
    'plan.nothingChosen': '请先勾选要采购的商品并填写数量和供应商。',
  },
};
