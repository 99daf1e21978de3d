import type { Definition, Value } from '../../shared/kernel/definition.ts';
import { isDerived } from '../../shared/kernel/fields.ts';
import { type FieldRefusal, Refusal } from '../../shared/kernel/refusal.ts';
import type { Work } from '../work.ts';
import { settingOf, storeSettings } from './settings.ts';

/** What a company wants of a field beyond the definition: that it is filled, or that it is not shown at all. */
export type FormRule = 'required' | 'hidden';
export type FormRules = Readonly<Record<string, FormRule>>;

/** The company's rules for a type's own fields, by field. */
export async function formRulesOf(work: Work, type: string): Promise<FormRules> {
  return ((await settingOf(work, `form.${type}`)) as FormRules | undefined) ?? {};
}

/**
 * Stores the rules for a type. Refuses 'field.unknown' for a field that is not there or is filled by the program, and
 * 'form.neededByProgram' for hiding what the definition requires.
 */
export async function storeFormRules(work: Work, definition: Definition, rules: FormRules): Promise<void> {
  const refusals = Object.entries(rules).flatMap(([name, rule]): FieldRefusal[] => {
    const field = Object.hasOwn(definition.fields, name) ? definition.fields[name] : undefined;
    if (!field || isDerived(field)) return [{ path: name, code: 'field.unknown' }];
    return rule === 'hidden' && field.required ? [{ path: name, code: 'form.neededByProgram' }] : [];
  });
  if (refusals.length > 0) throw new Refusal('record.invalid', { count: refusals.length }, refusals);
  await storeSettings(work, { [`form.${definition.type}`]: rules });
}

/** Whether the actor can be asked to fill a field: nobody can who may not write or even see it. */
export const mayFill =
  (work: Work, definition: Definition) =>
  (name: string): boolean =>
    work.actor.fieldAccess(definition.type, name) === 'write';

/** Refuses 'record.invalid' with 'field.required' at every field that the company wants filled and that is empty. */
export async function refuseUnfilled(work: Work, definition: Definition, values: Readonly<Record<string, Value>>): Promise<void> {
  const rules = await formRulesOf(work, definition.type);
  const missing = Object.entries(rules).filter(([name, rule]) => {
    const isEmpty = values[name] === null || values[name] === undefined || values[name] === '';
    return rule === 'required' && isEmpty && mayFill(work, definition)(name);
  });
  if (missing.length === 0) return;
  throw new Refusal(
    'record.invalid',
    { count: missing.length },
    missing.map(([path]) => ({ path, code: 'field.required' })),
  );
}
