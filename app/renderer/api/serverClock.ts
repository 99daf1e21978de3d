import { type Instant, instantOf, readMoment } from '../../../shared/kernel/days.ts';

/** What the server's clock said when ours, which counts from the opening of the page, stood at zero. */
let zeroMs: number | null = null;

/** Takes the time from an answer that has just come: our own clock may be wrong, the server's is the one that counts. */
export function heed(answer: Response): void {
  const saidMs = readMoment(answer.headers.get('Date') ?? '');
  if (saidMs !== null) zeroMs = saidMs - performance.now();
}

/** The moment it is at the server, to the second and never later than that; null before it ever answered. */
export const serverNow = (): Instant | null => (zeroMs === null ? null : instantOf(Math.floor(zeroMs + performance.now())));
