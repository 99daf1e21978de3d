import type { Instant } from '../kernel/days.ts';

export const handOutKinds = ['export', 'print'] as const;
export type HandOutKind = (typeof handOutKinds)[number];

/** Something that left the house: who took it out, when, from where, and how much of what. */
export interface HandOutLine {
  readonly seq: number;
  readonly at: Instant;
  readonly actor: number;
  readonly actorName: string | null;
  readonly kind: HandOutKind;
  readonly type: string;
  readonly record: number | null;
  readonly title?: string;
  /** The report, or what of the type it was where that is not the list of its records. */
  readonly of: string | null;
  readonly rows: number | null;
  readonly format: string | null;
  readonly address: string | null;
  readonly device: string | null;
}

export interface HandOutsAnswer {
  readonly rows: readonly HandOutLine[];
  readonly next: number | null;
}
