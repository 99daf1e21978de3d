import { creditMoments, type Handling, handlings } from '../documents/creditRules.ts';
import { boundKinds, type DecimalLimits } from '../kernel/decimals.ts';
import { captchaModes } from './signIns.ts';

/**
 * What an administrator can set for the whole company. The key is the one the setting is stored under: `company.…` prints on
 * letterheads, `parameter.…` steers the program and goes to every client without its prefix; `safety.…` is about coming in.
 */
export type Parameter =
  | { readonly key: string; readonly kind: 'text'; readonly max: number; readonly default: string }
  | { readonly key: string; readonly kind: 'integer'; readonly min: number; readonly max: number; readonly default: number }
  | { readonly key: string; readonly kind: 'choice'; readonly choices: readonly string[]; readonly default: string }
  | { readonly key: string; readonly kind: 'flag'; readonly default: boolean }
  | { readonly key: string; readonly kind: 'decimals'; readonly of: keyof DecimalLimits; readonly type: string; readonly default: null }
  | { readonly key: string; readonly kind: 'file'; readonly default: null };

/** Every parameter but the decimals of a type. */
export type PlainParameter = Exclude<Parameter, { kind: 'decimals' }>;

const text = (key: string, max: number): PlainParameter => ({ key, kind: 'text', max, default: '' });
const integer = (key: string, range: { min: number; max: number; default: number }): PlainParameter => ({ key, kind: 'integer', ...range });
const handling = (key: string, standard: Handling): PlainParameter => ({ key, kind: 'choice', choices: handlings, default: standard });
const flag = (key: string, standard: boolean): PlainParameter => ({ key, kind: 'flag', default: standard });

/** The key of the decimals of one type's prices or quantities. */
export const decimalsKey = (type: string, of: keyof DecimalLimits): string => `parameter.decimals.${type}.${of}`;

/** All parameters of a company with these types of records: the ones below, and the decimals of each type that has prices or quantities. */
export const parametersFor = (
  definitions: readonly (Parameters<typeof boundKinds>[0] & { readonly type: string })[],
): readonly Parameter[] => [
  ...parameters,
  ...definitions.flatMap((definition) =>
    boundKinds(definition).map(
      (of): Parameter => ({ key: decimalsKey(definition.type, of), kind: 'decimals', of, type: definition.type, default: null }),
    ),
  ),
];

/** The books are closed up to and with this day; months are closed and opened at a door of their own. */
export const closedThroughKey = 'parameter.closedThrough';

export const parameters: readonly PlainParameter[] = [
  text('company.name', 200),
  text('company.address', 300),
  text('company.phone', 60),
  text('company.fax', 60),
  text('company.email', 120),
  text('company.website', 200),
  text('company.taxNumber', 30),
  text('company.bank', 120),
  text('company.bankAccount', 60),
  { key: 'company.logo', kind: 'file', default: null },
  { key: 'language', kind: 'choice', choices: ['zh-CN', 'zh-TW', 'en'], default: 'zh-CN' },
  // Decimals that screens and papers show; what is stored keeps six.
  integer('parameter.priceDecimals', { min: 0, max: 6, default: 2 }),
  integer('parameter.quantityDecimals', { min: 0, max: 6, default: 0 }),
  // How many days before they fall due receivables are shown.
  integer('parameter.receivableDueDays', { min: 0, max: 90, default: 7 }),
  integer('parameter.quotationValidDays', { min: 1, max: 365, default: 30 }),
  // After so many days without an order a customer counts as lost; after so many without anything its owner is reminded. 0 is never.
  integer('parameter.customerLostDays', { min: 0, max: 3650, default: 365 }),
  integer('parameter.customerIdleDays', { min: 0, max: 3650, default: 30 }),
  // So many days before a birthday whoever looks after the contact is reminded; 0 is never.
  integer('parameter.birthdayDays', { min: 0, max: 60, default: 3 }),
  // New products and new prices are announced to everybody who writes quotations.
  flag('parameter.itemNotices', false),
  flag('parameter.lowStockNotices', true),
  // With what the debt to a supplier begins: its order, or the goods that came in.
  { key: 'parameter.payableFrom', kind: 'choice', choices: ['order', 'stockIn'], default: 'stockIn' },
  // Whole units of the company's currency; orders beyond it need the right purchase.exceed. 0: no limit.
  integer('parameter.purchaseApprovalLimit', { min: 0, max: 1_000_000_000, default: 0 }),
  // Goods that moved on a day which others have passed already: refused, or posted once the change of their costs was read.
  { key: 'parameter.backDating', kind: 'choice', choices: ['refuse', 'warn'], default: 'warn' },
  // By how many minor units (fen, cents) the tax of an invoice may be moved by hand, so that it agrees with the paper.
  integer('parameter.taxAdjustmentMax', { min: 0, max: 100, default: 5 }),
  // By how many minor units a supplier's invoice may differ from the goods it is for.
  integer('parameter.invoiceTolerance', { min: 0, max: 1_000_000, default: 100 }),
  // Receipts older than so many days are old (0: never); refused, or approved by whoever has the right.
  integer('parameter.expenseReceiptDays', { min: 0, max: 3650, default: 0 }),
  flag('parameter.expenseLateRefused', false),
  // How strictly a customer's credit is kept when it orders, when goods are released for it and when they leave.
  ...creditMoments.flatMap((moment) => [
    handling(`parameter.credit.${moment}.amount`, moment === 'order' ? 'approve' : moment === 'release' ? 'warn' : 'ignore'),
    handling(`parameter.credit.${moment}.overdue`, moment === 'release' ? 'approve' : 'ignore'),
  ]),
  // So many days a debt may be overdue before anybody minds.
  integer('parameter.credit.graceDays', { min: 0, max: 365, default: 0 }),
  // What happens when goods past their day would go to a customer, and how many days before it somebody is told (an item may say otherwise; 0 is never).
  handling('parameter.expiredLots', 'warn'),
  integer('parameter.expiryWarnDays', { min: 0, max: 3650, default: 30 }),
  // What has to be there before goods are released: the part of the order that is paid first, and the goods.
  handling('parameter.release.deposit', 'approve'),
  handling('parameter.release.stock', 'warn'),
  // So many rows a person may export in a day; 0: no limit.
  integer('parameter.exportRowsPerDay', { min: 0, max: 10_000_000, default: 0 }),
  // The same for somebody whose last day is set; 0: as everybody else.
  integer('parameter.exportRowsLeaving', { min: 0, max: 10_000_000, default: 100 }),
  // When somebody opens so many customers and contacts in a day, or exports so many rows: so many times their own usual, but never
  // below the floor, which is lower for whoever is leaving; and so many opened at night. 0 is never.
  integer('parameter.readingTimes', { min: 0, max: 100, default: 5 }),
  integer('parameter.readingFloor', { min: 1, max: 1_000_000, default: 200 }),
  integer('parameter.readingExportFloor', { min: 1, max: 10_000_000, default: 1000 }),
  integer('parameter.readingFloorLeaving', { min: 1, max: 1_000_000, default: 50 }),
  integer('parameter.readingNight', { min: 0, max: 1_000_000, default: 0 }),
  // Who printed it and when, at the foot of lists and reports, and of what partners receive.
  flag('parameter.markSheets', true),
  flag('parameter.markPartnerPapers', false),
  text('parameter.administratorEmail', 120),
  // After so many wrong passwords in a row an account is locked for so many minutes; 0 is never.
  integer('safety.lockAfter', { min: 0, max: 50, default: 0 }),
  integer('safety.lockMinutes', { min: 1, max: 1440, default: 15 }),
  integer('safety.passwordLength', { min: 8, max: 64, default: 8 }),
  // What no password may contain, besides what everybody tries first.
  text('safety.passwordWords', 1000),
  { key: 'safety.captcha', kind: 'choice', choices: captchaModes, default: 'never' },
];
