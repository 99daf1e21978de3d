import type { AreaWords } from '../../labels.ts';

export const stock: AreaWords = {
  types: {
    stockTransfer: {
      one: 'Transfer',
      many: 'Transfers',
    },
    transferIn: {
      one: 'Transfer receipt',
      many: 'Transfer receipts',
    },
    otherIn: {
      one: 'Other goods in',
    },
    otherOut: {
      one: 'Other goods out',
    },
    requisition: {
      one: 'Requisition',
      many: 'Requisitions',
    },
    requisitionReturn: {
      one: 'Requisition return',
      many: 'Requisition returns',
    },
    stockCount: {
      one: 'Stock-take',
      many: 'Stock-takes',
    },
    countSheet: {
      one: 'Count sheet',
      many: 'Count sheets',
    },
    stockGain: {
      one: 'Stock gain',
      many: 'Stock gains',
    },
    stockLoss: {
      one: 'Stock loss',
      many: 'Stock losses',
    },
    assembly: {
      one: 'Assembly',
      many: 'Assemblies',
    },
    disassembly: {
      one: 'Disassembly',
      many: 'Disassemblies',
    },
  },
  fields: {
    common: {
      'lines.name': 'Name',
      stockReason: 'Reason',
      cost: 'Cost',
      costTotal: 'Total cost',
      forDepartment: 'For department',
      forPerson: 'Taken by',
      round: 'Round',
      setItem: 'Set',
    },
    stockTransfer: {
      day: 'Transfer date',
      warehouse: 'From warehouse',
      toWarehouse: 'To warehouse',
      carrier: 'Carrier',
      receivedState: 'Receipt',
      'lines.received': 'Received',
    },
    transferIn: {
      day: 'Date received',
      warehouse: 'To warehouse',
      fromWarehouse: 'From warehouse',
      'lines.quantity': 'Accounted for',
      'lines.lost': 'Lost of these',
      'lines.lossReason': 'Reason for loss',
      'lines.cost': 'Cost of loss',
    },
    otherIn: {
      day: 'Date in',
      'lines.unitCost': 'Unit cost',
    },
    otherOut: {
      day: 'Date out',
    },
    requisition: {
      day: 'Requisition date',
      purpose: 'Purpose',
      'lines.returned': 'Returned',
    },
    requisitionReturn: {
      day: 'Return date',
      forPerson: 'Returned by',
      forDepartment: 'From department',
    },
    stockCount: {
      day: 'Count date',
      category: 'Category',
      uncounted: 'Items not counted',
      startedAt: 'Started at',
      differences: 'Differences',
      missing: 'Not counted',
      gainNote: 'Gain note',
      lossNote: 'Loss note',
      'lines.counted': 'Counted',
      'lines.countRound': 'Round',
      'lines.countedAt': 'Counted at',
      'lines.snapshot': 'Books at start',
      'lines.moved': 'Moved meanwhile',
      'lines.difference': 'Difference',
      'lines.differenceCost': 'Value of difference',
    },
    countSheet: {
      count: 'Stock-take',
      day: 'Count date',
      counter: 'Counted by',
      zone: 'Zone',
      'lines.quantity': 'Counted',
      'lines.countedAt': 'Counted at',
    },
    stockGain: {
      day: 'Date',
      count: 'Stock-take',
      'lines.quantity': 'Gained',
    },
    stockLoss: {
      day: 'Date',
      count: 'Stock-take',
      'lines.quantity': 'Missing',
    },
    assembly: {
      day: 'Assembly date',
      quantity: 'Sets made',
      'lines.quantity': 'Quantity of part',
    },
    disassembly: {
      day: 'Disassembly date',
      quantity: 'Sets broken up',
      'lines.quantity': 'Quantity of part',
      'lines.share': 'Share of cost',
    },
    item: {
      'components.component': 'Part',
      'components.quantity': 'Per set',
      'stockLimits.warehouse': 'Warehouse',
      'stockLimits.minimum': 'Minimum',
      'stockLimits.maximum': 'Maximum',
      'stockLimits.notify': 'Notify',
      'stockLimits.alsoNotify': 'Notify too',
    },
    user: {
      'warehouses.warehouse': 'Warehouse',
    },
  },
  parts: {
    item: {
      components: 'Parts of the set',
      stockLimits: 'Stock limits',
    },
    user: {
      warehouses: 'Limited to warehouses',
    },
    assembly: {
      lines: 'Parts',
    },
    disassembly: {
      lines: 'Parts',
    },
    stockCount: {
      lines: 'Items',
    },
  },
  choices: {
    dictionaryEntry: { dictionary: { stockReason: 'Reasons for stock movements' } },
    stockTransfer: {
      receivedState: {
        none: 'Not received',
        part: 'Partly received',
        all: 'Received',
      },
    },
    stockCount: {
      uncounted: {
        keep: 'Keep the books',
        zero: 'Count as nothing',
      },
    },
  },
  states: {
    stockTransfer: {
      posted: 'On the way',
      completed: 'Completed',
    },
    transferIn: {
      posted: 'Received',
    },
    otherIn: {
      posted: 'Received',
    },
    otherOut: {
      posted: 'Issued',
    },
    requisition: {
      posted: 'Issued',
    },
    requisitionReturn: {
      posted: 'Returned',
    },
    stockCount: {
      counting: 'Counting',
      review: 'In review',
      posted: 'Posted',
    },
    countSheet: {
      posted: 'Handed in',
    },
    assembly: {
      posted: 'Assembled',
    },
    disassembly: {
      posted: 'Broken up',
    },
  },
  steps: {
    stockTransfer: {
      post: 'Send',
      takeBack: 'Undo sending',
      complete: 'Complete',
      resume: 'Resume',
    },
    transferIn: {
      post: 'Receive',
      takeBack: 'Undo receipt',
    },
    otherIn: {
      post: 'Receive',
      takeBack: 'Undo receipt',
    },
    otherOut: {
      post: 'Issue',
      takeBack: 'Undo issue',
    },
    requisition: {
      post: 'Issue',
      takeBack: 'Undo issue',
    },
    requisitionReturn: {
      post: 'Take back into stock',
      takeBack: 'Undo return',
    },
    stockCount: {
      start: 'Start counting',
      finish: 'Finish counting',
      recount: 'Recount differences',
      post: 'Post gains and losses',
      takeBack: 'Undo posting',
    },
    countSheet: {
      post: 'Hand in',
      takeBack: 'Take back',
    },
    assembly: {
      post: 'Assemble',
      takeBack: 'Undo assembly',
    },
    disassembly: {
      post: 'Break up',
      takeBack: 'Undo disassembly',
    },
  },
  rights: {
    'see.bookStock': 'See book quantities in stock-takes',
  },
  dictionaries: {
    stockReason: 'Reasons for stock movements',
  },
  refusals: {
    'goods.unknownUnit': 'The item has no unit “{{unit}}”. Choose one of the units kept with the item.',
    'stock.notKept': 'No stock is kept of {{count}} of the items (services and the like). Remove these lines.',
    'stock.otherWarehouse':
      'You work in other warehouses and cannot move goods in “{{warehouse}}”. Choose your own, or ask a colleague who may.',
    'notice.lowStock': 'Only {{available|quantity}} of “{{item}}” left; there should be at least {{minimum|quantity}}.',
    'notice.lowStockAt': 'Only {{available|quantity}} of “{{item}}” left in {{warehouse}}; there should be at least {{minimum|quantity}}.',
    'transfer.sameWarehouse': 'Goods cannot be transferred to the warehouse they are in. Choose another one.',
    'transfer.lostTooMuch': 'No more can be lost than is accounted for. Enter less.',
    'transfer.lossWithoutReason': 'Choose a reason for the loss.',
    'assembly.partOfItself': 'A set cannot be part of itself. Choose another item for this line.',
    'count.nothing': 'There is nothing to count in this warehouse or category. Choose another one, or list the items.',
    'count.overlaps': 'Stock-take {{number}} is counting some of these items. Finish or void it first.',
    'count.notCounting': 'Stock-take {{number}} is not being counted, so sheets cannot be handed in or taken back.',
  },
};
