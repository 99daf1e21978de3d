import type { TFunction } from 'i18next';
import type { Problem } from '../../../shared/contracts/wire.ts';
import type { FieldRefusal } from '../../../shared/kernel/refusal.ts';
import { type FactFormat, refusalText } from '../../../shared/language/labels.ts';
import { nearestLanguage } from '../../../shared/language/languages.ts';
import { ApiProblem } from '../api/http.ts';
import type { Session } from '../api/session.tsx';
import { wordsOf } from '../api/words.ts';
import { formatDay, formatExchangeRate, formatMoney, formatPrice, formatQuantity, formatRate } from './format.ts';

/** What the words of a refusal need to know about the one who reads it; before signing in nothing is known. */
export type Reader = Pick<Session, 'digits' | 'typeLabel' | 'fieldLabel' | 'stateLabel'>;

/** The problem of anything that was thrown; what is no answer of the server becomes a problem of the screen. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof ApiProblem) return thrown.problem;
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'status' in thrown) return thrown as Problem;
  const title = thrown instanceof Error ? thrown.message : String(thrown);
  return { type: 'about:blank', title, status: -1, code: 'screen.failed' };
}

/** The problem in the reader's words: code and facts first, the kind of answer where the code has none. */
export function problemText(thrown: unknown, t: TFunction, language: string, reader?: Reader): string {
  const problem = problemOf(thrown);
  const words = wordsOf(nearestLanguage(language)).domain;
  const known = refusalText(words, problem.code, problem.facts, factFormat(language, reader));
  if (known !== null) return known;
  if (problem.status === 0) return t('problems.connectionLost');
  if (problem.status === 401) return t('problems.signedOut');
  if (problem.status === 403) return t('problems.forbidden');
  if (problem.status === 404) return t('problems.notFound');
  if (problem.status === 409 && problem.current !== undefined) return t('problems.stale');
  if (problem.status === 413) return t('problems.tooLarge');
  if (problem.status === 429) return t('problems.tooMany');
  if (problem.status >= 500 || problem.status < 0) return t('problems.fault');
  return t('problems.refused', { code: problem.code });
}

/** What is wrong with one field, without its name. */
export function fieldRefusalText(refusal: FieldRefusal, t: TFunction, language: string, reader?: Reader): string {
  const words = wordsOf(nearestLanguage(language)).domain;
  return refusalText(words, refusal.code, refusal.facts, factFormat(language, reader)) ?? t('problems.wordsMissing');
}

/** Puts a fact into words by the kind its place in the sentence names. */
function factFormat(language: string, reader: Reader | undefined): FactFormat {
  const known = nearestLanguage(language);
  const one = (value: string | number | boolean, kind: string | undefined): string => {
    if (kind === 'money') return formatMoney(Number(value), reader?.digits ?? 2);
    if (kind === 'quantity') return formatQuantity(Number(value));
    if (kind === 'price') return formatPrice(Number(value));
    if (kind === 'rate') return formatRate(Number(value));
    if (kind === 'exchangeRate') return formatExchangeRate(Number(value));
    if (kind === 'day') return formatDay(String(value), known);
    if (kind === 'type') return reader?.typeLabel(String(value)) ?? String(value);
    if (kind === 'field') return reader?.fieldLabel('', String(value)) ?? String(value);
    if (kind === 'state') return reader?.stateLabel('', String(value)) ?? String(value);
    return String(value);
  };
  const comma = known === 'en' ? ', ' : '、';
  return (value, kind) =>
    Array.isArray(value) ? value.map((each) => one(each, kind)).join(comma) : one(value as string | number | boolean, kind);
}
