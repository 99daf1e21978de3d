/**
 * Rights that are no operation on a record type: seeing secrets, passing a guard, keeping the system. A position holds
 * any number of them; the administrator's flag on a position holds them all.
 */
export const specialRights = [
  'see.cost',
  'see.purchasePrice',
  'see.salesPrice',
  'see.contact',
  'see.credit',
  'see.floorPrice',
  'see.bank',
  'see.bookStock',
  'price.belowFloor',
  'credit.exceed',
  'purchase.exceed',
  'stock.negative',
  'delivery.override',
  'return.withoutDelivery',
  'settlement.undo',
  'statement.reopen',
  'expense.late',
  'cash.pay',
  'books.close',
  'books.reopen',
  'accounts.private',
  'import',
  'audit.read',
  'versions.restore',
  'recycleBin.purge',
  'sessions.manage',
  'addresses.manage',
  'devices.manage',
  'settings.change',
  'backups.keep',
  'opening.force',
  'users.manage',
  'templates.change',
  'figures.read',
  'tokens.own',
  'securityKeys.own',
] as const;

export type SpecialRight = (typeof specialRights)[number];
