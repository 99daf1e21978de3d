import type { AreaWords } from '../../labels.ts';

export const settling: AreaWords = {
  types: {
    customerConfirmation: { one: '客戶對帳確認' },
    supplierConfirmation: { one: '供應商對帳確認' },
    settlement: {
      one: '應收沖銷單',
    },
    refund: {
      one: '客戶退款單',
    },
    debtTransfer: {
      one: '應收轉帳單',
    },
    netting: {
      one: '往來對沖單',
    },
    payment: {
      one: '付款單',
    },
    supplierSettlement: {
      one: '應付沖銷單',
    },
    supplierRefund: {
      one: '供應商退款單',
    },
    payableTransfer: {
      one: '應付轉帳單',
    },
    openingCredit: {
      one: '期初預收',
    },
    openingPayable: {
      one: '期初應付',
    },
    openingSupplierCredit: {
      one: '期初預付',
    },
  },
  fields: {
    customerConfirmation: { day: '登記日期', through: '確認截止日', balance: '確認餘額', confirmedBy: '確認人', proof: '蓋章對帳單' },
    supplierConfirmation: { day: '登記日期', through: '確認截止日', balance: '確認餘額', confirmedBy: '確認人', proof: '蓋章對帳單' },
    common: {
      period: '期次',
      share: '比例',
      settled: '已結金額',
      open: '未結金額',
      invoice: '開票資訊',
      supplier: '供應商',
      exchangeGain: '兌換損益',
      sourceRate: '來源匯率',
      credited: '抵扣金額',
      difference: '差額',
      creditUsed: '已用金額',
      creditLeft: '剩餘可用',
      inOwnCurrency: '是否本位幣',
      accountCurrency: '帳戶幣別',
      accountAmount: '帳戶幣別金額',
      baseFee: '手續費（本位幣）',
      baseAmount: '折合本位幣',
      paid: '已付金額',
      paidOut: '實際付出',
      dueOn: '到期日',
      fee: '手續費',
      bankReference: '銀行流水號',
      prepaid: '轉為預收',
      reference: '原單據號碼',
      linkedCustomer: '對應客戶',
      payee: '收款方',
      payeeAccount: '收款方帳號',
      purpose: '退款事由',
      fromCustomer: '原欠款客戶',
      fromSupplier: '原供應商',
    },
    settlement: {
      credited: '使用預收與退貨款',
      'credits.sourceOpen': '剩餘可用',
      'credits.amount': '本次使用金額',
    },
    payment: {
      day: '付款日期',
      account: '付款帳戶',
      paymentMethod: '付款方式',
      amount: '付款金額',
      prepaid: '轉為預付',
      'allocations.amount': '本次沖銷金額',
      'allocations.sourceOpen': '來源未付金額',
    },
    supplierSettlement: {
      day: '沖銷日期',
      credited: '使用預付與退貨款',
      'allocations.amount': '本次沖銷金額',
      'allocations.sourceOpen': '來源未付金額',
      'credits.sourceOpen': '剩餘可用',
      'credits.amount': '本次使用金額',
    },
    refund: {
      day: '申請日期',
      account: '付款帳戶',
      paymentMethod: '付款方式',
      credited: '退款金額',
      'credits.amount': '本次退款金額',
      'credits.sourceOpen': '剩餘可用',
    },
    supplierRefund: {
      day: '退款日期',
      account: '收款帳戶',
      credited: '退款金額',
      payee: '付款方',
      payeeAccount: '付款方帳號',
      'credits.amount': '本次退款金額',
      'credits.sourceOpen': '剩餘可用',
    },
    netting: {
      day: '對沖日期',
      allocated: '沖減應收',
      credited: '沖減應付',
      'allocations.amount': '本次沖減金額',
      'payables.amount': '本次沖減金額',
      'payables.sourceOpen': '來源未付金額',
    },
    debtTransfer: {
      day: '轉帳日期',
      customer: '承擔客戶',
      total: '轉帳金額',
      'allocations.amount': '本次轉帳金額',
    },
    payableTransfer: {
      day: '轉帳日期',
      supplier: '承接供應商',
      total: '轉帳金額',
      dueTotal: '應付總額',
      openAmount: '未付金額',
      paymentState: '付款狀態',
      'allocations.amount': '本次轉帳金額',
      'allocations.sourceOpen': '來源未付金額',
    },
    openingCredit: {
      day: '期初日期',
      total: '期初預收金額',
    },
    openingPayable: {
      day: '期初日期',
      total: '期初應付金額',
      dueTotal: '應付總額',
      openAmount: '未付金額',
      paymentState: '付款狀態',
    },
    openingSupplierCredit: {
      day: '期初日期',
      total: '期初預付金額',
    },
  },
  parts: {
    common: {
      instalments: '收款計畫',
      credits: '預收與退貨款',
    },
    supplierSettlement: {
      credits: '預付與退貨款',
    },
    refund: {
      credits: '退款來源',
    },
    supplierRefund: {
      credits: '退款來源',
    },
    netting: {
      allocations: '沖減的應收',
      payables: '沖減的應付',
    },
    debtTransfer: {
      allocations: '轉出的應收',
    },
    payableTransfer: {
      allocations: '轉出的應付',
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
    customerConfirmation: { confirmed: '已確認', reopened: '已重新開啟' },
    supplierConfirmation: { confirmed: '已確認', reopened: '已重新開啟' },
    payment: {
      posted: '已付款',
    },
    supplierSettlement: {
      posted: '已沖銷',
    },
    netting: {
      posted: '已對沖',
    },
    debtTransfer: {
      posted: '已轉帳',
    },
    payableTransfer: {
      posted: '已轉帳',
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
    customerConfirmation: { confirm: '確認', reopen: '重新開啟' },
    supplierConfirmation: { confirm: '確認', reopen: '重新開啟' },
    payment: {
      post: '確認付款',
      takeBack: '撤銷付款',
    },
    supplierSettlement: {
      post: '確認沖銷',
      takeBack: '撤銷沖銷',
    },
    netting: {
      post: '確認對沖',
      takeBack: '撤銷對沖',
    },
    debtTransfer: {
      post: '確認轉帳',
      takeBack: '撤銷轉帳',
    },
    payableTransfer: {
      post: '確認轉帳',
      takeBack: '撤銷轉帳',
    },
    refund: {
      post: '確認退款',
      takeBack: '撤銷退款',
    },
    supplierRefund: {
      post: '確認退款',
      takeBack: '撤銷退款',
    },
  },
  ledgers: {
    payable: '應付帳',
  },
  rights: { 'statement.reopen': '重新開啟已確認的對帳' },
  groups: { exchange: '外幣' },
  refusals: {
    'money.accountCurrency': '帳戶的幣別與單據不同，請填寫帳戶實際收付的金額，或改選同幣別的帳戶。',
    'money.alreadySettled': '{{number}} 已經結清，沒有可沖銷的金額，請移除這一列。',
    'money.notLinked': '這家供應商沒有對應到所選的客戶，請先在供應商資料中指定對應客戶。',
    'money.otherCurrency': '{{number}} 是另一種幣別，請選擇同幣別的單據。',
    'money.otherParty': '{{number}} 屬於另一家往來對象，請選擇同一家的單據。',
    'money.planNotTotal': '分期合計 {{planned|money}} 與單據總額 {{total|money}} 不相等，請調整到一致。',
    'money.overOpen': '{{number}} 只剩 {{open|money}} 可沖銷，填寫了 {{wanted|money}}，請改小。',
    'statement.batchGone': '這批對帳單已中斷（伺服器可能重新啟動過），請重新開始。',
    'money.rateMissing': '外幣單據必須填寫匯率。',
    'money.rateOfOwnCurrency': '本位幣的匯率是 1，請改正。',
    'money.sameParty': '轉入與轉出是同一家，請選擇另一家。',
    'money.unbalanced': '沖銷金額 {{allocated|money}} 與抵扣金額 {{credited|money}} 不相等，請調整到一致。',
    'money.undoDenied': '撤銷沖銷需要相應權限，請聯絡財務主管。',
    'money.withoutSource': '每一列都要對應一張單據，請用「選單」帶入，或刪去這一列。',
    'settle.nothing': '請先選擇要沖銷的單據，再沖銷。',
    'statement.reopenDenied': '已確認的對帳只有具備相應權限的人員才能重新開啟。',
  },
};
