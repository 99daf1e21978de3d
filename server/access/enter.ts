import { ruleAreas } from '../../shared/contracts/addressRules.ts';
import type { DeviceMode } from '../../shared/contracts/devices.ts';
import type { Definition } from '../../shared/kernel/definition.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { specialRights } from '../../shared/kernel/specialRights.ts';
import { clock } from '../clock.ts';
import type { Actor, Company } from '../work.ts';
import { judge, type Verdict } from './addressRules.ts';
import { concerning } from './concern.ts';
import { isAdmitted } from './devices/knownDevices.ts';
import { actorOf, type Entrance, personOf } from './rights.ts';
import { rulesAt, safetyOf } from './safety.ts';
import { isThisMachine } from './throttle.ts';

/**
 * The person as they may act from where they are at this moment: everybody who comes from outside is made here. Refuses
 * 'access.addressRefused' where the company's address rules keep them out, 'access.deviceChanged' where only approved devices come in
 * and theirs is none (any more, or from there), 'access.deviceNeeded' for a program there, and what actorOf refuses.
 */
export async function actorAt(company: Company, userId: number, entrance: Knock): Promise<Actor> {
  const verdict = await verdictFor(company, userId, entrance.address);
  if (verdict.admission === 'refuse') throw concerning(new Refusal('access.addressRefused'), { company, type: 'user', id: userId });
  await refuseStrangeDevice(company, userId, entrance, verdict);
  const actor = await actorOf(company, userId, entrance);
  return verdict.admission === 'limit' ? limited(company, actor, verdict) : actor;
}

type Knock = Entrance & { readonly address: string };

async function refuseStrangeDevice(company: Company, userId: number, entrance: Knock, { devicesOnly }: Verdict): Promise<void> {
  if (!devicesOnly) return;
  // A program has no key to show.
  if (entrance.token) throw new Refusal('access.deviceNeeded');
  const of = { device: entrance.knownDevice, userId, address: entrance.address };
  if (!(await isAdmitted(company, of))) throw concerning(new Refusal('access.deviceChanged'), { company, type: 'user', id: userId });
}

/** What the company's address rules and its rule about devices say of a person who comes from this address now. */
export async function verdictFor(company: Company, userId: number, address: string): Promise<Verdict> {
  const nowMs = clock.now();
  const safety = await safetyOf(company);
  const rules = rulesAt(safety, nowMs);
  // Most companies have none, and are asked about with every request.
  const verdict = rules.isOn ? judge(rules, await personOf(company, userId), { address, nowMs, timeZone: company.timeZone }) : everything;
  return { ...verdict, devicesOnly: asksForDevice(safety.devices, verdict, address) };
}

/** Whether only approved devices come in, by what the company asks for and what the rule about an address says; the server's own machine always does. */
export const asksForDevice = (mode: DeviceMode, { devicesOnly }: Verdict, address: string): boolean =>
  !isThisMachine(address) && (mode === 'always' || (mode === 'byRule' && devicesOnly));

const everything: Verdict = { admission: 'allow', lookOnly: false, areas: null, devicesOnly: false };

/** What only keepers of the house do: not from where somebody is let in with limits. */
const keepersRights: ReadonlySet<string> = new Set([
  ...['import', 'versions.restore', 'recycleBin.purge', 'sessions.manage', 'addresses.manage', 'settings.change', 'opening.force'],
  ...['devices.manage', 'users.manage', 'templates.change', 'tokens.own'],
]);

/**
 * The person with less: where only looking is allowed nothing but reading is left; where areas are named, the daily work of others is
 * gone, while the lists that every form chooses from (currencies, warehouses, people …) can be read. Never more than the person has.
 */
function limited(company: Company, actor: Actor, { lookOnly, areas }: Verdict): Actor {
  const isClosed = (area: string): boolean => areas !== null && !areas.includes(area);
  const kept = specialRights.filter((right) => !keepersRights.has(right) && !(right.startsWith('books.') && isClosed('books')));
  return {
    ...actor,
    administrator: false,
    special: actor.special.intersection(new Set<string>(kept)),
    reach: (type, operation) => {
      const definition = company.catalogue.find(type);
      const isOutside = !definition || isClosed(definition.area);
      if (isOutside && (operation !== 'read' || isDailyWork(company, definition))) return 'none';
      return lookOnly && operation !== 'read' ? 'none' : actor.reach(type, operation);
    },
    limits: { lookOnly, areas },
  };
}

/** Documents, what is searched for by itself and what books are kept of; the rest are lists that are kept in the settings. */
const isDailyWork = ({ catalogue }: Company, definition: Definition | undefined): boolean =>
  definition !== undefined &&
  (ruleAreas as readonly string[]).includes(definition.area) &&
  (definition.kind === 'document' ||
    definition.search !== undefined ||
    catalogue.ledgers.some(({ subject }) => subject === definition.type));
