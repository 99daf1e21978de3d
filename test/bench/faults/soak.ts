import { setTimeout as sleep } from 'node:timers/promises';
import { type DataFolder, startServer } from '../../support/childServer.ts';
import { ask } from '../workloads.ts';
import { keepWriting, memoryMb, openDesk } from './company.ts';
import { type Figure, figure, round, told } from './figures.ts';

/** Lets so many clients read and one write, each once a second, for a long time, and looks whether the memory grows and grows. */
export async function soak(data: DataFolder<null>, { minutes, clients }: { minutes: number; clients: number }): Promise<Figure[]> {
  const server = await startServer(data);
  const desk = await openDesk(server.url);
  const stop = new AbortController();
  const read = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await ask(server.url, 'POST', '/api/records/salesOrder/list', { limit: 50, totals: true }, desk.token);
      await sleep(1000);
    }
  };
  const work = [
    keepWriting(server.url, desk, { signal: stop.signal, from: 0, pauseMs: 1000 }),
    ...Array.from({ length: clients - 1 }, read),
  ];
  const samples: { hours: number; mb: number }[] = [];
  const began = performance.now();
  while (performance.now() - began < minutes * 60_000) {
    await sleep(1000);
    samples.push({ hours: (performance.now() - began) / 3_600_000, mb: memoryMb(server.process.pid) });
  }
  stop.abort();
  await Promise.all(work);
  await server.stop();
  // What a program takes while it warms up is no leak.
  const settled = samples.slice(Math.floor(samples.length / 3));
  const slope = slopeOf(settled);
  return [
    told('soak: clients, minutes, memory at the end', `${clients}, ${minutes}, ${round(samples.at(-1)?.mb ?? 0)} MB`),
    // In a few minutes the line through the samples says nothing of an hour.
    minutes >= 60
      ? figure('soak: memory grows in an hour', slope, 'below', 5, 'MB')
      : told('soak: memory grows in an hour', `${round(slope)} MB`),
  ];
}

/** The slope of the straight line that lies nearest to the samples, in MB per hour. */
function slopeOf(samples: readonly { hours: number; mb: number }[]): number {
  const mean = (of: (sample: { hours: number; mb: number }) => number) => samples.reduce((sum, one) => sum + of(one), 0) / samples.length;
  const [hours, mb] = [mean((one) => one.hours), mean((one) => one.mb)];
  const spread = mean((one) => (one.hours - hours) ** 2);
  return spread === 0 ? 0 : mean((one) => (one.hours - hours) * (one.mb - mb)) / spread;
}
