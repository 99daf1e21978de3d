import type { AccountRulesAnswer } from '../../../shared/contracts/vouchers.ts';
import { type AccountRule, standardRules } from '../../../shared/exchange/voucherRules.ts';
import { type FieldRefusal, Refusal } from '../../../shared/kernel/refusal.ts';
import { type Language, languages } from '../../../shared/language/languages.ts';
import { allSettings, storeSettings } from '../../engine/settings.ts';
import type { Work } from '../../work.ts';
import { lockSettings } from '../settings/companySettings.ts';

const key = 'vouchers.accounts';

/** The rules as the company keeps them; what it has not changed is the standard's. */
export async function accountRules(work: Work): Promise<AccountRulesAnswer> {
  const settings = await allSettings(work);
  const chosen = settings.get('language')?.value;
  const language = languages.find((one): one is Language => one === chosen) ?? 'zh-CN';
  const own = new Map(((settings.get(key)?.value ?? []) as AccountRule[]).map((rule) => [nameOf(rule), rule]));
  const rules = standardRules(language).map((rule) => own.get(nameOf(rule)) ?? rule);
  return { version: settings.get(key)?.version ?? 0, rules };
}

/** Changes them. Refuses 'settings.changed' when somebody else just did, 'record.invalid' for a rule without a code. */
export async function changeAccountRules(work: Work, version: number, rules: readonly AccountRule[]): Promise<void> {
  if (((await lockSettings(work)).get(key)?.version ?? 0) !== version) throw new Refusal('settings.changed', { key });
  const known = new Set(standardRules('en').map(nameOf));
  const refusals = rules.flatMap((rule): FieldRefusal[] => {
    if (!known.has(nameOf(rule))) return [{ path: nameOf(rule), code: 'field.unknown' }];
    return rule.code.trim() === '' ? [{ path: nameOf(rule), code: 'field.required' }] : [];
  });
  if (refusals.length > 0) throw new Refusal('record.invalid', { count: refusals.length }, refusals);
  await storeSettings(work, { [key]: rules.map((rule) => ({ ...rule, code: rule.code.trim(), name: rule.name.trim() })) });
}

const nameOf = ({ ledger, place }: Pick<AccountRule, 'ledger' | 'place'>): string => `${ledger}/${place}`;

/** Finds the rule of a place: the most particular first, `held.cash` before `held` before `*`. */
export function ruleFinder(rules: readonly AccountRule[]): (ledger: string, ...places: string[]) => AccountRule {
  const byName = new Map(rules.map((rule) => [nameOf(rule), rule]));
  return (ledger, ...places) => {
    for (const place of [...places, '*']) {
      const rule = byName.get(nameOf({ ledger, place }));
      if (rule) return rule;
    }
    // A ledger or place nobody has thought of still balances, and is seen.
    return { ledger, place: places[0] ?? '*', code: '9999', name: `${ledger} ${places[0] ?? ''}`.trim(), auxiliary: false };
  };
}
