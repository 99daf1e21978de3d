import type { DomainWords } from '../../labels.ts';
import { dictionaries, operations, scopes } from './names.ts';

export const choices: DomainWords['choices'] = {
  common: {
    language: { 'zh-CN': 'Simplified Chinese', 'zh-TW': 'Traditional Chinese', en: 'English' },
    paymentState: { none: 'Unpaid', part: 'Partly paid', all: 'Paid' },
    priceBasis: { net: 'Price excl. tax', gross: 'Price incl. tax' },
  },
  department: { kindOfUnit: { company: 'Company', branch: 'Branch', office: 'Office', department: 'Department', team: 'Team' } },
  position: {
    'grants.operation': operations,
    'grants.scope': scopes,
    'fieldRights.access': { hidden: 'Hidden', readOnly: 'Read only' },
  },
  user: { employment: { employed: 'Employed', left: 'Left' } },
  dictionaryEntry: { dictionary: dictionaries },
  account: { accountKind: { bank: 'Bank account', cash: 'Cash', alipay: 'Alipay', wechat: 'WeChat Pay', other: 'Other' } },
  warehouse: { negativeStock: { forbid: 'Forbid', warn: 'Warn', allow: 'Allow' } },
  item: {
    itemType: { goods: 'Goods', service: 'Service', sparePart: 'Spare part', officeSupply: 'Office supply', gift: 'Gift' },
    origin: { bought: 'Bought', made: 'Made', consigned: 'On consignment', intangible: 'Intangible' },
  },
  customer: { 'addresses.purpose': { delivery: 'Delivery', billing: 'Billing', other: 'Other' } },
  contact: { gender: { female: 'Female', male: 'Male', other: 'Other' } },
  quotation: {
    lostReason: {
      price: 'Price',
      delivery: 'Delivery time',
      quality: 'Quality',
      competitor: 'Competitor',
      noDemand: 'No demand',
      other: 'Other',
    },
    orderedState: { none: 'Not ordered', part: 'Partly ordered', all: 'Ordered' },
  },
  frameContract: { calledState: { none: 'Not called off', part: 'Partly called off', all: 'Called off' } },
  salesOrder: { deliveryState: { none: 'Not issued', part: 'Partly issued', all: 'Issued' } },
};

export const states: DomainWords['states'] = {
  common: {
    draft: 'Draft',
    pending: 'Awaiting approval',
    approved: 'Approved',
    void: 'Void',
    posted: 'Posted',
    reversed: 'Reversed',
    reversal: 'Reversal',
  },
  quotation: { lost: 'Lost', expired: 'Expired' },
  frameContract: { closed: 'Ended' },
  salesOrder: { completed: 'Completed', closed: 'Closed' },
  stockOut: { posted: 'Issued' },
  receipt: { posted: 'Received' },
  costAdjustment: { posted: 'Adjusted' },
  settlement: { posted: 'Settled' },
};

export const steps: DomainWords['steps'] = {
  common: {
    submit: 'Submit for approval',
    approve: 'Approve',
    reject: 'Send back',
    withdraw: 'Withdraw',
    takeBack: 'Undo posting',
    void: 'Void',
    post: 'Post',
    reverse: 'Reverse',
  },
  quotation: { lose: 'Mark as lost', expire: 'Mark as expired' },
  frameContract: { close: 'End' },
  salesOrder: { takeBack: 'Undo approval', close: 'Close', reopen: 'Reopen', complete: 'Complete', resume: 'Resume' },
  stockOut: { post: 'Confirm issue', takeBack: 'Undo issue' },
  receipt: { post: 'Confirm receipt', takeBack: 'Undo receipt' },
  costAdjustment: { post: 'Confirm adjustment', takeBack: 'Undo adjustment' },
  settlement: { post: 'Confirm settlement', takeBack: 'Undo settlement' },
};
