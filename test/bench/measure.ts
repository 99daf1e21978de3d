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

/** Runs a workload `count` times over so many clients at once, after a tenth as warm-up with as many. */
export async function run(name: string, clients: number, count: number, once: Once): Promise<Measured> {
  const times: number[] = [];
  const runAll = async (turns: number, note: (ms: number) => void): Promise<void> => {
    let next = 0;
    const client = async (): Promise<void> => {
      while (next < turns) {
        const turn = next++;
        const from = performance.now();
        await once(turn);
        note(performance.now() - from);
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
  };
  await runAll(Math.max(3, count / 10, clients), () => undefined);
  const started = performance.now();
  await runAll(count, (ms) => times.push(ms));
  const seconds = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  return { name, clients, medianMs: quantile(times, 0.5), p95Ms: quantile(times, 0.95), perSecond: count / seconds, ratio: null };
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
