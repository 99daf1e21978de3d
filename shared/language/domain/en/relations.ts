import type { AreaWords } from '../../labels.ts';

export const relations: AreaWords = {
  types: {
    customerItem: { one: 'Customer item', many: 'Customer items' },
    priceBook: { one: 'Price book', many: 'Price books' },
    promotion: { one: 'Promotion', many: 'Promotions' },
  },
  parts: { priceBook: { lines: 'Prices' }, promotion: { lines: 'What is granted', customers: 'For customers' } },
  fields: {
    common: { customerCode: 'Customer’s code', priceSource: 'Price source' },
    user: { priceLevel: 'Sells down to level' },
    position: { priceLevel: 'Sells down to level' },
    customerItem: { code: 'Customer’s code', name: 'Customer’s name for it', grossPrice: 'Agreed price', validUntil: 'Valid until' },
    priceBook: { subject: 'Subject', validFrom: 'Valid from', validUntil: 'Valid until', priceLevel: 'For price level' },
    promotion: {
      subject: 'Subject',
      validFrom: 'Valid from',
      validUntil: 'Valid until',
      priceLevel: 'For price level',
      minQuantity: 'From quantity',
    },
    customer: { statusSince: 'Status since', lastActivityOn: 'Last activity' },
    quotation: { revision: 'Revision', revisionOf: 'First revision', revisedBy: 'Next revision', wonBy: 'Won by' },
  },
  choices: {
    common: {
      priceSource: { agreed: 'Agreed', promotion: 'Promotion', last: 'Last paid', priceBook: 'Price book', level: 'Level', list: 'List' },
    },
    quotation: { wonBy: { orders: 'Ordered in full', hand: 'By hand' } },
  },
  states: {
    priceBook: { approved: 'In force', closed: 'Ended' },
    promotion: { approved: 'In force', closed: 'Ended' },
    quotation: { sent: 'Sent', won: 'Won', superseded: 'Superseded' },
  },
  steps: {
    priceBook: { close: 'End' },
    promotion: { close: 'End' },
    quotation: {
      send: 'Mark as sent',
      win: 'Mark as won',
      reopen: 'Reopen',
      revise: 'New revision',
      complete: 'Won by orders',
      resume: 'Open again',
    },
  },
  groups: { revisions: 'Revisions' },
  refusals: {
    'notice.birthday': '{{title}} of {{customer}} has a birthday on {{day}}.',
    'notice.idleCustomer': 'Nothing has happened with customer {{title}} for {{days}} days.',
    'notice.newItem': 'New product: {{title}}.',
    'notice.newPrice': 'New price: {{title}}, {{price|price}} incl. tax.',
    'prices.endsTooEarly': 'It would end before it begins.',
    'prices.lineIncomplete': 'Lines that do not say enough: {{count}}. Each names one item or one category, and one price or one discount.',
    'view.notShared': 'Share the view with everybody first.',
    'tree.circle': 'Nothing can stand below itself or below what stands below it.',
    'notice.quotationExpired': 'Quotation {{title}} is no longer valid.',
  },
};
