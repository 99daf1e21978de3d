import { statfs } from 'node:fs/promises';
import { instantOf, msOf } from '../../shared/kernel/days.ts';
import { systemActor } from '../access/rights.ts';
import { livingSessions } from '../access/sessions.ts';
import { backupStanding } from '../backup/state.ts';
import { clock } from '../clock.ts';
import { look } from '../engine/transact.ts';
import { daysLeft, type Shown } from '../tls/keep.ts';
import type { Company } from '../work.ts';

/** What there is to look at. */
export interface Watched {
  readonly dataFolder: string;
  readonly companies: () => readonly Company[];
  readonly sockets: () => number;
  readonly certificate: { readonly shown: () => Shown } | null;
}

/** One figure, under the name a watching program knows it by. */
export interface Figure {
  readonly name: string;
  readonly help: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Looks at disk, certificate, sockets and every company; what cannot be looked at now is left out. */
export async function figuresOf(watched: Watched): Promise<Figure[]> {
  const companies = await Promise.all(watched.companies().map(ofCompany));
  return [...(await ofMachine(watched)), ...companies.flat()];
}

async function ofMachine({ dataFolder, sockets, certificate }: Watched): Promise<Figure[]> {
  const { bavail, bsize } = await statfs(dataFolder);
  const figure = (name: string, help: string, value: number): Figure => ({ name, help, labels: {}, value });
  return [
    figure('tradepost_disk_free_bytes', 'Room left where the data lies.', bavail * bsize),
    figure('tradepost_sockets_open', 'Clients connected for live news.', sockets()),
    ...(certificate
      ? [
          figure(
            'tradepost_certificate_days_left',
            'Days until the shown certificate runs out.',
            daysLeft(certificate.shown(), clock.now()),
          ),
        ]
      : []),
  ];
}

async function ofCompany(company: Company): Promise<Figure[]> {
  const { store, neighbours } = company;
  const figure = (name: string, help: string, value: number, more: Figure['labels'] = {}): Figure => ({
    name,
    help,
    labels: { company: company.code, ...more },
    value,
  });
  const isUp = (up: boolean) => figure('tradepost_company_up', 'Whether the company’s database answers.', up ? 1 : 0);
  const leads = figure('tradepost_timetable_leads', 'Whether this process does what is done by itself.', neighbours?.lead ? 1 : 0);
  const writing = figure('tradepost_writes_under_way', 'Writes under way or waiting for their turn.', store.writing());
  try {
    const seen = await look(company, systemActor(company), async (work) => {
      const newest = (await work.tx('backups').where({ state: 'good' }).max({ at: 'finished_at' }).first()) as { at: string | null };
      return {
        bytes: await store.dialect.sizeBytes(work.tx),
        sessions: await livingSessions(work.tx, clock.now()),
        standing: await backupStanding(work),
        newest: newest?.at ?? null,
        jobs: (await work.tx('job_runs').select('name', 'finished_at', 'held_until')) as JobRow[],
      };
    });
    return [
      isUp(true),
      leads,
      writing,
      figure('tradepost_database_bytes', 'Room the company’s database takes.', seen.bytes),
      figure('tradepost_sessions_living', 'Sessions of people signed in.', seen.sessions),
      ...(seen.newest === null
        ? []
        : [figure('tradepost_backup_age_seconds', 'Age of the newest backup that was proven.', agedSeconds(seen.newest))]),
      ...signals.map((signal) =>
        figure('tradepost_backup_state', 'How the backups stand: one of the signals is 1.', seen.standing.signal === signal ? 1 : 0, {
          signal,
        }),
      ),
      ...seen.jobs.flatMap(({ name, finished_at, held_until }) => [
        figure('tradepost_job_running', 'Whether the job is being done.', held_until && held_until > instantOf(clock.now()) ? 1 : 0, {
          job: name,
        }),
        ...(finished_at
          ? [figure('tradepost_job_age_seconds', 'How long ago the job was done last.', agedSeconds(finished_at), { job: name })]
          : []),
      ]),
    ];
  } catch {
    return [isUp(false), leads, writing];
  }
}

interface JobRow {
  readonly name: string;
  readonly finished_at: string | null;
  readonly held_until: string | null;
}

const signals = ['green', 'yellow', 'red', 'waiting'] as const;

const agedSeconds = (at: string): number => Math.max(0, (clock.now() - msOf(at)) / 1000);
