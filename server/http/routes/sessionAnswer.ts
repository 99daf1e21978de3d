import type { CompanySettings, DefinitionAnswer, SessionAnswer, WireField } from '../../../shared/contracts/wire.ts';
import { withDecimals } from '../../../shared/kernel/decimals.ts';
import type { Value } from '../../../shared/kernel/definition.ts';
import { nearestLanguage } from '../../../shared/language/languages.ts';
import { safetyOf } from '../../access/safety.ts';
import { isSecondStepDue } from '../../access/sessions.ts';
import { trimDefinitions } from '../../access/trim.ts';
import { decimalLimitsOf } from '../../engine/decimals.ts';
import { formRulesOf } from '../../engine/formRules.ts';
import { allSettings } from '../../engine/settings.ts';
import { look } from '../../engine/transact.ts';
import type { Actor, Company, Work } from '../../work.ts';

/** What a client needs to know of the person who has come in, and no more than that person may know. */
export async function sessionAnswer(company: Company, actor: Actor, sessionId?: number): Promise<SessionAnswer> {
  // Read before the snapshot is opened: many who come at once would wait for each other's second connection.
  const { passwordLength } = await safetyOf(company);
  return look(company, actor, async (work) => {
    const user = (await work
      .tx('users')
      .leftJoin('passwords', 'passwords.user', 'users.id')
      .where('users.id', actor.userId)
      .first('users.login', 'users.language', 'passwords.must_change')) as {
      login: string;
      language: string | null;
      must_change: number | null;
    };
    return {
      user: { id: actor.userId, login: user.login, name: actor.name, department: actor.departmentId, language: user.language },
      company: { code: company.code, name: company.name, ...(company.practice ? { practice: true } : {}) },
      rights: [...actor.special],
      administrator: actor.administrator,
      // Whoever looks in somebody’s name never changes that person’s password, nor sets up their second step.
      mustChangePassword: Boolean(user.must_change) && actor.viewedBy === undefined,
      isSecondStepDue: actor.viewedBy === undefined && sessionId !== undefined && (await isSecondStepDue(work.tx, sessionId)),
      ...(actor.viewedBy ? { viewedBy: actor.viewedBy } : {}),
      ...(actor.limits ? { limits: actor.limits } : {}),
      definitions: await definitionsFor(work),
      settings: { ...(await companySettings(work)), passwordLength },
    };
  });
}

/** The definitions as the person may see them, with what the company wants of its fields. */
async function definitionsFor(work: Work): Promise<DefinitionAnswer[]> {
  const answers: DefinitionAnswer[] = [];
  for (const definition of trimDefinitions(work.actor, work.company.catalogue)) answers.push(await companyDefinition(work, definition));
  return answers;
}

async function companyDefinition(work: Work, definition: DefinitionAnswer): Promise<DefinitionAnswer> {
  const limits = await decimalLimitsOf(work, definition.type);
  const bound = (fields: DefinitionAnswer['fields']) => withDecimals(fields, limits) as DefinitionAnswer['fields'];
  const parts = Object.entries(definition.parts).map(([name, part]) => [name, { ...part, fields: bound(part.fields) }]);
  const rules = Object.entries(await formRulesOf(work, definition.type)).filter(([name]) => definition.fields[name]);
  const changed = rules.map(([name, rule]) => [name, { ...definition.fields[name], [rule]: true }] as [string, WireField]);
  const fields = { ...definition.fields, ...Object.fromEntries(changed) };
  if (limits.price === null && limits.quantity === null) return { ...definition, fields };
  return { ...definition, fields: bound(fields), parts: Object.fromEntries(parts) };
}

async function companySettings(work: Work): Promise<Omit<CompanySettings, 'passwordLength'>> {
  const settings = await allSettings(work);
  const currency = (await work
    .tx('currencies')
    .whereNull('deleted_at')
    .orderBy('main', 'desc')
    .orderBy('id')
    .first('id', 'code', 'digits', 'symbol')) as CompanySettings['currency'] | undefined;
  const parameters = [...settings]
    .filter(([key]) => key.startsWith('parameter.'))
    .map(([key, { value }]) => [key.slice('parameter.'.length), value as Value]);
  return {
    language: nearestLanguage(settings.get('language')?.value as string | undefined),
    timeZone: work.company.timeZone,
    currency: currency ?? { id: 0, code: '', digits: 2, symbol: '' },
    today: work.today,
    isLive: settings.get('live')?.value === true,
    parameters: Object.fromEntries(parameters) as CompanySettings['parameters'],
  };
}
