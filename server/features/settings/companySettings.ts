import { type Parameter, parameters, parametersFor } from '../../../shared/contracts/parameters.ts';
import type { SettingsAnswer } from '../../../shared/contracts/trade.ts';
import { decimalsMax } from '../../../shared/kernel/decimals.ts';
import type { Value } from '../../../shared/kernel/definition.ts';
import { type FieldRefusal, Refusal } from '../../../shared/kernel/refusal.ts';
import { allSettings, type Setting, storeSettings } from '../../engine/settings.ts';
import type { Work } from '../../work.ts';
import { fileFor } from '../files/fileSight.ts';

/** Letterhead and parameters as they are, with what counts where nothing was chosen. */
export const readSettings = async (work: Work): Promise<SettingsAnswer> => answerFrom(await allSettings(work), parametersOf(work));

const parametersOf = (work: Work): readonly Parameter[] => parametersFor(work.company.catalogue.definitions);

function answerFrom(settings: Settings, known: readonly Parameter[]): SettingsAnswer {
  const values = known.map((parameter) => [parameter.key, (settings.get(parameter.key)?.value ?? parameter.default) as Value] as const);
  return {
    version: versionOf(settings, (key) => known.some((parameter) => parameter.key === key)),
    values: Object.fromEntries(values),
  };
}

/** One parameter, as chosen or as it is by itself. */
export async function parameterOf<T extends Value>(work: Work, key: string): Promise<T> {
  const chosen = (await allSettings(work)).get(key)?.value;
  return (chosen ?? parameters.find((parameter) => parameter.key === key)?.default ?? null) as T;
}

/**
 * Changes settings. Refuses 'settings.changed' when the version seen is not the newest, 'record.invalid' with every value that
 * does not fit.
 */
export async function changeSettings(work: Work, version: number, values: Readonly<Record<string, Value>>): Promise<void> {
  const before = answerFrom(await lockSettings(work), parametersOf(work));
  if (before.version !== version) throw new Refusal('settings.changed');
  const refusals: FieldRefusal[] = [];
  for (const [key, value] of Object.entries(values)) refusals.push(...(await misfit(work, key, value)));
  if (refusals.length > 0) throw new Refusal('record.invalid', { count: refusals.length }, refusals);
  const changed = Object.entries(values).filter(([key, value]) => before.values[key] !== value);
  await storeSettings(work, Object.fromEntries(changed.map(([key, value]) => [key, typeof value === 'string' ? value.trim() : value])));
}

export type Settings = ReadonlyMap<string, Setting>;

/** The settings as they lie in the database, locked: whoever changes settings waits for whoever is changing them. */
export async function lockSettings(work: Work): Promise<Settings> {
  const query = work.tx('settings').orderBy('key').select('key', 'value', 'version');
  const rows = (await work.company.store.dialect.forUpdate(query)) as { key: string; value: string; version: number }[];
  return new Map(rows.map((row) => [row.key, { value: JSON.parse(row.value) as unknown, version: row.version }]));
}

/** Grows by one with every change of one of the settings. */
export const versionOf = (settings: Settings, isMeant: (key: string) => boolean): number =>
  [...settings].filter(([key]) => isMeant(key)).reduce((sum, [, setting]) => sum + setting.version, 0);

async function misfit(work: Work, key: string, value: Value): Promise<FieldRefusal[]> {
  const parameter = parametersOf(work).find((known) => known.key === key);
  const problem = parameter ? await problemOf(work, parameter, value) : 'field.unknown';
  if (problem === null) return [];
  return [{ path: key, code: problem, ...(parameter?.kind === 'text' ? { facts: { max: parameter.max } } : {}) }];
}

async function problemOf(work: Work, parameter: Parameter, value: Value): Promise<string | null> {
  switch (parameter.kind) {
    case 'text':
      return textProblem(parameter, value);
    case 'integer':
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) return 'field.wrongKind';
      return value < parameter.min ? 'field.tooSmall' : value > parameter.max ? 'field.tooLarge' : null;
    case 'choice':
      return typeof value === 'string' && parameter.choices.includes(value) ? null : 'field.notAChoice';
    case 'decimals':
      if (value === null) return null;
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) return 'field.wrongKind';
      return value < 0 ? 'field.tooSmall' : value > decimalsMax ? 'field.tooLarge' : null;
    case 'flag':
      return typeof value === 'boolean' ? null : 'field.wrongKind';
    case 'file':
      return value === null || (await isPicture(work, value)) ? null : 'field.unknownLink';
  }
}

function textProblem(parameter: Extract<Parameter, { kind: 'text' }>, value: Value): string | null {
  if (typeof value !== 'string') return 'field.wrongKind';
  if (/[\p{Cc}\p{Cs}]/u.test(value)) return 'field.badText';
  if (parameter.key === 'company.name' && value.trim() === '') return 'field.required';
  return value.trim().length > parameter.max ? 'field.tooLong' : null;
}

/** A picture that whoever names it may have; a setting must show nobody what was kept from them. */
async function isPicture(work: Work, id: Value): Promise<boolean> {
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return false;
  try {
    return /^image\/(png|jpeg)$/.test((await fileFor(work, id)).mediaType);
  } catch (refusal) {
    if (refusal instanceof Refusal) return false;
    throw refusal;
  }
}
