const minuteMs = 60_000;
const windowMaxMs = 60 * minuteMs;
/** So many lines of one kind a minute; what comes after is counted. */
export const linesPerMinuteMax = 10;
const kindsMax = 1000;

/** What was held back, and how often. */
export interface Held<D> {
  readonly deed: D;
  readonly count: number;
}

interface Tally<D> {
  untilMs: number;
  windowMs: number;
  lines: number;
  held: number;
  deed: D;
}

/**
 * Keeps a flood out of the audit trail. Of one kind of deed ten lines pass within a minute; the rest is counted and passes as
 * one line when the minute is over. A flood that goes on is told at longer and longer intervals, up to an hour. More than a
 * thousand kinds at once share one, so that changing the address gains nothing.
 */
export class RefusalTally<D> {
  readonly #tallies = new Map<string, Tally<D>>();

  /** Whether the deed may be written now; else it is counted. `nowMs` counts milliseconds. */
  admit(kind: string, deed: D, nowMs: number): boolean {
    const key = this.#tallies.has(kind) || this.#tallies.size < kindsMax ? kind : 'others';
    const known = this.#tallies.get(key);
    if (!known || (known.held === 0 && nowMs >= known.untilMs)) {
      this.#tallies.set(key, { untilMs: nowMs + minuteMs, windowMs: minuteMs, lines: 1, held: 0, deed });
      return true;
    }
    if (known.lines < linesPerMinuteMax) {
      known.lines += 1;
      return true;
    }
    known.held += 1;
    known.deed = deed;
    return false;
  }

  /** What was held back and is due, or all of it; it is given once. Kinds that have been quiet are forgotten. */
  take(nowMs: number, all = false): Held<D>[] {
    const due: Held<D>[] = [];
    for (const [key, tally] of this.#tallies) {
      if (nowMs < tally.untilMs && !all) continue;
      if (tally.held === 0) {
        this.#tallies.delete(key);
        continue;
      }
      due.push({ deed: tally.deed, count: tally.held });
      const windowMs = Math.min(windowMaxMs, tally.windowMs * 2);
      this.#tallies.set(key, { ...tally, windowMs, untilMs: nowMs + windowMs, lines: linesPerMinuteMax, held: 0 });
    }
    return due;
  }

  /** When something held back is due next; null while nothing is. */
  nextDueMs(): number | null {
    const waiting = [...this.#tallies.values()].filter(({ held }) => held > 0).map(({ untilMs }) => untilMs);
    return waiting.length === 0 ? null : Math.min(...waiting);
  }
}
