import { dayOf } from '../../../../shared/kernel/days.ts';
import { boundBy, type DecimalLimits } from '../../../../shared/kernel/decimals.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import type { Field } from '../../../../shared/kernel/fields.ts';
import { formatExact, SCALE } from '../../../../shared/kernel/numbers.ts';
import { choiceName, type DomainWords } from '../../../../shared/language/labels.ts';
import type { Language } from '../../../../shared/language/languages.ts';
import type { PrintValue } from '../../../../shared/printing/printData.ts';
import { printWords } from '../../../../shared/printing/printWords.ts';

export interface Currency {
  readonly code: string;
  readonly digits: number;
}

/** What it takes to say a stored value on paper. */
export interface Saying {
  readonly language: Language;
  readonly words: DomainWords;
  readonly timeZone: string;
  /** The document's own currency and the company's. */
  readonly currency: Currency;
  readonly base: Currency;
  /** Decimals of prices and quantities by the type they stand in, where the company has chosen. */
  readonly decimals: Readonly<Record<string, DecimalLimits>>;
  /** Names of linked records by type and id. */
  readonly titles: Readonly<Record<string, Readonly<Record<number, string>>>>;
}

/** A stored value as the paper takes it; undefined for an empty field. `of` names the field for the words of its choices. */
export function printValueFor(
  field: Field,
  value: Value | undefined,
  of: { type: string; path: string },
  saying: Saying,
): PrintValue | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const amount = Number(value);
  const kind = boundBy(field);
  const chosen = kind === null ? null : (saying.decimals[of.type]?.[kind] ?? null);
  const decimals = chosen === null ? {} : { decimals: chosen };
  switch (field.kind) {
    case 'money': {
      const { code, digits } = field.in === 'base' ? saying.base : saying.currency;
      return { kind: 'money', value: amount, currency: code, digits };
    }
    case 'price':
      return { kind: 'price', value: amount, currency: (field.in === 'base' ? saying.base : saying.currency).code, ...decimals };
    case 'quantity':
      return { kind: 'quantity', value: amount, ...decimals };
    case 'rate':
      return { kind: 'rate', value: amount };
    case 'day':
      return { kind: 'day', value: String(value) };
    case 'instant':
      return { kind: 'day', value: dayOf(String(value), saying.timeZone) };
    default:
      return textOf(wordsFor(field, value, of, saying));
  }
}

export const textOf = (value: string | undefined): PrintValue | undefined => (value ? { kind: 'text', value } : undefined);

function wordsFor(field: Field, value: Value, of: { type: string; path: string }, saying: Saying): string | undefined {
  switch (field.kind) {
    case 'choice':
      return choiceName(saying.words, of.type, of.path, String(value));
    case 'flag':
      return value ? printWords[saying.language].yes : undefined;
    case 'link':
      return saying.titles[field.to]?.[Number(value)];
    case 'dictionary':
      return saying.titles.dictionaryEntry?.[Number(value)];
    case 'exchangeRate':
      return formatExact(Number(value), SCALE.exchangeRate, { trim: true });
    default:
      return String(value);
  }
}
