export interface Measured {
  readonly name: string;
  readonly clients: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly perSecond: number;
  /** Our median over the floor's. */
  readonly ratio: number | null;
}

export type Once = (turn: number) => Promise<void>;

/** Runs a workload `count` times over so many clients at once, after a tenth as warm-up. */
export async function run(name: string, clients: number, count: number, once: Once): Promise<Measured> {
  for (let turn = 0; turn < Math.max(3, count / 10); turn++) await once(turn);
  const times: number[] = [];
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < count) {
        const turn = next++;
        const from = performance.now();
        await once(turn);
        times.push(performance.now() - from);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  return { name, clients, medianMs: quantile(times, 0.5), p95Ms: quantile(times, 0.95), perSecond: count / seconds, ratio: null };
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
