import { type AddressRule, type AddressRules, type AddressRulesAnswer, noRules } from '../../../shared/contracts/addressRules.ts';
import { instantOf, msOf } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { compileRules, judge } from '../../access/addressRules.ts';
import { loadPerson } from '../../access/people.ts';
import { systemActor } from '../../access/rights.ts';
import { addressRulesKey, type StoredAddressRules } from '../../access/safety.ts';
import { refusePrograms } from '../../access/tokens.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import { allSettings, settingOf, storeSettings } from '../../engine/settings.ts';
import { look, transact } from '../../engine/transact.ts';
import type { Company, Work } from '../../work.ts';
import { isDeviceIn } from '../devices/deviceCheck.ts';

/** So long rules that keep out their author are tried before those before come back. */
export const trialMs = 2 * 60_000;

/** The address rules as they count now, and where the reader is. */
export async function readAddressRules(work: Work): Promise<AddressRulesAnswer> {
  const stored = await storedRules(work);
  const isTried = stored.trial !== undefined && !isTrialOver(work, stored);
  const { isOn, otherwise, rules } = isTried ? stored : lasting(stored);
  return {
    version: await versionOf(work),
    ...{ isOn, otherwise, rules },
    trialUntil: isTried ? (stored.trial?.until ?? null) : null,
    ownAddress: work.actor.address ?? '',
    names: { user: {}, position: {}, department: {}, ...(await titlesFor(work, subjectsOf(rules))) },
  };
}

/** Whom the rules name, by type of record. */
function subjectsOf(rules: readonly AddressRule[]): Map<string, Set<number>> {
  const subjects = new Map<string, Set<number>>();
  for (const { who } of rules) if (who.kind !== 'everybody') subjects.set(who.kind, (subjects.get(who.kind) ?? new Set()).add(who.id));
  return subjects;
}

/**
 * Stores other rules. They are tried against the author's own connection first: rules that would keep the author out or give less than
 * full rights are refused as 'addressRules.lockOut' {address} unless confirmed; then they count for two minutes, and those before come
 * back by themselves unless somebody who is still let in keeps them. Refuses 'settings.changed' when the version seen is not the
 * newest, and 'addressRules.badAddress' {address}.
 */
export async function saveAddressRules(
  work: Work,
  wanted: { readonly version: number; readonly rules: AddressRules; readonly isConfirmed: boolean },
): Promise<void> {
  refusePrograms(work.actor);
  const compiled = compileRules(wanted.rules);
  const address = work.actor.address ?? '';
  const person = await loadPerson(work.tx, work.actor.userId);
  const { admission } = judge(compiled, person, { address, nowMs: msOf(work.now), timeZone: work.company.timeZone });
  const isIn = admission === 'allow' && (await isDeviceIn(work, wanted.rules));
  if (!isIn && !wanted.isConfirmed) throw new Refusal('addressRules.lockOut', { address });
  const before = lasting(await storedRules(work));
  const trial = { until: instantOf(msOf(work.now) + trialMs), before };
  const stored: StoredAddressRules = isIn ? wanted.rules : { ...wanted.rules, trial };
  await storeSettings(work, { [addressRulesKey]: stored }, { [addressRulesKey]: wanted.version });
}

/** Keeps rules that are being tried. Refuses 'addressRules.noTrial' when their time is over or there are none. */
export async function keepAddressRules(work: Work): Promise<void> {
  refusePrograms(work.actor);
  const stored = await storedRules(work);
  if (stored.trial === undefined || isTrialOver(work, stored)) throw new Refusal('addressRules.noTrial');
  const { isOn, otherwise, rules } = stored;
  await storeSettings(work, { [addressRulesKey]: { isOn, otherwise, rules } });
}

/** Writes down that rules were given up whose trial is over: since that moment they count no more. Gives how many there were. */
export async function endAddressTrial(company: Company): Promise<number> {
  const isDue = async (work: Work) => isTrialOver(work, await storedRules(work));
  if (!(await look(company, systemActor(company), isDue))) return 0;
  return transact(company, systemActor(company), async (work) => {
    const stored = await storedRules(work);
    if (!isTrialOver(work, stored)) return 0;
    await storeSettings(work, { [addressRulesKey]: lasting(stored) });
    return 1;
  });
}

/** Switches the rules off, whatever they say; they can be read and switched on again. Gives whether they were on. */
export async function switchOffAddressRules(work: Work): Promise<boolean> {
  const { isOn, otherwise, rules } = await storedRules(work);
  if (!isOn) return false;
  await storeSettings(work, { [addressRulesKey]: { isOn: false, otherwise, rules } });
  return true;
}

const storedRules = async (work: Work): Promise<StoredAddressRules> =>
  ((await settingOf(work, addressRulesKey)) as StoredAddressRules | undefined) ?? noRules;

const versionOf = async (work: Work): Promise<number> => (await allSettings(work)).get(addressRulesKey)?.version ?? 0;

/** The rules without those that are only tried. */
const lasting = ({ trial, isOn, otherwise, rules }: StoredAddressRules): AddressRules => trial?.before ?? { isOn, otherwise, rules };

const isTrialOver = ({ now }: Work, { trial }: StoredAddressRules): boolean => trial !== undefined && msOf(now) >= msOf(trial.until);
