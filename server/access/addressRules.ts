import { BlockList, isIP } from 'node:net';
import type { AddressRule, AddressRules, Admission, RuleHours } from '../../shared/contracts/addressRules.ts';
import { addDays, clockTimeOf, dayOf, instantOf, weekdayOf } from '../../shared/kernel/days.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import type { Person } from './people.ts';
import { isThisMachine } from './throttle.ts';

/** Rules made ready to be asked with every request. */
export interface CompiledRules {
  readonly isOn: boolean;
  readonly otherwise: 'allow' | 'refuse';
  readonly rules: readonly { readonly rule: AddressRule; readonly addresses: BlockList | null }[];
}

/** What a person may do from where they are. */
export interface Verdict {
  readonly admission: Admission;
  readonly lookOnly: boolean;
  /** Null for all. */
  readonly areas: readonly string[] | null;
  /** Only devices that somebody has approved come in from there. */
  readonly devicesOnly: boolean;
}

/** Makes rules ready. Refuses 'addressRules.badAddress' {address} for what is no address, range or subnet. */
export const compileRules = ({ isOn, otherwise, rules }: AddressRules): CompiledRules => ({
  isOn,
  otherwise,
  rules: rules.map((rule) => ({ rule, addresses: rule.addresses.length === 0 ? null : addressesIn(rule.addresses) })),
});

/** A person as the rules know them. */
export type Concerned = Pick<Person, 'userId' | 'positionIds' | 'departmentPath'>;

/**
 * What the rules say of a person at an address (as plainAddress gives it) at a moment, by the company's clocks. The machine of the
 * server itself is always let in: whoever sits there can put the rules right.
 */
export function judge(
  compiled: CompiledRules,
  person: Concerned,
  at: { readonly address: string; readonly nowMs: number; readonly timeZone: string },
): Verdict {
  if (!compiled.isOn || isThisMachine(at.address)) return verdictOf('allow');
  const fitting = compiled.rules.find(
    ({ rule, addresses }) =>
      concerns(rule, person) && (addresses === null || isAmong(addresses, at.address)) && (rule.hours === null || isWithin(rule.hours, at)),
  );
  if (!fitting) return verdictOf(compiled.otherwise);
  const { effect, lookOnly, areas, devicesOnly = false } = fitting.rule;
  return { ...(effect === 'limit' ? { admission: effect, lookOnly, areas } : verdictOf(effect)), devicesOnly };
}

const verdictOf = (admission: Admission): Verdict => ({ admission, lookOnly: false, areas: null, devicesOnly: false });

function concerns({ who }: AddressRule, { userId, positionIds, departmentPath }: Concerned): boolean {
  switch (who.kind) {
    case 'everybody':
      return true;
    case 'user':
      return who.id === userId;
    case 'position':
      return positionIds.includes(who.id);
    case 'department':
      return departmentPath.includes(who.id);
  }
}

function isWithin({ from, to, days }: RuleHours, { nowMs, timeZone }: { nowMs: number; timeZone: string }): boolean {
  const now = instantOf(nowMs);
  const time = clockTimeOf(now, timeZone).slice(0, 5);
  const today = dayOf(now, timeZone);
  const isOn = (days_: number) => days.includes(weekdayOf(addDays(today, days_)));
  if (from < to) return isOn(0) && time >= from && time < to;
  // Past midnight it is still the night of the day before.
  return (isOn(0) && time >= from) || (isOn(-1) && time < to);
}

/** Whether an address (as plainAddress gives it) is in a list. */
export const isAmong = (list: BlockList, address: string): boolean =>
  isIP(address) > 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Addresses, ranges and subnets as one list to be asked. Refuses 'addressRules.badAddress' {address}. */
export function addressesIn(texts: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of texts) {
    try {
      addTo(list, text.trim());
    } catch {
      throw new Refusal('addressRules.badAddress', { address: text });
    }
  }
  return list;
}

function addTo(list: BlockList, text: string): void {
  const [first = '', last, ...rest] = text.split('-').map((piece) => plainAddress(piece.trim()));
  const [base = '', bits] = first.split('/');
  if (rest.length > 0 || (last !== undefined && bits !== undefined)) throw new RangeError(text);
  const family = familyOf(base);
  if (last !== undefined) list.addRange(base, fullEnd(base, last), family);
  else if (bits !== undefined) list.addSubnet(base, bitsIn(bits, family), family);
  else list.addAddress(base, family);
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  const version = isIP(address);
  if (version === 0) throw new RangeError(address);
  return version === 6 ? 'ipv6' : 'ipv4';
}

/** `192.168.1.10-20` ends at 192.168.1.20. */
const fullEnd = (first: string, last: string): string => (/^\d{1,3}$/.test(last) ? first.replace(/\d+$/, last) : last);

function bitsIn(text: string, family: 'ipv4' | 'ipv6'): number {
  const bits = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (!(bits <= (family === 'ipv4' ? 32 : 128))) throw new RangeError(text);
  return bits;
}

/** An address without the dress IPv4 wears on an IPv6 socket (`::ffff:10.0.0.5`) and without the name of a network card. */
export const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
