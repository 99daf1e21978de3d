import type { AnyRecord, CalculationSetting, Guard } from '../kernel/definition.ts';
import { exchangeRate, flag, link } from '../kernel/fields.ts';
import { mulDiv } from '../kernel/numbers.ts';

/** Exchange rate 1. */
export const even = 1_000_000_000;

const rateFields = <const G extends string>(group: G) =>
  ({ exchangeRate: exchangeRate({ min: 1, group }), inOwnCurrency: flag({ derived: true, hidden: true }) }) as const;

/** The money of a document that is about money: its currency, and the rate to the company's own, which fills itself in. */
export const moneyHead = { currency: link('currency', { required: true, default: 'main' }), ...rateFields('exchange') } as const;

/** The same among the other terms of a document. */
export const moneyFields = {
  currency: link('currency', { required: true, default: 'main', group: 'terms' }),
  ...rateFields('terms'),
} as const;

export const moneyFills = { exchangeRate: { from: 'currency', as: 'linked', field: 'rate' } } as const;
export const moneyCopies = { inOwnCurrency: { link: 'currency', field: 'main' } } as const;

/** The rate of a document's money: 1 for the company's own, null when nobody said. */
export function rateOf({ values }: AnyRecord): number | null {
  if (values.inOwnCurrency === true) return even;
  return values.exchangeRate === null || values.exchangeRate === undefined ? null : Number(values.exchangeRate);
}

/** An amount of a document in the company's own money, rounded once. */
export const inOwnMoney = (amount: number, rate: number | null, setting: CalculationSetting): number =>
  mulDiv([amount, rate ?? even, 10 ** setting.baseDigits], [even, 10 ** setting.currencyDigits]);

/** The rate of foreign money must be known before its worth is written anywhere; the company's own money has none. */
export const rateGiven: Guard = {
  name: 'rateGiven',
  check: (document) => {
    const given = document.values.exchangeRate ?? null;
    const fields = (code: string) => [{ path: 'exchangeRate', code }];
    if (rateOf(document) === null) return { code: 'money.rateMissing', fields: fields('money.rateMissing') };
    if (document.values.inOwnCurrency !== true || given === null || given === even) return null;
    return { code: 'money.rateOfOwnCurrency', fields: fields('money.rateOfOwnCurrency') };
  },
};
