import { type AddressRules, noRules } from '../../../shared/contracts/addressRules.ts';
import type { DeviceCheckAnswer, DeviceMode, DeviceState } from '../../../shared/contracts/devices.ts';
import { msOf } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { compileRules, judge } from '../../access/addressRules.ts';
import { asksForDevice } from '../../access/enter.ts';
import { loadPerson } from '../../access/people.ts';
import { addressRulesKey, deviceModeKey } from '../../access/safety.ts';
import { refusePrograms } from '../../access/tokens.ts';
import { allSettings, settingOf, storeSettings } from '../../engine/settings.ts';
import type { Work } from '../../work.ts';
import { approveOwnDevice, approveSeen, seenLately } from './keepDevices.ts';

/** When only approved devices come in, and how it stands with all devices: a question that costs little and may be asked often. */
export async function readDeviceCheck(work: Work): Promise<DeviceCheckAnswer> {
  // Answered by the index alone.
  const states = (await work
    .tx('devices')
    .groupBy('state')
    .orderBy('state')
    .select('state')
    .count({ count: '*' })
    .sum({ versions: 'version' })
    .max({ at: 'last_seen_at' })) as { state: DeviceState; count: number | string; versions: number | string; at: string }[];
  const lately = (await seenLately(work).count({ count: '*' }).first()) as { count: number | string };
  return {
    mode: await deviceMode(work),
    version: (await allSettings(work)).get(deviceModeKey)?.version ?? 0,
    waiting: Number(states.find(({ state }) => state === 'waiting')?.count ?? 0),
    approvable: Number(lately.count),
    mark: states.map(({ state, count, versions, at }) => `${state} ${count} ${versions} ${at}`).join(),
  };
}

const deviceMode = async (work: Work): Promise<DeviceMode> => ((await settingOf(work, deviceModeKey)) as DeviceMode | undefined) ?? 'never';

/**
 * Says when only approved devices come in. The author's own device is approved in the same step; with `approveSeen` every device that
 * has signed in lately is. Refuses 'devices.lockOut' {address} when the author would be kept out all the same, and 'settings.changed'
 * when the version seen is not the newest.
 */
export async function setDeviceCheck(
  work: Work,
  wanted: { readonly version: number; readonly mode: DeviceMode; readonly approveSeen: boolean },
): Promise<void> {
  refusePrograms(work.actor);
  if (wanted.mode !== 'never') await approveAuthor(work, wanted.mode);
  if (wanted.mode !== 'never' && wanted.approveSeen) await approveSeen(work);
  await storeSettings(work, { [deviceModeKey]: wanted.mode }, { [deviceModeKey]: wanted.version });
}

async function approveAuthor(work: Work, mode: DeviceMode): Promise<void> {
  const isApproved = await approveOwnDevice(work);
  const rules = ((await settingOf(work, addressRulesKey)) as AddressRules | undefined) ?? noRules;
  const address = work.actor.address ?? '';
  if (!isApproved && (await asksAuthor(work, mode, rules))) throw new Refusal('devices.lockOut', { address });
}

/** Whether these address rules leave the author in as far as devices go: where they ask for an approved one, the author's is approved now. */
export async function isDeviceIn(work: Work, rules: AddressRules): Promise<boolean> {
  return !(await asksAuthor(work, await deviceMode(work), rules)) || approveOwnDevice(work);
}

async function asksAuthor(work: Work, mode: DeviceMode, rules: AddressRules): Promise<boolean> {
  const address = work.actor.address ?? '';
  const person = await loadPerson(work.tx, work.actor.userId);
  const verdict = judge(compileRules(rules), person, { address, nowMs: msOf(work.now), timeZone: work.company.timeZone });
  return asksForDevice(mode, verdict, address);
}

/** Lets every device in again that is not approved, and takes back what keeps devices out. Gives whether anything did. */
export async function switchOffDeviceCheck(work: Work): Promise<boolean> {
  const blocked = await work.tx('devices').where({ state: 'blocked' }).update({ state: 'seen' });
  const isOn = (await deviceMode(work)) !== 'never';
  if (isOn) await storeSettings(work, { [deviceModeKey]: 'never' });
  return isOn || blocked > 0;
}
