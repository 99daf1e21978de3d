import type { Knex } from 'knex';
import { type AddressRules, noRules } from '../../shared/contracts/addressRules.ts';
import type { DeviceMode } from '../../shared/contracts/devices.ts';
import { parameters } from '../../shared/contracts/parameters.ts';
import { ordinarySecondStep, type SecondStepRule } from '../../shared/contracts/secondStep.ts';
import type { CaptchaMode } from '../../shared/contracts/signIns.ts';
import { type Instant, msOf } from '../../shared/kernel/days.ts';
import { clock } from '../clock.ts';
import type { Company } from '../work.ts';
import { type CompiledRules, compileRules } from './addressRules.ts';
import { keptUntilMarked } from './memory.ts';

/** What the company has set about coming in. */
export interface Safety {
  /** After so many wrong passwords in a row an account is locked; 0 is never. */
  readonly lockAfter: number;
  readonly lockMinutes: number;
  readonly passwordLength: number;
  /** What no password may contain, in small letters. */
  readonly passwordWords: readonly string[];
  readonly captcha: CaptchaMode;
  /** Who is asked for more than a password. */
  readonly secondStep: SecondStepRule;
  /** When only approved devices come in. */
  readonly devices: DeviceMode;
  readonly addressRules: CompiledRules;
  /** Set while the rules above are only tried: at this moment those before come back by themselves. */
  readonly trial: { readonly untilMs: number; readonly before: CompiledRules } | null;
}

/** The address rules as they are stored. */
export interface StoredAddressRules extends AddressRules {
  readonly trial?: { readonly until: Instant; readonly before: AddressRules };
}
export const addressRulesKey = 'safety.addressRules';
export const secondStepKey = 'safety.secondStep';
export const deviceModeKey = 'safety.devices';

/** The address rules that count at a moment. */
export const rulesAt = ({ addressRules, trial }: Safety, nowMs: number): CompiledRules =>
  trial && nowMs >= trial.untilMs ? trial.before : addressRules;

/**
 * What the company has set about coming in, from memory where nothing can have changed. Where several servers write the same
 * database, a change made elsewhere is told, and known after two seconds even if it could not be.
 */
export async function safetyOf(company: Company): Promise<Safety> {
  const { memory } = company.store;
  if (memory.remembers) return memory.recall<Safety>(tables, 'safety') ?? company.store.read((tx) => readSafety(company, tx));
  const known = kept.get(company);
  if (known && Math.abs(clock.now() - known.atMs) < keptMaxMs) return known.safety;
  const atMs = clock.now();
  const safety = await company.store.read((tx) => readSafety(company, tx));
  // What was read before the last change is not kept.
  if (atMs > (changedAtMs.get(company) ?? 0)) kept.set(company, { atMs, safety });
  return safety;
}

/** To be called after a commit that changed the settings, here or in another process. */
export function forgetSafety(company: Company): void {
  forgetKept(company);
  for (const listener of listeners) listener(company);
}

function forgetKept(company: Company): void {
  changedAtMs.set(company, clock.now());
  kept.delete(company);
}

/** Hears of changed settings, so that open sockets are looked at again; gives back how to stop listening. */
export function onSafetyChanged(listener: (company: Company) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const listeners = new Set<(company: Company) => void>();

const tables = ['settings'];
const keptMaxMs = 2_000;
const kept = new WeakMap<Company, { readonly atMs: number; readonly safety: Safety }>();
const changedAtMs = new WeakMap<Company, number>();
keptUntilMarked(forgetKept);

async function readSafety(company: Company, tx: Knex): Promise<Safety> {
  const rows = (await tx('settings').where('key', 'like', 'safety.%').select('key', 'value')) as { key: string; value: string }[];
  const chosen = new Map(rows.map((row) => [row.key, JSON.parse(row.value) as unknown]));
  const value = <T>(key: string) => (chosen.get(key) ?? parameters.find((parameter) => parameter.key === key)?.default) as T;
  const stored = (chosen.get(addressRulesKey) ?? noRules) as StoredAddressRules;
  const safety: Safety = {
    lockAfter: value('safety.lockAfter'),
    lockMinutes: value('safety.lockMinutes'),
    passwordLength: value('safety.passwordLength'),
    passwordWords: wordsIn(value('safety.passwordWords')),
    captcha: value('safety.captcha'),
    secondStep: (chosen.get(secondStepKey) ?? ordinarySecondStep) as SecondStepRule,
    devices: (chosen.get(deviceModeKey) as DeviceMode | undefined) ?? 'never',
    addressRules: compileRules(stored),
    trial: stored.trial ? { untilMs: msOf(stored.trial.until), before: compileRules(stored.trial.before) } : null,
  };
  company.store.memory.keep(tx, tables, 'safety', safety);
  return safety;
}

/** Words as people list them, with commas or spaces between. */
const wordsIn = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s,;、，；]+/)
    .filter((word) => word !== '');
