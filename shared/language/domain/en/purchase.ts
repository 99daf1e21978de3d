import type { AreaWords } from '../../labels.ts';

export const purchase: AreaWords = {
  types: {
    supplier: {
      one: 'Supplier',
      many: 'Suppliers',
    },
    purchaseOrder: {
      one: 'Purchase order',
      many: 'Purchase orders',
    },
    stockIn: {
      one: 'Goods receipt',
      many: 'Goods receipts',
    },
    purchaseReturn: {
      one: 'Purchase return',
      many: 'Purchase returns',
    },
    supplierPrice: {
      one: 'Supplier price',
      many: 'Supplier prices',
    },
    inquiry: {
      one: 'Inquiry',
      many: 'Inquiries',
    },
    supplierQuotation: {
      one: 'Supplier quotation',
      many: 'Supplier quotations',
    },
    purchaseContract: {
      one: 'Purchase contract',
      many: 'Purchase contracts',
    },
  },
  areas: {
    purchase: 'Purchasing',
  },
  groups: {
    purchaseTerms: 'Purchase terms',
  },
  fields: {
    common: {
      supplier: 'Supplier',
      contactName: 'Supplier contact',
      contactPhone: 'Supplier phone',
      supplierReference: 'Supplier reference',
      overReceipt: 'Over-receipt allowed',
      wholeQuantity: 'Source line quantity',
      wholeNet: 'Source line net',
      wholeGross: 'Source line gross',
    },
    supplier: {
      code: 'Supplier code',
      name: 'Supplier name',
      shortName: 'Short name',
      customer: 'Same company as customer',
      grade: 'Grade',
      category: 'Category',
      region: 'Region',
      trade: 'Trade',
      province: 'Province',
      city: 'City',
      postcode: 'Postcode',
      website: 'Website',
      leadDays: 'Lead time (days)',
      language: 'Document language',
      buyer: 'Buyer',
      registeredOn: 'Registered on',
      'contacts.name': 'Contact name',
      'contacts.main': 'Main contact',
    },
    purchaseOrder: {
      day: 'Order date',
      supplierReference: 'Supplier order no.',
      deliverBy: 'Deliver by',
      signedOn: 'Signed on',
      signedAt: 'Signed at',
      payableFrom: 'Payable from',
      dueTotal: 'Amount due',
      receivedState: 'Goods received',
      'lines.name': 'Name',
      'lines.received': 'Received',
      'lines.receivable': 'Most that may be received',
      'lines.warehouse': 'Into warehouse',
      paid: 'Paid',
      openAmount: 'Not paid yet',
      paymentState: 'Payment',
    },
    stockIn: {
      day: 'Received on',
      keeper: 'Received by',
      deliveryNote: 'Delivery note no.',
      freight: 'Freight (own currency)',
      freightBy: 'Freight spread by',
      dueTotal: 'Amount due',
      costTotal: 'Cost in total',
      'lines.name': 'Name',
      'lines.warehouse': 'Into warehouse',
      'lines.freightShare': 'Freight share',
      'lines.cost': 'Cost',
      'lines.returned': 'Returned',
      paid: 'Paid',
      openAmount: 'Not paid yet',
      paymentState: 'Payment',
    },
    purchaseReturn: {
      day: 'Returned on',
      returnReason: 'Reason for return',
      keeper: 'Sent by',
      costTotal: 'Cost in total',
      'lines.name': 'Name',
      'lines.warehouse': 'From warehouse',
      'lines.cost': 'Cost',
      'lines.wholeCost': 'Source line cost',
    },
    supplierPrice: {
      code: 'Price no.',
      supplierCode: 'Supplier item code',
      supplierName: 'Supplier item name',
      minQuantity: 'From quantity',
      grossPrice: 'Price incl. tax',
      validFrom: 'Valid from',
      validUntil: 'Valid until',
      leadDays: 'Lead time (days)',
    },
    inquiry: {
      subject: 'Subject',
      day: 'Date',
      replyBy: 'Answer by',
      deliverBy: 'Deliver by',
      orderedState: 'Ordered',
      'lines.name': 'Name',
      'lines.offered': 'Offered',
      'lines.ordered': 'Ordered',
    },
    supplierQuotation: {
      day: 'Asked on',
      validUntil: 'Valid until',
      supplierReference: 'Supplier quotation no.',
      deliverBy: 'Deliver by',
      orderedState: 'Ordered',
      'lines.name': 'Name',
      'lines.minQuantity': 'Minimum quantity',
      'lines.leadDays': 'Lead time (days)',
      'lines.ordered': 'Ordered',
    },
    purchaseContract: {
      day: 'Contract date',
      subject: 'Subject',
      supplierReference: 'Supplier contract no.',
      deliverBy: 'Deliver by',
      signedOn: 'Signed on',
      signedAt: 'Signed at',
      validFrom: 'Valid from',
      validUntil: 'Valid until',
      calledState: 'Called off',
      'lines.name': 'Name',
      'lines.called': 'Called off',
    },
    salesOrder: {
      'lines.purchased': 'Purchased',
    },
  },
  parts: {
    supplier: {
      contacts: 'Contacts',
    },
    inquiry: {
      suppliers: 'Suppliers asked',
    },
    purchaseContract: {
      instalments: 'Payment plan',
    },
    purchaseOrder: {
      instalments: 'Payment plan',
    },
  },
  dictionaries: {
    supplierGrade: 'Supplier grade',
    supplierCategory: 'Supplier category',
    purchaseReturnReason: 'Purchase return reason',
  },
  ledgers: {
    onOrder: 'Goods on order',
  },
  rights: {
    'purchase.exceed': 'Approve purchases above the limit',
  },
  choices: {
    purchaseOrder: {
      payableFrom: {
        order: 'The order',
        stockIn: 'The goods',
      },
      receivedState: {
        none: 'None',
        part: 'Part',
        all: 'All',
      },
      paymentState: {
        none: 'Not paid',
        part: 'Part paid',
        all: 'Paid',
      },
    },
    stockIn: {
      freightBy: {
        amount: 'Amount',
        quantity: 'Quantity',
      },
      paymentState: {
        none: 'Not paid',
        part: 'Part paid',
        all: 'Paid',
      },
    },
    inquiry: {
      orderedState: {
        none: 'None',
        part: 'Part',
        all: 'All',
      },
    },
    supplierQuotation: {
      orderedState: {
        none: 'None',
        part: 'Part',
        all: 'All',
      },
    },
    purchaseContract: {
      calledState: {
        none: 'None',
        part: 'Part',
        all: 'All',
      },
    },
    dictionaryEntry: {
      dictionary: {
        supplierGrade: 'Supplier grade',
        supplierCategory: 'Supplier category',
        purchaseReturnReason: 'Purchase return reason',
      },
    },
  },
  states: {
    purchaseOrder: {
      completed: 'Completed',
      closed: 'Closed',
    },
    stockIn: {
      posted: 'Received',
    },
    purchaseReturn: {
      posted: 'Returned',
    },
    inquiry: {
      sent: 'Sent',
      closed: 'Closed',
    },
    supplierQuotation: {
      draft: 'Awaited',
      answered: 'Answered',
    },
    purchaseContract: {
      closed: 'Closed',
    },
  },
  steps: {
    purchaseOrder: {
      takeBack: 'Take back',
      close: 'Close',
      reopen: 'Reopen',
      complete: 'Complete',
      resume: 'Resume',
    },
    stockIn: {
      post: 'Receive',
      takeBack: 'Take back',
    },
    purchaseReturn: {
      post: 'Return',
      takeBack: 'Take back',
    },
    inquiry: {
      send: 'Send',
      close: 'Close',
      reopen: 'Reopen',
    },
    supplierQuotation: {
      answer: 'Record the answer',
      takeBack: 'Take back',
    },
    purchaseContract: {
      close: 'Close',
    },
  },
  refusals: {
    'purchase.overLimit':
      'The order of {{wanted|money}} is above the purchase limit of {{limit|money}}. Hand it in to somebody who may approve it.',
    'purchase.paidMoreThanReceived':
      '{{paid|money}} was paid, more than the {{owed|money}} owed for what came in. Undo the settlement of the rest first.',
    'purchase.priceMissing':
      '{{count}} lines have no price. Goods received without an order need one from somebody who sees purchase prices, or are marked as gifts.',
    'purchase.returnWithoutStockIn': 'A purchase return is made from a goods receipt, which tells what the goods cost.',
    'stock.orderMissing': 'Not as much of {{item}} is on order as should leave it: {{held|quantity}}. Refresh and try again.',
    'inquiry.noSuppliers': 'Choose at least one supplier before you send the inquiry.',
    'inquiry.noPrices': 'Enter at least one price before you record the answer.',
    'inquiry.nothingAwarded': 'Enter the quantities to order first.',
    'plan.nothingChosen': 'Choose goods with a quantity and a supplier first.',
  },
};
