import type { AreaWords } from '../../labels.ts';

export const lots: AreaWords = {
  types: {
    lot: {
      one: 'Lot',
      many: 'Lots',
    },
  },
  fields: {
    common: {
      tracking: 'Told apart by',
      shelfLifeDays: 'Shelf life (days)',
      expiryWarnDays: 'Days to warn before expiry',
      madeOn: 'Made on',
      expiresOn: 'Expires on',
      lotNumbers: 'Lots',
      lot: 'Lot',
      'lots.number': 'Lot / serial no.',
      lotNumber: 'Lot / serial no.',
    },
    lot: {
      number: 'Lot / serial no.',
      blocked: 'Blocked',
      key: 'Search key',
      warnedOn: 'Warned on',
    },
    transferIn: {
      'lots.lost': 'Of which lost',
    },
  },
  parts: {
    common: {
      lots: 'Lots and serial numbers',
    },
  },
  choices: {
    item: {
      tracking: {
        none: 'Not at all',
        lot: 'Lot',
        serial: 'Serial number',
      },
    },
  },
  ledgers: {
    lots: 'Lots',
  },
  refusals: {
    'item.trackingFixed': 'There is stock of this item, so how it is told apart cannot change. Clear the stock first.',
    'lots.missing':
      '“{{item}}” is told apart by lots or serial numbers: {{wanted|quantity}} wanted, {{given|quantity}} named. Fill in the lots; for goods that leave, “First expired first” chooses them.',
    'lots.surplus': 'The lots of “{{item}}” are {{surplus|quantity}} more than the lines say. Lower them, or change the lines.',
    'lots.notTracked': 'The item of {{number}} is not told apart by lots or serial numbers. Remove the row.',
    'lots.oneEach': 'A serial number is one piece: {{number}} must have the quantity 1.',
    'lots.twice': 'The serial number {{number}} stands here twice. Remove one of the rows.',
    'lots.daysReversed': '{{number}} would expire before it was made. Check both days.',
    'lots.unknown': 'There is no lot or serial number {{number}}. Check what was typed, or choose one that is there.',
    'lots.alreadyHere': 'The serial number {{number}} is in stock already and cannot come in again.',
    'lots.otherDays': 'Lot {{number}} is known with the day {{day|day}}. Use that day, or another lot number.',
    'lots.notHeld':
      'There is not enough of lot “{{item}}” in {{place}}: {{wanted|quantity}} wanted, {{held|quantity}} held. Choose another lot.',
    'lots.blocked': 'Lot {{number}} is blocked and is not sold or used. Choose another lot, or release it first.',
    'lots.expired': 'Lot {{number}} expired on {{expiresOn|day}}.',
    'notice.lotExpiring': 'Lot {{number}} of “{{item}}” expires on {{expiresOn|day}}, in {{days}} days.',
    'count.lotMissing': '“{{item}}” is told apart by lots or serial numbers: count each and name it.',
    'lots.untold':
      '“{{item}}” is told apart in another way by now, so its lots would not agree with its stock. Use another receipt or issue instead.',
  },
};
