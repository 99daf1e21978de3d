import type { Titles } from '../../../shared/contracts/wire.ts';
import { msOf } from '../../../shared/kernel/days.ts';
import type { Value } from '../../../shared/kernel/definition.ts';
import type { Field } from '../../../shared/kernel/fields.ts';
import { formatExact, mulDiv, SCALE } from '../../../shared/kernel/numbers.ts';
import type { Language } from '../../../shared/language/languages.ts';

/** An amount in minor units, with thousands separators and all digits of its currency. */
export const formatMoney = (value: number, digits: number): string => formatExact(value, digits, { group: true });

/** A quantity in 10⁻⁶ without the zeros nobody needs, but with so many decimals as the company wants to see. */
export const formatQuantity = (value: number, minDigits = 0): string =>
  formatExact(value, SCALE.quantity, { group: true, trim: true, minDigits });

/**
 * A quantity (10⁻⁶ of its own unit) in the largest units that fit: 41 pens at twelve to the box read 3盒5支. Units are given with how
 * many of their own one of them holds, 10⁻⁶.
 */
export function formatInUnits(value: number, own: string, units: readonly { readonly unit: string; readonly ratio: number }[]): string {
  const larger = units.filter(({ ratio }) => ratio > 10 ** SCALE.quantity).toSorted((a, b) => b.ratio - a.ratio);
  let left = Math.abs(value);
  const pieces = larger.flatMap(({ unit, ratio }) => {
    const count = Math.floor(left / ratio);
    left -= count * ratio;
    return count > 0 ? [`${formatExact(count, 0, { group: true })}${unit}`] : [];
  });
  if (left > 0 || pieces.length === 0) pieces.push(`${formatQuantity(left)}${own}`);
  return `${value < 0 ? '−' : ''}${pieces.join('')}`;
}

/** A unit price in 10⁻⁶ of the major unit; at least two decimals, more where there are more. */
export const formatPrice = (value: number, minDigits = 2): string =>
  formatExact(value, SCALE.price, { group: true, trim: true, minDigits });

/** An average cost in 10⁻⁶, which may have any number of decimals: four are read. */
export const formatUnitCost = (value: number, minDigits = 2): string =>
  formatExact(mulDiv([value], [100]), 4, { group: true, trim: true, minDigits });

/** A rate in 10⁻⁶ as a percentage: 130000 reads 13%. */
export const formatRate = (value: number): string => `${formatExact(value, SCALE.rate - 2, { trim: true })}%`;

/** An exchange rate in 10⁻⁹. */
export const formatExchangeRate = (value: number): string => formatExact(value, SCALE.exchangeRate, { trim: true });

const monthsInEnglish = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A day in the order of the language: 2026-11-21, 2026/11/21, 21 Nov 2026. */
export function formatDay(day: string, language: Language): string {
  const [year = '', month = '', date = ''] = day.split('-');
  if (language === 'en') return `${Number(date)} ${monthsInEnglish[Number(month) - 1] ?? month} ${year}`;
  return language === 'zh-TW' ? `${year}/${month}/${date}` : `${year}-${month}-${date}`;
}

/** A moment on the clock of the company's time zone: 2026-11-21 16:30. */
export function formatInstant(instant: string, language: Language, timeZone: string): string {
  const parts = clockOf(timeZone).formatToParts(msOf(instant));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${formatDay(`${part('year')}-${part('month')}-${part('day')}`, language)} ${part('hour')}:${part('minute')}`;
}

/** Everything a value needs to be read by a person. */
export interface FormatSetting {
  language: Language;
  timeZone: string;
  /** Decimal digits of the money. */
  digits: number;
  /** Fewest decimals of quantities and prices, as the company has set them. */
  quantityDecimals?: number;
  priceDecimals?: number;
  titles?: Titles;
  choiceLabel: (value: string) => string;
  yes: string;
  no: string;
}

/** A value of any field kind as plain text; an empty one is ''. */
export function fieldText(field: Field, value: Value | undefined, setting: FormatSetting): string {
  if (value === null || value === undefined || value === '') return '';
  switch (field.kind) {
    case 'money':
      return formatMoney(Number(value), setting.digits);
    case 'quantity':
      return formatQuantity(Number(value), field.decimals ?? setting.quantityDecimals);
    case 'price':
      return formatPrice(Number(value), field.decimals ?? setting.priceDecimals ?? Math.min(2, setting.digits));
    case 'rate':
      return formatRate(Number(value));
    case 'exchangeRate':
      return formatExchangeRate(Number(value));
    case 'day':
      return formatDay(String(value), setting.language);
    case 'instant':
      return formatInstant(String(value), setting.language, setting.timeZone);
    case 'flag':
      return value ? setting.yes : setting.no;
    case 'choice':
      return setting.choiceLabel(String(value));
    case 'link':
      return setting.titles?.[field.to]?.[Number(value)] ?? `#${value}`;
    case 'dictionary':
      return setting.titles?.dictionaryEntry?.[Number(value)] ?? `#${value}`;
    default:
      return String(value);
  }
}

/** Numbers stand at the right so that their points stand below each other. */
export const isNumeric = (field: Field): boolean => ['money', 'quantity', 'price', 'rate', 'exchangeRate', 'integer'].includes(field.kind);

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'gregory',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  clocks.set(timeZone, clock);
  return clock;
}
