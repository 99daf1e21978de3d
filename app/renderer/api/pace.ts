/** When something is asked for: within this time, at a moment of each window's own, and not again before it has rested. */
interface Pace {
  readonly withinMs: number;
  readonly restMs: number;
}

/** A record that stands on a screen. A hundred windows do not ask in the same moment. */
export const recordPace: Pace = { withinMs: 3000, restMs: 0 };
/** Lists and what is reckoned over many records: two hundred windows of them keep half a core busy, however much happens. */
export const listPace: Pace = { withinMs: 6000, restMs: 4000 };
/** Lists after a broken link, when every window comes back at once. */
export const returnPace: Pace = { withinMs: 10_000, restMs: 0 };

/** Gives a function that has `run` called at this pace, once for all who ask before that. */
export function paced(run: () => void, { withinMs, restMs }: Pace): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ranAtMs = Number.NEGATIVE_INFINITY;
  return () => {
    if (timer !== undefined) return;
    const restLeftMs = Math.max(0, ranAtMs + restMs - performance.now());
    timer = setTimeout(
      () => {
        timer = undefined;
        ranAtMs = performance.now();
        run();
      },
      restLeftMs + Math.random() * withinMs,
    );
  };
}
