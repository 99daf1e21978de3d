import type { ImportColumn, ImportPlan } from '../../../../shared/exchange/importPlan.ts';
import { readNamed } from '../../../../shared/exchange/importPlan.ts';
import type { Definition } from '../../../../shared/kernel/definition.ts';
import type { Field } from '../../../../shared/kernel/fields.ts';
import { formatExact, SCALE } from '../../../../shared/kernel/numbers.ts';
import { foldText } from '../../../../shared/kernel/searchTerms.ts';
import { restrict } from '../../../access/visibility.ts';
import { columnOf, tableOf } from '../../../database/tables.ts';
import type { Work } from '../../../work.ts';
import type { CellValue } from '../workbook/cells.ts';
import type { KeyedEntry } from './importStore.ts';
import { type ReadSetting, type Remark, readNumber, textOf } from './readValue.ts';
import type { MappedColumn } from './targets.ts';

/** Finds the records that cells name. */
export interface Lookup {
  /** The record the cell names, the key of an entry that will be made, or why there is none. */
  readonly find: (cell: CellValue, setting: ReadSetting) => Found;
}
export type Found = { readonly id: number } | { readonly newKey: string } | { readonly problem: Remark };

/** Everything the links of a sheet need, by target, and the entries that are missing so far. */
export interface Lookups {
  readonly byTarget: ReadonlyMap<string, Lookup>;
  readonly missing: Map<string, KeyedEntry>;
}

// More than this is no list of grades but the wrong column.
const missingMax = 500;

/** Reads what the link columns of a sheet may name. */
export async function loadLookups(
  work: Work,
  plan: ImportPlan,
  columns: readonly MappedColumn[],
  createMissing: boolean,
): Promise<Lookups> {
  const missing = new Map<string, KeyedEntry>();
  const byTarget = new Map<string, Lookup>();
  for (const column of columns) {
    const named = readNamed(plan, column.target);
    const field = named ? work.company.catalogue.get(plan.type).parts[named.column.part]?.fields[named.column.key] : column.field;
    const link = field ? linkOf(field) : null;
    if (!link) continue;
    const rule = plan.columns.find((one) => one.target === column.target);
    byTarget.set(column.target, await lookupFor(work, { plan, link, rule, createMissing, missing }));
  }
  return { byTarget, missing };
}

interface Link {
  readonly to: string;
  readonly dictionary?: string;
}

function linkOf(field: Field): Link | null {
  if (field.kind === 'link') return { to: field.to };
  return field.kind === 'dictionary' ? { to: 'dictionaryEntry', dictionary: field.dictionary } : null;
}

interface LookupQuestion {
  plan: ImportPlan;
  link: Link;
  rule: ImportColumn | undefined;
  createMissing: boolean;
  missing: Map<string, KeyedEntry>;
}

async function lookupFor(work: Work, asked: LookupQuestion): Promise<Lookup> {
  const target = work.company.catalogue.get(asked.link.to);
  const named = asked.rule?.by ?? [target.title, ...(Object.hasOwn(target.fields, 'code') && target.title !== 'code' ? ['code'] : [])];
  // What a person may not see names nothing for them either.
  const by = named.filter((name) => work.actor.fieldAccess(target.type, name) !== 'hidden');
  const { ids, ambiguous } = await idsByKey(work, target, asked.link, by);
  const scaled = by.find((name) => target.fields[name]?.kind === 'rate');
  const mayMake = asked.createMissing && asked.plan.creates.includes(target.type) && work.actor.reach(target.type, 'create') !== 'none';
  return {
    find: (cell, setting) => {
      const number = scaled && cell.kind !== 'empty' ? readNumber(cell, SCALE.rate, setting, true) : null;
      const exact = number && 'value' in number ? Number(number.value) : null;
      const key = exact === null ? foldText(textOf(cell)) : `#${exact}`;
      if (ambiguous.has(key)) return { problem: { code: 'import.ambiguous', facts: { value: textOf(cell), type: target.type } } };
      const id = ids.get(key);
      if (id !== undefined) return { id };
      const problem = { code: 'import.unknownValue', facts: { value: textOf(cell), type: target.type } };
      if (number && exact === null) return { problem: { code: 'import.notANumber', facts: { text: textOf(cell) } } };
      if (exact !== null && (exact < 0 || exact >= (asked.rule?.below ?? Number.MAX_SAFE_INTEGER))) {
        return { problem: { code: 'import.outOfRange', facts: { text: textOf(cell) } } };
      }
      return mayMake ? missingEntry(asked, { key, name: nameFor(exact, textOf(cell)), problem }) : { problem };
    },
  };
}

const nameFor = (rate: number | null, text: string): string =>
  rate === null ? text.trim() : `${formatExact(rate, SCALE.rate - 2, { trim: true })}%`;

function missingEntry({ link, missing }: LookupQuestion, of: { key: string; name: string; problem: Remark }): Found {
  const newKey = `${link.to}|${link.dictionary ?? ''}|${of.key}`;
  const known = missing.get(newKey);
  if (!known && missing.size >= missingMax) return { problem: of.problem };
  missing.set(newKey, {
    key: newKey,
    type: link.to,
    ...(link.dictionary ? { dictionary: link.dictionary } : {}),
    name: of.name,
    rows: (known?.rows ?? 0) + 1,
  });
  return { newKey };
}

/** Ids by what the records may be named; a name that two bear stands for neither, unless an earlier field gives it to one of them. */
async function idsByKey(
  work: Work,
  target: Definition,
  link: Link,
  by: readonly string[],
): Promise<{ ids: Map<string, number>; ambiguous: Set<string> }> {
  const table = tableOf(target);
  const query = work.tx(table).whereNull(`${table}.deleted_at`).orderBy(`${table}.id`);
  if (link.dictionary) query.where(`${table}.dictionary`, link.dictionary);
  // Somebody who left gets no customers.
  if (Object.hasOwn(target.fields, 'employment')) query.where(`${table}.employment`, 'employed');
  if (target.visibility.by !== 'company') restrict(work, target, query, 'read');
  const rows = (await query.select(`${table}.id`, ...by.map((name) => `${table}.${columnOf(name)} as ${name}`))) as Record<
    string,
    string | number | null
  >[];
  const ids = new Map<string, number>();
  const ambiguous = new Set<string>();
  for (const name of by) {
    const own = new Map<string, number>();
    for (const row of rows) {
      const value = row[name];
      if (value === null || value === undefined || value === '') continue;
      const key = typeof value === 'number' ? `#${value}` : foldText(value);
      if (ids.has(key)) continue;
      if (!own.has(key)) own.set(key, Number(row.id));
      // Rates and dictionary entries of one name mean the same.
      else if (typeof value === 'string' && !link.dictionary) ambiguous.add(key);
    }
    for (const [key, id] of own) ids.set(key, id);
  }
  return { ids, ambiguous };
}
