import type { Instant } from '../kernel/days.ts';

/**
 * Who is asked for a second step after the password: nobody; whoever has one; or also everybody of the positions named, who set one up
 * when they next sign in.
 */
export const secondStepModes = ['never', 'whoHas', 'required'] as const;

export interface SecondStepRule {
  readonly mode: (typeof secondStepModes)[number];
  /** Whose holders must have one, where the mode is `required`. */
  readonly positions: readonly number[];
}

/** What counts until a company has said more. */
export const ordinarySecondStep: SecondStepRule = { mode: 'whoHas', positions: [] };

export interface SecondStepRuleAnswer extends SecondStepRule {
  readonly version: number;
  /** The positions to choose from. */
  readonly choices: readonly { readonly id: number; readonly name: string }[];
}

/** What signing in answers when the password was right and something more is asked for. */
export interface SecondStep {
  /** Good for one sign-in, from the same address, until then. */
  readonly ticket: string;
  readonly until: Instant;
  /** Codes of an authenticator app; security keys. A recovery code always does. */
  readonly ways: readonly ('code' | 'key')[];
}

export interface SecurityKeyLine {
  readonly id: number;
  readonly name: string;
  /** The name of the server under which it was set up: it answers under no other. */
  readonly host: string;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
}

/** The second step of the person who asks. */
export interface OwnSecondStep {
  readonly mode: SecondStepRule['mode'];
  /** The company demands one of this person. */
  readonly isRequired: boolean;
  /** Since when codes of an app are asked for; null while they are not. */
  readonly codeSince: Instant | null;
  readonly keys: readonly SecurityKeyLine[];
  readonly mayHaveKeys: boolean;
  readonly recoveryLeft: number;
  /** The company was restored on a server without the key its secrets are sealed with. */
  readonly isSealedElsewhere: boolean;
}

/** The second step of a person, as those who look after people see it. */
export interface SecondStepLine {
  readonly user: number;
  readonly name: string;
  readonly login: string;
  readonly isRequired: boolean;
  readonly codeSince: Instant | null;
  readonly keys: number;
  readonly recoveryLeft: number;
  readonly isSealedElsewhere: boolean;
}

export interface SecondStepsAnswer {
  readonly rows: readonly SecondStepLine[];
  /** Where the next page begins; null after the last. */
  readonly next: number | null;
}

/** A secret that is to be taken over into an app: shown this once. */
export interface CodeToSetUp {
  readonly ticket: string;
  /** In groups, to be typed. */
  readonly secret: string;
  /** The same for a QR code. */
  readonly uri: string;
}
