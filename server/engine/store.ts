import type { AnyRecord, CalculationSetting, Definition } from '../../shared/kernel/definition.ts';
import { searchTokens } from '../../shared/kernel/searchTerms.ts';
import { audienceOf } from '../access/audience.ts';
import { isSearched, tableOf } from '../database/tables.ts';
import type { Work } from '../work.ts';
import { withFace } from './face.ts';

/** Runs the definition's arithmetic; the server's result is the one that is stored. */
export async function calculated(work: Work, definition: Definition, record: AnyRecord): Promise<AnyRecord> {
  const whole = withFace(definition, record);
  if (!definition.calculation) return whole;
  return definition.calculation.run(whole, await calculationSetting(work, whole));
}

async function calculationSetting(work: Work, record: AnyRecord): Promise<CalculationSetting> {
  const rows = await currenciesOf(work);
  const base = rows.find((row) => row.main === 1)?.digits ?? 2;
  const own = rows.find((row) => row.id === record.values.currency)?.digits ?? base;
  return { currencyDigits: own, baseDigits: base };
}

interface CurrencyRow {
  id: number;
  code: string;
  digits: number;
  main: number;
}

/** The company's currencies: a handful of rows. */
export async function currenciesOf({ tx, company: { store } }: Work): Promise<readonly CurrencyRow[]> {
  const known = store.memory.recall<CurrencyRow[]>(['currencies'], 'living');
  if (known) return known;
  const rows = (await tx('currencies').whereNull('deleted_at').select('id', 'code', 'digits', 'main')) as CurrencyRow[];
  store.memory.keep(tx, ['currencies'], 'living', rows);
  return rows;
}

/** Puts the record into the search index, or takes it out with `gone`. */
export async function indexRecord(work: Work, definition: Definition, record: AnyRecord, gone = false): Promise<void> {
  if (!isSearched(definition)) return;
  await work.company.store.dialect.indexTokens(work.tx, tableOf(definition), record.id, gone ? [] : tokensOf(definition, record));
}

/** The same for a record that was just made and is not in the index yet. */
export async function indexNew(work: Work, definition: Definition, record: AnyRecord): Promise<void> {
  if (!isSearched(definition)) return;
  const tokens = tokensOf(definition, record);
  if (tokens.length > 0) await work.company.store.dialect.indexManyTokens(work.tx, tableOf(definition), [{ id: record.id, tokens }]);
}

/** What a record is found by: its text fields by word and pinyin, its codes by every ending. */
export function tokensOf(definition: Definition, record: Pick<AnyRecord, 'values' | 'parts'>): string[] {
  const texts: string[] = [];
  const codes: string[] = [];
  const numbers: string[] = [];
  const collect = (fields: Definition['fields'], values: Readonly<Record<string, unknown>>): void => {
    for (const [name, field] of Object.entries(fields)) {
      const value = values[name];
      if (!field.search || typeof value !== 'string' || value === '') continue;
      if (definition.kind === 'document' && name === definition.numbering?.field) numbers.push(value);
      else (field.search === 'code' ? codes : texts).push(value);
    }
  };
  collect(definition.fields, record.values);
  for (const [name, part] of Object.entries(definition.parts)) for (const row of record.parts[name] ?? []) collect(part.fields, row);
  return [...searchTokens(texts, codes), ...numbers.flatMap(numberTokens)];
}

/** A document's number is looked for from its beginning, its digits or its serial; every ending of a million numbers would be too many. */
function numberTokens(number: string): string[] {
  const folded = number.toLowerCase();
  const squeezed = folded.replace(/[^a-z0-9]/g, '');
  const pieces = [squeezed, squeezed.replace(/^[a-z]+/, ''), folded.split(/[^a-z0-9]+/).at(-1) ?? ''];
  return [...new Set(pieces.filter((piece) => piece !== ''))].map((piece) => `w${piece.slice(0, 23)}`);
}

/** Whether the values that a record is found by differ, so that the index has to be written again. */
export function isFoundOtherwise(definition: Definition, before: Found, after: Found): boolean {
  if (!isSearched(definition)) return false;
  if (differs(searchedIn(definition.fields), before.values, after.values)) return true;
  return Object.entries(definition.parts).some(([name, part]) => {
    const [was, is] = [before.parts[name] ?? [], after.parts[name] ?? []];
    const searched = searchedIn(part.fields);
    return was !== is && searched.length > 0 && (was.length !== is.length || is.some((row, index) => differs(searched, was[index], row)));
  });
}

type Found = Pick<AnyRecord, 'values' | 'parts'>;

const searchedIn = (fields: Definition['fields']): string[] => Object.keys(fields).filter((name) => fields[name]?.search);

const differs = (
  names: readonly string[],
  before: Readonly<Record<string, unknown>> | undefined,
  after: Readonly<Record<string, unknown>>,
) => names.some((name) => (before?.[name] ?? null) !== (after[name] ?? null));

/** After the commit, everybody who may know hears that the record changed: its id and version, nothing more. */
export async function announce(work: Work, definition: Definition, record: AnyRecord, before?: AnyRecord): Promise<void> {
  const rooms = await audienceOf(work, definition, record);
  // Whoever loses sight of the record hears of it a last time.
  if (before && (before.values.owner !== record.values.owner || before.values.department !== record.values.department)) {
    rooms.push(...(await audienceOf(work, definition, before)));
  }
  work.afterCommit(() => work.company.announce([{ type: definition.type, id: record.id, version: record.version, rooms }]));
}
