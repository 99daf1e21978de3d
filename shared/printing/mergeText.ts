import { amountInWords } from '../kernel/amountInWords.ts';
import type { Language } from '../language/languages.ts';
import { mergeField } from './checkTemplate.ts';
import { type PrintData, printValueOf } from './printData.ts';
import { spokenText } from './printFormat.ts';
import { inLanguage, type PrintText } from './template.ts';

/** Where a text is printed; the page only where it is known, in the footer. */
export interface MergePlace {
  data: PrintData;
  language: Language;
  page?: { number: number; count: number };
  /** Stands where a name has no value, such as a line to fill in by hand; nothing unless said. */
  blank?: string;
}

/**
 * A template's text with its merge fields filled in, in the language of the print. What a value holds is never
 * read again as a merge field. A name without a value leaves `blank`.
 */
export function mergeText(text: PrintText | undefined, place: MergePlace): string {
  return inLanguage(text, place.language).replaceAll(mergeField, (_, name: string) => {
    const value = mergedValue(name.trim(), place);
    return value === '' ? (place.blank ?? '') : value;
  });
}

/** Whether a text names merge fields and none of them has a value: such a line is not worth printing. */
export function mergesNothing(text: PrintText, place: MergePlace): boolean {
  const names = [...inLanguage(text, place.language).matchAll(mergeField)].map((match) => (match[1] ?? '').trim());
  return names.length > 0 && names.every((name) => mergedValue(name, place) === '');
}

/** The money behind a name in words, in the language of the print; '' when it is not there or is no money. */
export function moneyInWords(name: string, { data, language }: MergePlace): string {
  const value = printValueOf(data, name);
  return value?.kind === 'money'
    ? amountInWords(value.value, { language, currency: value.currency, options: { digits: value.digits } })
    : '';
}

function mergedValue(name: string, place: MergePlace): string {
  if (name === 'page.number') return place.page === undefined ? '' : String(place.page.number);
  if (name === 'page.count') return place.page === undefined ? '' : String(place.page.count);
  if (name === 'total.words') return moneyInWords('total.grossAmount', place);
  const value = printValueOf(place.data, name);
  return value === undefined ? '' : spokenText(value, place.language);
}
