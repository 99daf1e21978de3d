import type { Day, Instant } from '../kernel/days.ts';

/** How much a person read in a day: customers and contacts opened, each once, and rows exported. */
export interface ReadingDay {
  readonly day: Day;
  readonly opened: number;
  readonly atNight: number;
  readonly exported: number;
  /** When the administrators were told. */
  readonly toldAt: Instant | null;
}

export interface ReadingAnswer {
  /** The newest first. */
  readonly rows: readonly ReadingDay[];
  /** The median of their last days at work before today. */
  readonly usual: { readonly opened: number; readonly exported: number };
}
