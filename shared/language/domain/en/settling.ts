import type { AreaWords } from '../../labels.ts';

export const settling: AreaWords = {
  types: {
    customerConfirmation: { one: 'Confirmed customer statement' },
    supplierConfirmation: { one: 'Confirmed supplier statement' },
    settlement: {
      one: 'Customer settlement',
    },
    refund: {
      one: 'Customer refund',
    },
    debtTransfer: {
      one: 'Receivable transfer',
    },
    netting: {
      one: 'Netting',
    },
    payment: {
      one: 'Payment',
    },
    supplierSettlement: {
      one: 'Supplier settlement',
    },
    supplierRefund: {
      one: 'Supplier refund',
    },
    payableTransfer: {
      one: 'Payable transfer',
    },
    openingCredit: {
      one: 'Opening customer advance',
    },
    openingPayable: {
      one: 'Opening payable',
    },
    openingSupplierCredit: {
      one: 'Opening supplier advance',
    },
  },
  fields: {
    customerConfirmation: {
      day: 'Entered on',
      through: 'Confirmed up to',
      balance: 'Confirmed balance',
      confirmedBy: 'Confirmed by',
      proof: 'Signed statement',
    },
    supplierConfirmation: {
      day: 'Entered on',
      through: 'Confirmed up to',
      balance: 'Confirmed balance',
      confirmedBy: 'Confirmed by',
      proof: 'Signed statement',
    },
    common: {
      period: 'No.',
      share: 'Share',
      settled: 'Settled',
      open: 'Open',
      invoice: 'Invoice',
      supplier: 'Supplier',
      exchangeGain: 'Exchange gain',
      sourceRate: 'Source rate',
      credited: 'Credit used',
      difference: 'Difference',
      creditUsed: 'Used',
      creditLeft: 'Left to use',
      inOwnCurrency: 'In own currency',
      accountCurrency: 'Account currency',
      accountAmount: 'Amount in account currency',
      baseFee: 'Fee in own currency',
      baseAmount: 'In own currency',
      paid: 'Paid',
      paidOut: 'Left the account',
      dueOn: 'Due on',
      fee: 'Bank fee',
      bankReference: 'Bank reference',
      prepaid: 'Kept as prepayment',
      reference: 'Original number',
      linkedCustomer: 'Linked customer',
      payee: 'Payee',
      payeeAccount: 'Payee account',
      purpose: 'Reason for refund',
      fromCustomer: 'Owed so far by',
      fromSupplier: 'Owed so far to',
    },
    settlement: {
      credited: 'Advance and returns used',
      'credits.sourceOpen': 'Left to use',
      'credits.amount': 'Used now',
    },
    payment: {
      day: 'Payment date',
      account: 'Paid from',
      paymentMethod: 'Payment method',
      amount: 'Amount paid',
      prepaid: 'Kept as prepayment',
      'allocations.amount': 'Allocated now',
      'allocations.sourceOpen': 'Source unpaid',
    },
    supplierSettlement: {
      day: 'Settlement date',
      credited: 'Advance and returns used',
      'allocations.amount': 'Allocated now',
      'allocations.sourceOpen': 'Source unpaid',
      'credits.sourceOpen': 'Left to use',
      'credits.amount': 'Used now',
    },
    refund: {
      day: 'Request date',
      account: 'Paid from',
      paymentMethod: 'Payment method',
      credited: 'Refund amount',
      'credits.amount': 'Refunded now',
      'credits.sourceOpen': 'Left to use',
    },
    supplierRefund: {
      day: 'Refund date',
      account: 'Received in',
      credited: 'Refund amount',
      payee: 'Payer',
      payeeAccount: 'Payer account',
      'credits.amount': 'Refunded now',
      'credits.sourceOpen': 'Left to use',
    },
    netting: {
      day: 'Netting date',
      allocated: 'Receivable netted',
      credited: 'Payable netted',
      'allocations.amount': 'Netted now',
      'payables.amount': 'Netted now',
      'payables.sourceOpen': 'Source unpaid',
    },
    debtTransfer: {
      day: 'Transfer date',
      customer: 'Taken over by',
      total: 'Transferred',
      'allocations.amount': 'Transferred now',
    },
    payableTransfer: {
      day: 'Transfer date',
      supplier: 'Owed from now on to',
      total: 'Transferred',
      dueTotal: 'Total payable',
      openAmount: 'Unpaid',
      paymentState: 'Payment status',
      'allocations.amount': 'Transferred now',
      'allocations.sourceOpen': 'Source unpaid',
    },
    openingCredit: {
      day: 'Opening date',
      total: 'Opening advance',
    },
    openingPayable: {
      day: 'Opening date',
      total: 'Opening payable',
      dueTotal: 'Total payable',
      openAmount: 'Unpaid',
      paymentState: 'Payment status',
    },
    openingSupplierCredit: {
      day: 'Opening date',
      total: 'Opening advance',
    },
  },
  parts: {
    common: {
      instalments: 'Payment plan',
      credits: 'Advances and returns',
    },
    supplierSettlement: {
      credits: 'Advances and returns',
    },
    refund: {
      credits: 'Refunded from',
    },
    supplierRefund: {
      credits: 'Refunded from',
    },
    netting: {
      allocations: 'Receivables netted',
      payables: 'Payables netted',
    },
    debtTransfer: {
      allocations: 'Receivables handed over',
    },
    payableTransfer: {
      allocations: 'Payables handed over',
    },
  },
  choices: {
    openingPayable: {
      paymentState: {
        none: 'Unpaid',
        part: 'Partly paid',
        all: 'Paid',
      },
    },
    payableTransfer: {
      paymentState: {
        none: 'Unpaid',
        part: 'Partly paid',
        all: 'Paid',
      },
    },
  },
  states: {
    customerConfirmation: { confirmed: 'Confirmed', reopened: 'Opened again' },
    supplierConfirmation: { confirmed: 'Confirmed', reopened: 'Opened again' },
    payment: {
      posted: 'Paid',
    },
    supplierSettlement: {
      posted: 'Settled',
    },
    netting: {
      posted: 'Netted',
    },
    debtTransfer: {
      posted: 'Transferred',
    },
    payableTransfer: {
      posted: 'Transferred',
    },
    refund: {
      approved: 'To be paid',
      posted: 'Refunded',
    },
    supplierRefund: {
      approved: 'To be received',
      posted: 'Refunded',
    },
  },
  steps: {
    customerConfirmation: { confirm: 'Confirm', reopen: 'Open again' },
    supplierConfirmation: { confirm: 'Confirm', reopen: 'Open again' },
    payment: {
      post: 'Confirm payment',
      takeBack: 'Take back payment',
    },
    supplierSettlement: {
      post: 'Confirm settlement',
      takeBack: 'Undo settlement',
    },
    netting: {
      post: 'Confirm netting',
      takeBack: 'Undo netting',
    },
    debtTransfer: {
      post: 'Confirm transfer',
      takeBack: 'Undo transfer',
    },
    payableTransfer: {
      post: 'Confirm transfer',
      takeBack: 'Undo transfer',
    },
    refund: {
      post: 'Confirm refund',
      takeBack: 'Take back refund',
    },
    supplierRefund: {
      post: 'Confirm refund',
      takeBack: 'Take back refund',
    },
  },
  ledgers: {
    payable: 'Payables',
  },
  rights: { 'statement.reopen': 'Open confirmed statements again' },
  groups: { exchange: 'Foreign currency' },
  refusals: {
    'money.accountCurrency':
      'The account is kept in another currency. Enter what the account really received or paid, or choose an account in the same currency.',
    'money.alreadySettled': '{{number}} is settled already; nothing is left. Remove the row.',
    'money.notLinked': 'This supplier is not linked to the chosen customer. Name the customer in the supplier record first.',
    'money.otherCurrency': '{{number}} is in another currency. Choose documents in the same currency.',
    'money.otherParty': '{{number}} belongs to somebody else. Choose documents of the same party.',
    'money.planNotTotal': 'The plan adds up to {{planned|money}}, the document to {{total|money}}. Make both equal.',
    'money.overOpen': 'Only {{open|money}} of {{number}} is left, {{wanted|money}} was entered. Enter less.',
    'statement.batchGone': 'These statements were cut off (the server may have been restarted). Please begin again.',
    'money.rateMissing': 'A document in a foreign currency needs an exchange rate.',
    'money.rateOfOwnCurrency': 'The rate of your own currency is 1. Please correct it.',
    'money.sameParty': 'Both sides of the transfer are the same. Choose somebody else.',
    'money.unbalanced': '{{allocated|money}} is allocated and {{credited|money}} is used. Make both equal.',
    'money.undoDenied': 'Undoing a settlement needs a special right. Ask your head of finance.',
    'money.withoutSource': 'Every row needs a document. Fetch it with the button above, or remove the row.',
    'settle.nothing': 'Choose what is to be settled first.',
    'statement.reopenDenied': 'Only who has the right may open a confirmed statement again.',
  },
};
