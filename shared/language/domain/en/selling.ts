import type { AreaWords } from '../../labels.ts';

export const selling: AreaWords = {
  types: {
    orderType: {
      one: 'Order type',
      many: 'Order types',
    },
    deliveryNotice: {
      one: 'Delivery notice',
      many: 'Delivery notices',
    },
    salesReturn: {
      one: 'Sales return',
      many: 'Sales returns',
    },
    packingList: {
      one: 'Packing list',
      many: 'Packing lists',
    },
    loan: {
      one: 'Loan',
      many: 'Loans',
    },
    loanReturn: {
      one: 'Return of loan',
      many: 'Returns of loans',
    },
    loanSale: {
      one: 'Sale of loan',
      many: 'Sales of loans',
    },
    loanWriteOff: {
      one: 'Write-off of loan',
      many: 'Write-offs of loans',
    },
    sampleNote: {
      one: 'Sample note',
      many: 'Sample notes',
    },
  },
  fields: {
    common: {
      order: 'Sales order',
      orderRow: 'Order line',
      baseNetAmount: 'Net in own currency',
      costTotal: 'Total cost',
      cost: 'Cost',
    },
    orderType: {
      name: 'Name of the type',
      outboundBy: 'Goods leave by',
      receivableFrom: 'Customer owes by',
      depositRate: 'To be paid before release',
    },
    salesOrder: {
      orderType: 'Order type',
      outboundBy: 'Goods leave by',
      receivableFrom: 'Customer owes by',
      depositRate: 'To be paid before release',
      'lines.released': 'Released',
    },
    stockOut: {
      receivableFrom: 'Customer owes by',
      'lines.returned': 'Returned',
      signedOn: 'Signed on',
      signedBy: 'Signed by',
      signedPicture: 'Picture of the receipt',
      'parcels.number': 'Parcel number',
      'parcels.boxCount': 'Boxes',
      'parcels.weight': 'Weight (kg)',
      'lines.packed': 'Packed',
    },
    deliveryNotice: {
      day: 'Notice date',
      shipOn: 'Ship on',
      shippedState: 'Delivery state',
      'lines.name': 'Description',
      'lines.shipped': 'Shipped',
      'lines.quantity': 'Quantity released',
    },
    customer: {
      plainDelivery: 'No prices on delivery notes',
    },
    dictionaryEntry: {
      queryAddress: 'Tracking address',
      arrivalDays: 'Days to arrive',
    },
    salesReturn: {
      day: 'Return date',
      returnReason: 'Reason for return',
      'lines.name': 'Description',
      'lines.quantity': 'Quantity returned',
    },
    packingList: {
      marks: 'Marks',
      boxCount: 'Boxes',
      netWeight: 'Net weight (kg)',
      grossWeight: 'Gross weight (kg)',
      'lines.boxNumber': 'Box no.',
      'lines.measures': 'Measures',
      'lines.name': 'Description',
      'lines.quantity': 'Quantity packed',
    },
    loan: {
      day: 'Lent on',
      dueOn: 'Due back on',
      purpose: 'Purpose',
      settledState: 'Return state',
      'lines.quantity': 'Quantity lent',
      'lines.settled': 'Settled',
      'lines.name': 'Description',
    },
    loanReturn: {
      day: 'Returned on',
      'lines.quantity': 'Quantity returned',
      'lines.name': 'Description',
    },
    loanSale: {
      day: 'Sold on',
      'lines.name': 'Description',
    },
    loanWriteOff: {
      day: 'Written off on',
      writeOffKind: 'Kind',
      'lines.quantity': 'Quantity written off',
      'lines.name': 'Description',
    },
    sampleNote: {
      day: 'Date',
      charge: 'Charge',
      followUpOn: 'Follow up on',
      outcome: 'Outcome',
      'lines.name': 'Description',
    },
  },
  choices: {
    loan: {
      settledState: {
        none: 'Nothing back',
        part: 'Partly back',
        all: 'Settled',
      },
    },
    loanWriteOff: {
      writeOffKind: {
        gift: 'Given away',
        lost: 'Lost',
        damaged: 'Damaged',
      },
    },
    sampleNote: {
      charge: {
        free: 'Free',
        charged: 'Charged',
      },
    },
    common: {
      outboundBy: {
        order: 'The order',
        notice: 'A delivery notice',
      },
      receivableFrom: {
        order: 'The order',
        stockOut: 'The goods issue',
      },
    },
    dictionaryEntry: {
      dictionary: {
        returnReason: 'Reasons for returns',
      },
    },
    deliveryNotice: {
      shippedState: {
        none: 'Nothing shipped',
        part: 'Partly shipped',
        all: 'All shipped',
      },
    },
  },
  states: {
    deliveryNotice: {
      approved: 'Released',
      completed: 'Shipped',
      closed: 'Closed',
    },
    salesReturn: {
      posted: 'Taken back',
    },
    packingList: {
      packed: 'Packed',
    },
    loan: {
      posted: 'Lent',
    },
    loanReturn: {
      posted: 'Returned',
    },
    loanSale: {
      posted: 'Sold',
    },
    loanWriteOff: {
      posted: 'Written off',
    },
    sampleNote: {
      posted: 'Sent',
    },
  },
  steps: {
    deliveryNotice: {
      approve: 'Release',
      takeBack: 'Take back',
      close: 'Close the rest',
      complete: 'Complete',
      resume: 'Resume',
    },
    salesReturn: {
      post: 'Take the goods in',
      takeBack: 'Take back',
    },
    packingList: {
      pack: 'Packed',
      takeBack: 'Take back',
    },
    loan: {
      post: 'Lend',
      takeBack: 'Take back',
    },
    loanReturn: {
      post: 'Take in',
      takeBack: 'Take back',
    },
    loanSale: {
      post: 'Sell',
      takeBack: 'Take back',
    },
    loanWriteOff: {
      post: 'Write off',
      takeBack: 'Take back',
    },
    sampleNote: {
      post: 'Send',
      takeBack: 'Take back',
    },
  },
  rights: {
    'delivery.override': 'Release and ship in spite of the rules',
    'return.withoutDelivery': 'Take back goods without their delivery',
  },
  groups: {
    signing: 'Proof of receipt',
  },
  parts: {
    stockOut: {
      parcels: 'Parcels',
    },
    packingList: {
      lines: 'Contents',
    },
  },
  dictionaries: {
    returnReason: 'Reasons for returns',
  },
  refusals: {
    'order.releasedNotShipped':
      '{{count}} lines are released and not shipped. Ship them or close the rest of the delivery notices before you close the order.',
    'credit.overdue':
      'The customer owes {{amount|money}} that is overdue, the oldest by {{days}} days. Collect it first, or ask somebody who may pass this with a reason.',
    'release.depositMissing':
      'Order {{number}} needs {{needed|money}} paid before release; {{paid|money}} came in. Collect it first, or ask somebody who may pass this with a reason.',
    'release.stockShort':
      'There is not enough free stock of “{{item}}”: {{wanted|quantity}} wanted, {{free|quantity}} free. Release less, choose another warehouse or wait for goods to come in.',
    'return.withoutDelivery':
      'The returned goods name no delivery. Make the return from the goods issue, or ask somebody who may take goods back without one.',
  },
};
