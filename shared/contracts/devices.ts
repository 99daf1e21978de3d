import type { Instant } from '../kernel/days.ts';

export type { DeviceProof } from './deviceSchemas.ts';

/**
 * A device is known by a key of its own (ECDSA, P-256) that never leaves it, not by its address. `seen` has signed in while nobody
 * asked for approval; `waiting` may not come in before somebody approves it.
 */
export const deviceStates = ['seen', 'waiting', 'approved', 'blocked'] as const;
export type DeviceState = (typeof deviceStates)[number];

/** When only approved devices come in: never, from addresses whose address rule says so, or from everywhere. */
export const deviceModes = ['never', 'byRule', 'always'] as const;
export type DeviceMode = (typeof deviceModes)[number];

/** Why a device waits: nobody has approved it yet, it comes from outside its addresses, or its key turned up on another machine. */
export const deviceDoubts = ['approval', 'address', 'machine'] as const;
export type DeviceDoubt = (typeof deviceDoubts)[number];

/** Devices that nobody has approved yet wait at most so many at a time; the oldest makes room. */
export const devicesWaitingMax = 50;
/** So long a challenge may be answered, once. */
export const challengeLifeMs = 60_000;

/**
 * What a device signs to prove its key, when somebody signs in at it and again while the session goes on. `login` is what was typed,
 * or the SHA-256 of the session's token, so that nobody can use the answer for another session. `server` says to whom: `root …`, the fingerprint of a pinned root, or `host …`, the host and
 * port it was asked at, so that nobody who poses as the server can use the answer anywhere else.
 */
export const deviceWords = (of: {
  readonly purpose: 'signIn' | 'session';
  readonly company: string;
  readonly login: string;
  readonly server: string;
  readonly challenge: string;
  readonly machine: string;
}): string => ['tradepost device 1', of.purpose, of.company, of.login, of.server, of.challenge, of.machine].join('\n');

/** What a server asks a device that shall prove itself. */
export interface DeviceQuestion {
  readonly purpose: 'signIn' | 'session';
  readonly company: string;
  readonly login: string;
  readonly challenge: string;
}

/** Addresses a device may be used from: any, the very one it was approved at, or those that are listed. */
export interface DeviceLimits {
  readonly addresses: readonly string[] | null;
  /** Who may use it; null for everybody. Whoever is named or holds one of the positions may. */
  readonly users: readonly number[] | null;
  readonly positions: readonly number[] | null;
}

/** A device as those who keep them see it. */
export interface DeviceLine extends DeviceLimits {
  readonly id: number;
  readonly version: number;
  readonly name: string;
  readonly state: DeviceState;
  readonly doubt: DeviceDoubt | null;
  /** Shown on both screens while it waits. */
  readonly code: string | null;
  readonly userName: string | null;
  readonly userAgent: string | null;
  readonly address: string;
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
  readonly approvedBy: string | null;
  readonly approvedAt: Instant | null;
  /** The one the reader is working at. */
  readonly isOwn: boolean;
}

/** What those are called whom devices are for: names.user[7]. */
export type DeviceNames = Readonly<Record<'user' | 'position', Readonly<Record<number, string>>>>;

/** A page of devices: those that wait first, then the last seen. */
export interface DevicesAnswer {
  readonly rows: readonly DeviceLine[];
  /** Where the next page begins; null after the last. */
  readonly next: string | null;
  readonly names: DeviceNames;
}

/** A device as it is after a change. */
export interface DeviceAnswer {
  readonly row: DeviceLine;
  readonly names: DeviceNames;
}

/** When devices are checked, and how it stands with them as a whole. */
export interface DeviceCheckAnswer {
  readonly mode: DeviceMode;
  readonly version: number;
  readonly waiting: number;
  /** So many would be approved with those that signed in lately. */
  readonly approvable: number;
  /** Another one whenever a device has come, signed in, been changed or been forgotten. */
  readonly mark: string;
}

/** What a device that waits hears when it asks. */
export type WaitingAnswer =
  | { readonly state: 'waiting'; readonly code: string }
  | { readonly state: Exclude<DeviceState, 'waiting'> | 'gone' };
