import { type AssignRule, type AssignRuleAnswer, assignableBy } from '../../../shared/contracts/assigning.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { linksOf, targetOf } from '../../../shared/kernel/definition.ts';
import { type FieldRefusal, Refusal } from '../../../shared/kernel/refusal.ts';
import { departmentsOfPeople } from '../../access/people.ts';
import { tableOf } from '../../database/tables.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import { allSettings, storeSettings } from '../../engine/settings.ts';
import type { Work } from '../../work.ts';

const keyOf = (definition: Definition): string => `assign.${definition.type}`;

/** The company's rule for a type, or null while there is none. */
export async function assignRuleOf(work: Work, definition: Definition): Promise<AssignRule | null> {
  return ((await allSettings(work)).get(keyOf(definition))?.value as AssignRule | undefined) ?? null;
}

/** The same with its version and the names of everything it mentions. */
export async function readAssignRule(work: Work, definition: Definition): Promise<AssignRuleAnswer> {
  const rule = await assignRuleOf(work, definition);
  const people = [...(rule?.table ?? []).map(({ owner }) => owner), ...(rule?.otherwise ? [rule.otherwise] : [])];
  const target = rule === null ? null : targetOfField(definition, rule.field);
  const values = (rule?.table ?? []).flatMap(({ value }) => (typeof value === 'number' ? [value] : []));
  const titles = await titlesFor(work, new Map([['user', new Set(people)], ...(target ? [[target, new Set(values)] as const] : [])]));
  return { version: (await allSettings(work)).get(keyOf(definition))?.version ?? 0, rule, titles };
}

/**
 * Keeps the rule for a type. Refuses 'settings.changed' when the version seen is not the newest, 'access.unknownPerson' for
 * somebody who is not there or has left, and 'record.invalid' with what does not fit: a field that no rule can go by, a value
 * that is not one of its own, a value named twice.
 */
export async function storeAssignRule(work: Work, definition: Definition, version: number, rule: AssignRule): Promise<void> {
  const refusals = await misfits(work, definition, rule);
  if (refusals.length > 0) throw new Refusal('record.invalid', { count: refusals.length }, refusals);
  await departmentsOfPeople(work.tx, [...new Set([...rule.table.map(({ owner }) => owner), ...(rule.otherwise ? [rule.otherwise] : [])])]);
  await storeSettings(work, { [keyOf(definition)]: rule }, { [keyOf(definition)]: version });
}

/**
 * Works out the person for a value by the rule: the value's own line, else in a tree the line of the nearest one above it, else
 * whoever gets the rest; null when nobody does.
 */
export async function ruleReader(work: Work, definition: Definition, rule: AssignRule): Promise<(value: unknown) => number | null> {
  const people = new Map(rule.table.map(({ value, owner }) => [value, owner]));
  const parents = await parentsIn(work, targetOfField(definition, rule.field));
  return (value) => {
    const way: unknown[] = [];
    for (let at: unknown = value; at !== null && at !== undefined && !way.includes(at); at = parents.get(Number(at))) way.push(at);
    const named = way.find((one) => people.has(one as string | number));
    return people.get(named as string | number) ?? rule.otherwise;
  };
}

async function misfits(work: Work, definition: Definition, rule: AssignRule): Promise<FieldRefusal[]> {
  const { catalogue } = work.company;
  if (!assignableBy(definition, (type) => catalogue.find(type)).includes(rule.field)) return [{ path: 'field', code: 'field.unknown' }];
  const known = await knownValues(work, definition, rule);
  const seen = new Set<string | number>();
  return rule.table.flatMap(({ value }, index): FieldRefusal[] => {
    const isTwice = seen.has(value);
    seen.add(value);
    return known.has(value) && !isTwice ? [] : [{ path: `table.${index}.value`, code: 'field.notAChoice' }];
  });
}

async function knownValues(work: Work, definition: Definition, rule: AssignRule): Promise<ReadonlySet<string | number>> {
  const field = definition.fields[rule.field];
  if (field?.kind === 'choice') return new Set(field.choices);
  const target = targetOfField(definition, rule.field);
  if (!field || target === null) return new Set();
  const query = work.tx(tableOf(work.company.catalogue.get(target))).whereNull('deleted_at');
  if (field.kind === 'dictionary') query.where({ dictionary: field.dictionary });
  return new Set(((await query.select('id')) as { id: number }[]).map(({ id }) => id));
}

const targetOfField = (definition: Definition, name: string): string | null => {
  const field = definition.fields[name];
  return field ? targetOf(field) : null;
};

/** Which record of a tree stands below which; nothing for what is no tree. */
async function parentsIn(work: Work, type: string | null): Promise<ReadonlyMap<number, number | null>> {
  const definition = type === null ? undefined : work.company.catalogue.find(type);
  const parent = definition?.tree?.parent;
  if (!definition || !parent || !linksOf(definition.fields).some(([name]) => name === parent)) return new Map();
  const rows = (await work.tx(tableOf(definition)).select('id', parent)) as Record<string, number | null>[];
  return new Map(rows.map((row) => [Number(row.id), row[parent] ?? null]));
}
