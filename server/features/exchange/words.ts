import { formatExact } from '../../../shared/kernel/numbers.ts';
import type { Facts } from '../../../shared/kernel/refusal.ts';
import { domainWords } from '../../../shared/language/domain/index.ts';
import { fieldName, refusalText, typeName } from '../../../shared/language/labels.ts';
import type { Language } from '../../../shared/language/languages.ts';

/** A refusal in words for a sheet; its code where no words are known. */
export function wordsOfRefusal(language: Language, code: string, facts: Facts): string {
  const words = domainWords[language];
  const text = refusalText(words, code, facts, (value, kind) => {
    if (kind === 'type') return typeName(words, String(value));
    if (kind === 'field') return fieldName(words, 'common', String(value));
    const digits = kind === undefined ? undefined : digitsOfKind[kind];
    return typeof value === 'number' && digits !== undefined ? formatExact(value, digits, { trim: true }) : String(value);
  });
  return text ?? code;
}

const digitsOfKind: Readonly<Record<string, number>> = { money: 2, quantity: 6, price: 6, rate: 6, exchangeRate: 9 };
