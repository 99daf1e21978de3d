import { formatExact, SCALE } from '../kernel/numbers.ts';
import type { Language } from '../language/languages.ts';
import type { PrintValue } from './printData.ts';

/** A value in a cell of the lines: bare figures, because the head of the column says what they are. */
export function cellText(value: PrintValue): string {
  switch (value.kind) {
    case 'money':
      return formatExact(value.value, value.digits ?? 2, { group: true });
    case 'price':
      return formatExact(value.value, SCALE.price, { group: true, trim: true, minDigits: value.decimals ?? 2 });
    case 'quantity':
      return formatExact(value.value, SCALE.quantity, { group: true, trim: true, minDigits: value.decimals ?? 0 });
    case 'rate':
      return `${formatExact(value.value, SCALE.rate - 2, { trim: true })}%`;
    case 'day':
    case 'text':
      return value.value;
    case 'picture':
      return '';
  }
}

/** A value standing by itself in a text: money with its currency, a quantity with its unit, a day in words. */
export function spokenText(value: PrintValue, language: Language): string {
  if (value.kind === 'money' || value.kind === 'price') return withCurrency(cellText(value), value.currency);
  if (value.kind === 'quantity') return value.unit === undefined ? cellText(value) : `${cellText(value)} ${value.unit}`;
  return value.kind === 'day' ? dayInWords(value.value, language) : cellText(value);
}

/** 2026年11月21日, or 21 Nov 2026. Text that is not a day stays as it is. */
export function dayInWords(day: string, language: Language): string {
  const [, year = '', month = '', date = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (year === '') return day;
  if (language === 'en') return `${Number(date)} ${monthNames[Number(month) - 1] ?? month} ${year}`;
  return `${year}年${Number(month)}月${Number(date)}日`;
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function withCurrency(figure: string, currency: string): string {
  const sign = currencySigns[currency] ?? `${currency} `;
  return figure.startsWith('-') ? `-${sign}${figure.slice(1)}` : `${sign}${figure}`;
}

const currencySigns: Readonly<Record<string, string>> = { CNY: '¥', TWD: 'NT$', USD: 'US$', HKD: 'HK$', EUR: '€', GBP: '£' };
