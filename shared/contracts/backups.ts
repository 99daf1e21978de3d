import type { Day, Instant } from '../kernel/days.ts';
import type { Facts } from '../kernel/refusal.ts';

/** A backup of every day and some time for it to be made: older than this the newest is too old. */
export const backupFreshMs = 26 * 3_600_000;

/** When backups are made and how long they are kept; the company's own choice. */
export interface BackupPlan {
  /** The company's time from which on the backup of the day is due: 'HH:MM'. */
  readonly at: string;
  /** Daily ones are kept so many days; 0 keeps all. */
  readonly keepDays: number;
  /** Older than that the first of every month stays for ever. */
  readonly keepMonthly: boolean;
  /** Somebody is reminded when nothing was copied to another place for so many days; 0 is never. */
  readonly remindDays: number;
}

export const usualPlan: BackupPlan = { at: '02:00', keepDays: 0, keepMonthly: true, remindDays: 7 };

export interface BackupRefusal {
  /** A refusal, or `fault` for what nobody expected. */
  readonly code: string;
  readonly facts: Facts;
}

/** What somebody should do something about. All but `notAway` make the sign red. */
export type BackupWarning =
  | { readonly kind: 'none' }
  | { readonly kind: 'old'; readonly finishedAt: Instant }
  | { readonly kind: 'failed'; readonly at: Instant; readonly refusal: BackupRefusal }
  | { readonly kind: 'gone'; readonly name: string }
  | { readonly kind: 'copyFailed'; readonly at: Instant; readonly refusal: BackupRefusal }
  | { readonly kind: 'notAway'; readonly days: number | null };

/** `waiting`: a company so young that its first backup is not due yet. */
export type BackupSignal = 'green' | 'yellow' | 'red' | 'waiting';

export interface BackupStanding {
  readonly signal: BackupSignal;
  readonly warnings: readonly BackupWarning[];
}

export type BackupPhase = 'writing' | 'proving' | 'copying' | 'loading';

/** What is being done at this moment; `done` of `all` rows and files, while copying bytes. */
export interface BackupRunning {
  /** `practice` copies the company to one to practise in. */
  readonly kind: 'daily' | 'manual' | 'copy' | 'practice';
  readonly startedAt: Instant;
  readonly phase: BackupPhase;
  readonly done: number;
  readonly all: number;
}

/** A backup that was made or tried. */
export interface BackupLine {
  readonly id: number;
  readonly day: Day;
  /** `upgrade` was made before a new release changed the data. */
  readonly kind: 'daily' | 'manual' | 'upgrade';
  readonly name: string;
  readonly state: 'good' | 'failed' | 'cancelled' | 'misdated' | 'removed';
  /** Whether the file lies where it should. */
  readonly isThere: boolean;
  readonly isEncrypted: boolean;
  readonly bytes: number | null;
  readonly rows: number | null;
  readonly files: number | null;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  /** Who made it by hand. */
  readonly by: string | null;
  readonly refusal: BackupRefusal | null;
  readonly copies: readonly BackupCopy[];
}

/** A copy that was made, or tried, to another place. */
export interface BackupCopy {
  readonly target: 'second' | 'removable';
  readonly place: string;
  readonly state: 'good' | 'failed' | 'removed';
  readonly at: Instant;
  readonly refusal: BackupRefusal | null;
}

export interface BackupsAnswer {
  readonly standing: BackupStanding;
  readonly running: BackupRunning | null;
  readonly newest: BackupLine | null;
  /** When the next one is due, on the company's calendar and clock; `isDue` begins within minutes. */
  readonly next: { readonly day: Day; readonly at: string; readonly isDue: boolean };
  /** Days of the last month that have no good backup, the latest first. */
  readonly missed: readonly Day[];
  readonly plan: BackupPlan;
  readonly planVersion: number;
  /** Where the files lie on the server. */
  readonly folder: string;
  /** The folder to which every backup is copied, and what last became of that. */
  readonly second: { readonly folder: string; readonly last: BackupCopy | null } | null;
  /** What was last copied, or tried, to a disk that can be pulled out. */
  readonly lastOnDisk: BackupCopy | null;
  /** `lost`: the file with the passphrase has gone from the server, no backup is made until it is given again. */
  readonly encryption: 'none' | 'on' | 'lost';
}

/** A disk at the server that can be pulled out. */
export interface RemovableDisk {
  readonly path: string;
  readonly freeBytes: number;
  readonly bytes: number;
}

export interface DisksAnswer {
  readonly disks: readonly RemovableDisk[];
}

export interface BackupListAnswer {
  readonly rows: readonly BackupLine[];
  readonly next: number | null;
}
