import type { AreaWords } from '../../labels.ts';

export const settling: AreaWords = {
  types: {
    customerConfirmation: { one: '客户对账确认' },
    supplierConfirmation: { one: '供应商对账确认' },
    settlement: {
      one: '应收核销单',
    },
    refund: {
      one: '客户退款单',
    },
    debtTransfer: {
      one: '应收转账单',
    },
    netting: {
      one: '往来对冲单',
    },
    payment: {
      one: '付款单',
    },
    supplierSettlement: {
      one: '应付核销单',
    },
    supplierRefund: {
      one: '供应商退款单',
    },
    payableTransfer: {
      one: '应付转账单',
    },
    openingCredit: {
      one: '期初预收',
    },
    openingPayable: {
      one: '期初应付',
    },
    openingSupplierCredit: {
      one: '期初预付',
    },
  },
  fields: {
    customerConfirmation: { day: '登记日期', through: '确认截止日', balance: '确认余额', confirmedBy: '确认人', proof: '盖章对账单' },
    supplierConfirmation: { day: '登记日期', through: '确认截止日', balance: '确认余额', confirmedBy: '确认人', proof: '盖章对账单' },
    common: {
      period: '期次',
      share: '比例',
      settled: '已结金额',
      open: '未结金额',
      invoice: '开票信息',
      supplier: '供应商',
      exchangeGain: '汇兑损益',
      sourceRate: '来源汇率',
      credited: '抵扣金额',
      difference: '差额',
      creditUsed: '已用金额',
      creditLeft: '剩余可用',
      inOwnCurrency: '是否本位币',
      accountCurrency: '账户币种',
      accountAmount: '账户币种金额',
      baseFee: '手续费（本位币）',
      baseAmount: '折合本位币',
      paid: '已付金额',
      paidOut: '实际付出',
      dueOn: '到期日',
      fee: '手续费',
      bankReference: '银行流水号',
      prepaid: '转为预收',
      reference: '原单据号',
      linkedCustomer: '对应客户',
      payee: '收款方',
      payeeAccount: '收款方账号',
      purpose: '退款事由',
      fromCustomer: '原欠款客户',
      fromSupplier: '原供应商',
    },
    settlement: {
      credited: '使用预收与退货款',
      'credits.sourceOpen': '剩余可用',
      'credits.amount': '本次使用金额',
    },
    payment: {
      day: '付款日期',
      account: '付款账户',
      paymentMethod: '付款方式',
      amount: '付款金额',
      prepaid: '转为预付',
      'allocations.amount': '本次核销金额',
      'allocations.sourceOpen': '来源未付金额',
    },
    supplierSettlement: {
      day: '核销日期',
      credited: '使用预付与退货款',
      'allocations.amount': '本次核销金额',
      'allocations.sourceOpen': '来源未付金额',
      'credits.sourceOpen': '剩余可用',
      'credits.amount': '本次使用金额',
    },
    refund: {
      day: '申请日期',
      account: '付款账户',
      paymentMethod: '付款方式',
      credited: '退款金额',
      'credits.amount': '本次退款金额',
      'credits.sourceOpen': '剩余可用',
    },
    supplierRefund: {
      day: '退款日期',
      account: '收款账户',
      credited: '退款金额',
      payee: '付款方',
      payeeAccount: '付款方账号',
      'credits.amount': '本次退款金额',
      'credits.sourceOpen': '剩余可用',
    },
    netting: {
      day: '对冲日期',
      allocated: '冲减应收',
      credited: '冲减应付',
      'allocations.amount': '本次冲减金额',
      'payables.amount': '本次冲减金额',
      'payables.sourceOpen': '来源未付金额',
    },
    debtTransfer: {
      day: '转账日期',
      customer: '承担客户',
      total: '转账金额',
      'allocations.amount': '本次转账金额',
    },
    payableTransfer: {
      day: '转账日期',
      supplier: '承接供应商',
      total: '转账金额',
      dueTotal: '应付总额',
      openAmount: '未付金额',
      paymentState: '付款状态',
      'allocations.amount': '本次转账金额',
      'allocations.sourceOpen': '来源未付金额',
    },
    openingCredit: {
      day: '期初日期',
      total: '期初预收金额',
    },
    openingPayable: {
      day: '期初日期',
      total: '期初应付金额',
      dueTotal: '应付总额',
      openAmount: '未付金额',
      paymentState: '付款状态',
    },
    openingSupplierCredit: {
      day: '期初日期',
      total: '期初预付金额',
    },
  },
  parts: {
    common: {
      instalments: '收款计划',
      credits: '预收与退货款',
    },
    supplierSettlement: {
      credits: '预付与退货款',
    },
    refund: {
      credits: '退款来源',
    },
    supplierRefund: {
      credits: '退款来源',
    },
    netting: {
      allocations: '冲减的应收',
      payables: '冲减的应付',
    },
    debtTransfer: {
      allocations: '转出的应收',
    },
    payableTransfer: {
      allocations: '转出的应付',
    },
  },
  choices: {
    openingPayable: {
      paymentState: {
        none: '未付款',
        part: '部分付款',
        all: '已付清',
      },
    },
    payableTransfer: {
      paymentState: {
        none: '未付款',
        part: '部分付款',
        all: '已付清',
      },
    },
  },
  states: {
    customerConfirmation: { confirmed: '已确认', reopened: '已重新打开' },
    supplierConfirmation: { confirmed: '已确认', reopened: '已重新打开' },
    payment: {
      posted: '已付款',
    },
    supplierSettlement: {
      posted: '已核销',
    },
    netting: {
      posted: '已对冲',
    },
    debtTransfer: {
      posted: '已转账',
    },
    payableTransfer: {
      posted: '已转账',
    },
    refund: {
      approved: '待付款',
      posted: '已退款',
    },
    supplierRefund: {
      approved: '待收款',
      posted: '已退款',
    },
  },
  steps: {
    customerConfirmation: { confirm: '确认', reopen: '重新打开' },
    supplierConfirmation: { confirm: '确认', reopen: '重新打开' },
    payment: {
      post: '确认付款',
      takeBack: '撤销付款',
    },
    supplierSettlement: {
      post: '确认核销',
      takeBack: '撤销核销',
    },
    netting: {
      post: '确认对冲',
      takeBack: '撤销对冲',
    },
    debtTransfer: {
      post: '确认转账',
      takeBack: '撤销转账',
    },
    payableTransfer: {
      post: '确认转账',
      takeBack: '撤销转账',
    },
    refund: {
      post: '确认退款',
      takeBack: '撤销退款',
    },
    supplierRefund: {
      post: '确认退款',
      takeBack: '撤销退款',
    },
  },
  ledgers: {
    payable: '应付账',
  },
  rights: { 'statement.reopen': '重新打开已确认的对账' },
  groups: { exchange: '外币' },
  refusals: {
    'money.accountCurrency': '账户的币种与单据不同，请填写账户实际收付的金额，或改选同币种的账户。',
    'money.alreadySettled': '{{number}} 已经结清，没有可核销的金额，请移除这一行。',
    'money.notLinked': '这家供应商没有对应到所选的客户，请先在供应商资料中指定对应客户。',
    'money.otherCurrency': '{{number}} 是另一种币种，请选择同币种的单据。',
    'money.otherParty': '{{number}} 属于另一家往来单位，请选择本单位的单据。',
    'money.planNotTotal': '分期合计 {{planned|money}} 与单据总额 {{total|money}} 不相等，请调整到一致。',
    'money.overOpen': '{{number}} 只剩 {{open|money}} 可核销，填写了 {{wanted|money}}，请改小。',
    'statement.batchGone': '这批对账单已中断（服务器可能重启过），请重新开始。',
    'money.rateMissing': '外币单据必须填写汇率。',
    'money.rateOfOwnCurrency': '本位币的汇率是 1，请改正。',
    'money.sameParty': '转入与转出是同一家，请选择另一家。',
    'money.unbalanced': '核销金额 {{allocated|money}} 与抵扣金额 {{credited|money}} 不相等，请调整到一致。',
    'money.undoDenied': '撤销核销需要相应权限，请联系财务主管。',
    'money.withoutSource': '每一行都要对应一张单据，请用“选单”带入，或删去这一行。',
    'settle.nothing': '请先选择要核销的单据，再核销。',
    'statement.reopenDenied': '已确认的对账只有具备相应权限的人员才能重新打开。',
  },
};
