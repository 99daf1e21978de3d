import { boundKinds, type DecimalLimits } from '../kernel/decimals.ts';

/**
 * What an administrator can set for the whole company. The key is the one the setting is stored under: `company.…` prints on
 * letterheads, `parameter.…` steers the program and goes to every client without its prefix.
 */
export type Parameter =
  | { readonly key: string; readonly kind: 'text'; readonly max: number; readonly default: string }
  | { readonly key: string; readonly kind: 'integer'; readonly min: number; readonly max: number; readonly default: number }
  | { readonly key: string; readonly kind: 'choice'; readonly choices: readonly string[]; readonly default: string }
  | { readonly key: string; readonly kind: 'flag'; readonly default: boolean }
  | { readonly key: string; readonly kind: 'day'; readonly default: null }
  | { readonly key: string; readonly kind: 'decimals'; readonly of: keyof DecimalLimits; readonly type: string; readonly default: null }
  | { readonly key: string; readonly kind: 'file'; readonly default: null };

/** Every parameter but the decimals of a type. */
export type PlainParameter = Exclude<Parameter, { kind: 'decimals' }>;

const text = (key: string, max: number): PlainParameter => ({ key, kind: 'text', max, default: '' });
const integer = (key: string, range: { min: number; max: number; default: number }): PlainParameter => ({ key, kind: 'integer', ...range });
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
  flag('parameter.lowStockNotices', true),
  // The books are closed up to and with this day: nothing is posted or taken back there any more, only reversed later.
  { key: closedThroughKey, kind: 'day', default: null },
  text('parameter.administratorEmail', 120),
];
