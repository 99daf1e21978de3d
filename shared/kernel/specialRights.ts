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
  'price.belowFloor',
  'credit.exceed',
  'stock.negative',
  'settlement.undo',
  'import',
  'audit.read',
  'versions.restore',
  'recycleBin.purge',
  'sessions.manage',
  'settings.change',
  'users.manage',
  'templates.change',
  'figures.read',
  'tokens.own',
] as const;

export type SpecialRight = (typeof specialRights)[number];
