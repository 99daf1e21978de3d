import type { Instant } from '../kernel/days.ts';

/** Whom a rule is about. A department stands for everybody in it and below it: a branch is one. */
export type RuleSubject = { readonly kind: 'everybody' } | { readonly kind: 'user' | 'position' | 'department'; readonly id: number };

/** Hours of the week on the company's clocks. Up to an hour before `from` means past midnight; the day is the one they begin on. */
export interface RuleHours {
  /** 'HH:MM' */
  readonly from: string;
  readonly to: string;
  /** 1 is Monday, 7 is Sunday. */
  readonly days: readonly number[];
}

export const ruleEffects = ['allow', 'limit', 'refuse'] as const;

/** Who may work from where and when. */
export interface AddressRule {
  readonly who: RuleSubject;
  /** Single addresses, ranges `a-b` and subnets `a/24`, of both families; none stands for every address. */
  readonly addresses: readonly string[];
  readonly hours: RuleHours | null;
  readonly effect: (typeof ruleEffects)[number];
  /** With the effect `limit`: nothing is written, exported or printed. */
  readonly lookOnly: boolean;
  /** With the effect `limit`: the areas in which the person may work; null for all. */
  readonly areas: readonly string[] | null;
  /** Only devices that somebody has approved come in by this rule, unless the company checks none or all anyway; absent is no. */
  readonly devicesOnly?: boolean;
  readonly remark: string;
}

/** The rules of a company: the first one that fits decides, and `otherwise` where none does. */
export interface AddressRules {
  readonly isOn: boolean;
  readonly otherwise: 'allow' | 'refuse';
  readonly rules: readonly AddressRule[];
}

export const noRules: AddressRules = { isOn: false, otherwise: 'allow', rules: [] };
export const addressRulesMax = 200;

/** What the rules say of one connection. */
export type Admission = 'allow' | 'limit' | 'refuse';

export interface AddressRulesAnswer extends AddressRules {
  readonly version: number;
  /** Rules that are only tried: at this moment the ones before come back, unless somebody who is still let in keeps them. */
  readonly trialUntil: Instant | null;
  /** Where the reader is. */
  readonly ownAddress: string;
  /** What those are called whom the rules are about: names.user[7]. */
  readonly names: Readonly<Record<'user' | 'position' | 'department', Readonly<Record<number, string>>>>;
}

/** Areas of daily work that a rule may name; lists that every form chooses from can be read anyway. */
export const ruleAreas = ['customers', 'sales', 'delivery', 'purchase', 'stock', 'items', 'money', 'books'] as const;
