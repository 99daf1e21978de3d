import { pino } from 'pino';
import { clock } from '../../server/clock.ts';
import { offerFeatures } from '../../server/features/offer.ts';
import { jobs } from '../../server/jobs/jobs.ts';
import { Timetable } from '../../server/jobs/timetable.ts';
import { Companies } from '../../server/start/companies.ts';
import { catalogue } from '../../shared/catalogue.ts';

/** A server of its own without doors: it does what is done by itself, as soon as it leads, and says so. Its clock is ahead by so much. */
const task = JSON.parse(process.argv[2] ?? '{}') as { data: string; aheadMs: number };
const now = clock.now;
clock.now = () => now() + task.aheadMs;
offerFeatures();
const log = pino({ level: 'silent' });
const done = jobs.map((job) => ({
  ...job,
  run: async (...of: Parameters<typeof job.run>) => {
    process.send?.({ began: job.name });
    const count = await job.run(...of);
    process.send?.({ done: job.name, count });
    return count;
  },
}));
let timetable: Timetable | undefined;
const companies = await Companies.open({
  dataFolder: task.data,
  catalogue,
  log,
  announce: () => undefined,
  heard: {
    changed: () => undefined,
    ended: () => undefined,
    missed: () => undefined,
    leads: () => {
      process.send?.({ leads: true });
      void timetable?.runDue();
    },
  },
});
timetable = new Timetable(() => companies.list(), log, done);
setInterval(() => void timetable?.runDue(), 500);
