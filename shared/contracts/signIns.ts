import type { Instant } from '../kernel/days.ts';

/**
 * How a try to come in ended. `refused` is a wrong password; `unknown` is a login that nobody here has, `left` one of somebody who has
 * left. The one who tries is told the same of all three. `secondStep` is a right password whose second step was not taken (yet),
 * `secondStepRefused` a wrong one, `keyCopied` a security key of which there seem to be two. `otherDevice` is no try: a session was used
 * that its device did not sign for. Nor is `viewed`: somebody else looked in this person’s name.
 */
export const signInResults = [
  'signedIn',
  'refused',
  'unknown',
  'left',
  'throttled',
  'locked',
  'captcha',
  'address',
  'device',
  'otherDevice',
  'secondStep',
  'secondStepRefused',
  'keyCopied',
  'viewed',
] as const;
export type SignInResult = (typeof signInResults)[number];

/** When a picture has to be read before signing in. */
export const captchaModes = ['never', 'afterFailure', 'always'] as const;
export type CaptchaMode = (typeof captchaModes)[number];

/** A picture to be read: SVG, good for one answer within some minutes. */
export interface CaptchaPicture {
  readonly id: string;
  readonly svg: string;
}

/** An account that nobody can come in with now: locked by the company's rule, or held up for a moment. */
export interface LockedLine {
  readonly user: number;
  readonly userName: string;
  readonly login: string;
  readonly kind: 'locked' | 'throttled';
  readonly failures: number;
  readonly until: Instant;
}

/** Why a session is over. */
export type EndReason =
  | 'signedOut'
  | 'revoked'
  | 'passwordChanged'
  | 'secondStepChanged'
  | 'positionsChanged'
  | 'left'
  | 'idle'
  | 'expired'
  | 'device'
  | 'otherDevice';

/** One try to come in, and how long it lasted when it succeeded. */
export interface SignInLine {
  readonly id: number;
  readonly at: Instant;
  readonly user: number | null;
  readonly userName: string | null;
  readonly login: string;
  readonly address: string | null;
  readonly device: string | null;
  readonly userAgent: string | null;
  readonly result: SignInResult;
  readonly endedAt: Instant | null;
  readonly endReason: EndReason | null;
  /** Who ended it, when it was somebody else. */
  readonly endedBy: string | null;
  /** Who looked in this person’s name. */
  readonly viewer: string | null;
  /** Still there. */
  readonly isOpen: boolean;
}

export interface SignInsAnswer {
  readonly rows: readonly SignInLine[];
  readonly next: number | null;
}
