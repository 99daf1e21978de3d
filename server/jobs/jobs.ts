import { endIdleSessions } from '../access/sessions.ts';
import { checkNewest } from '../backup/checkNewest.ts';
import { backUpDaily } from '../backup/daily.ts';
import { copyDueBackups } from '../backup/secondFolder.ts';
import { clock } from '../clock.ts';
import { backupJob, sweepFiles } from '../features/files/sweepFiles.ts';
import { endEmployments } from '../features/leaving/lastDay.ts';
import { tellExpiringLots } from '../features/lots/expiryNotices.ts';
import { tellUnusualReading } from '../features/reading/unusual.ts';
import { expireQuotations, markLostCustomers, tellBirthdays, tellIdleCustomers } from '../features/relations/daily.ts';
import { endAddressTrial } from '../features/safety/addressRules.ts';
import { endLapsedViewings } from '../features/safety/viewAs.ts';
import { sweepIdempotencyKeys, sweepReadings, sweepSessions, sweepThrottles } from '../features/sweeping/sweepRows.ts';
import type { Company } from '../work.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Something that is done by itself, for each company. */
export interface Job {
  readonly name: string;
  /** So long after it was finished it is due again. */
  readonly everyMs: number;
  /** A server that has just started has other things to do for so long. */
  readonly restMs?: number;
  /** Does it in small transactions, stops early when the server stops, and gives how much was done. */
  readonly run: (company: Company, signal: AbortSignal) => Promise<number>;
}

/** Everything that is done by itself, in the order it is asked about. */
export const jobs: readonly Job[] = [
  // An old company is slow until its engine knows how much it holds.
  { name: 'tune', everyMs: 24 * hourMs, run: (company) => company.store.tune() },
  { name: backupJob, everyMs: 5 * minuteMs, restMs: 10 * minuteMs, run: backUpDaily },
  { name: 'checkNewestBackup', everyMs: 7 * 24 * hourMs, restMs: 10 * minuteMs, run: checkNewest },
  { name: 'copyBackups', everyMs: 5 * minuteMs, restMs: 10 * minuteMs, run: copyDueBackups },
  { name: 'endIdleSessions', everyMs: 5 * minuteMs, run: (company) => endIdleSessions(company, clock.now()) },
  { name: 'endAddressTrial', everyMs: minuteMs, run: endAddressTrial },
  { name: 'endLapsedViewings', everyMs: minuteMs, run: endLapsedViewings },
  { name: 'endEmployments', everyMs: 10 * minuteMs, run: endEmployments },
  { name: 'tellUnusualReading', everyMs: 5 * minuteMs, run: tellUnusualReading },
  { name: 'sweepIdempotencyKeys', everyMs: hourMs, run: sweepIdempotencyKeys },
  { name: 'sweepThrottles', everyMs: hourMs, run: sweepThrottles },
  { name: 'sweepSessions', everyMs: 24 * hourMs, run: sweepSessions },
  { name: 'sweepReadings', everyMs: 24 * hourMs, run: sweepReadings },
  { name: 'expireQuotations', everyMs: hourMs, run: expireQuotations },
  { name: 'markLostCustomers', everyMs: 24 * hourMs, run: markLostCustomers },
  { name: 'tellIdleCustomers', everyMs: 12 * hourMs, run: tellIdleCustomers },
  { name: 'tellExpiringLots', everyMs: 12 * hourMs, run: tellExpiringLots },
  { name: 'tellBirthdays', everyMs: 12 * hourMs, run: tellBirthdays },
  {
    name: 'sweepFiles',
    everyMs: 24 * hourMs,
    run: async (company) => {
      const { rows, files } = await sweepFiles(company);
      return rows + files;
    },
  },
];
