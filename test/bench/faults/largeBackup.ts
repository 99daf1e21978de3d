import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openArchive } from '../../../server/backup/readArchive.ts';
import { countsIn, filesGoneIn } from '../../faults/recorder/afterwards.ts';
import { findingsIn, startServer } from '../../support/childServer.ts';
import { tradepost } from '../../support/console.ts';
import { ask } from '../workloads.ts';
import { type CompanySize, childrenMb, companyFolderIn, keepWriting, makeCompany, memoryMb, openDesk } from './company.ts';
import { type Figure, figure, quantile, round, told } from './figures.ts';

export interface LargeBackup {
  /** What was wrong with the backup or with what was restored from it. */
  readonly findings: readonly string[];
  readonly figures: readonly Figure[];
}

/** How long people waited, and how much more memory was held than at the beginning. */
interface During {
  readonly times: number[];
  readonly grown: { readonly serverMb: number; readonly besideMb: number; readonly bothMb: number };
}

/**
 * A company is backed up while people write, and restored on an empty machine: is everything there, how long did the people wait
 * meanwhile, how much memory did it take, and how long did it take beside `tar` of the same data.
 */
export async function backUpUnderWork(folder: string, size: CompanySize & { writers: number; quietMs: number }): Promise<LargeBackup> {
  const data = await makeCompany(join(folder, 'data'), size);
  const company = companyFolderIn(data.path);
  const server = await startServer(data);
  const desk = await openDesk(server.url);
  const during = async (work: () => Promise<void>): Promise<During> => {
    const stop = new AbortController();
    const { pid } = server.process;
    const startMb = memoryMb(pid);
    const grown = { serverMb: 0, besideMb: 0, bothMb: 0 };
    const sampling = setInterval(() => {
      const [serverMb, besideMb] = [memoryMb(pid) - startMb, childrenMb(pid)];
      grown.serverMb = Math.max(grown.serverMb, serverMb);
      grown.besideMb = Math.max(grown.besideMb, besideMb);
      grown.bothMb = Math.max(grown.bothMb, serverMb + besideMb);
    }, 100);
    const writing = Array.from({ length: size.writers }, (_, index) =>
      keepWriting(server.url, desk, { signal: stop.signal, from: index * 1_000_000 }),
    );
    try {
      await work();
    } finally {
      stop.abort();
      clearInterval(sampling);
    }
    return { times: (await Promise.all(writing)).flat(), grown };
  };
  const quiet = await during(() => sleep(size.quietMs));
  let loadedMs = 0;
  const busy = await during(async () => {
    const began = performance.now();
    await backUpNow(server.url, desk.token);
    loadedMs = performance.now() - began;
  });
  await server.stop();

  const [name = ''] = readdirSync(join(company, 'backups')).filter((entry) => entry.endsWith('.zip'));
  const archive = join(company, 'backups', name);
  const restored = join(folder, 'restored');
  mkdirSync(restored);
  const restoring = await timed(() => tradepost(restored, ['restore', archive, '--yes']));
  const findings = [
    ...(restoring.answer.code === 0 ? [] : [restoring.answer.text]),
    ...(await wrongWithRestored(restored, archive)),
    ...(await findingsIn(data)),
  ];
  const quietBackup = await timed(() => tradepost(data.path, ['backup', 'demo']));
  if (quietBackup.answer.code !== 0) findings.push(quietBackup.answer.text);
  const tar = await tarTimes(folder, company);
  const p99 = quantile(busy.times, 0.99);
  return {
    findings,
    figures: [
      figure('findings in what was restored', findings.length, 'exactly', 0),
      told('archive', `${round(statSync(archive).size / 2 ** 20)} MB of ${round(tar.mb)} MB`),
      told('write without a backup, p50 and p99', `${spread(quiet.times)}`),
      told('write during the backup, p50 and p99', `${spread(busy.times)}, ${busy.times.length} writes`),
      figure('write during the backup, p99', p99, 'below', 250, 'ms'),
      told('memory of the server grown by writing alone', `${round(quiet.grown.serverMb)} MB`),
      figure('memory of the server grown during the backup', busy.grown.serverMb, 'below', 200, 'MB'),
      told(
        'memory of the process that makes the backup',
        `${round(busy.grown.besideMb)} MB, with what the server grew ${round(busy.grown.bothMb)} MB`,
      ),
      told('backup under work, proven', seconds(loadedMs)),
      told('backup by the console, proven', beside(quietBackup.ms, tar.packMs)),
      told('restore', beside(restoring.ms, tar.unpackMs)),
    ],
  };
}

const seconds = (ms: number): string => `${round(ms / 1000)} s`;
const beside = (ms: number, tarMs: number): string => `${seconds(ms)}, tar ${seconds(tarMs)}, ratio ${round(ms / tarMs)}`;
const spread = (times: readonly number[]): string => `${round(quantile(times, 0.5))} ms, ${round(quantile(times, 0.99))} ms`;

async function timed<T>(work: () => Promise<T>): Promise<{ answer: T; ms: number }> {
  const began = performance.now();
  const answer = await work();
  return { answer, ms: performance.now() - began };
}

/** Begins a backup as a person does, and waits until it is good. */
async function backUpNow(url: string, token: string): Promise<void> {
  await ask(url, 'POST', '/api/backups', {}, token);
  for (;;) {
    const { running, newest, last } = await ask<{ running: unknown; newest: { state: string } | null; last?: unknown }>(
      url,
      'GET',
      '/api/backups',
      undefined,
      token,
    );
    if (running === null && newest?.state === 'good') return;
    if (running === null) throw new Error(`The backup failed: ${JSON.stringify(last)}`);
    await sleep(100);
  }
}

/** Proven, with as many rows in every table as the archive names, and every file byte by byte. */
async function wrongWithRestored(path: string, archive: string): Promise<string[]> {
  const opened = await openArchive(archive);
  opened.close();
  const place = { engine: 'sqlite', file: join(companyFolderIn(path), 'company.sqlite') } as const;
  const proven = await tradepost(path, ['prove']);
  const counts = await countsIn(
    place,
    opened.manifest.tables.map(({ name }) => name),
  );
  // The restore is a line of the audit trail itself.
  const other = opened.manifest.tables.filter(({ name, rows }) => counts[name] !== rows + (name === 'audit' ? 1 : 0));
  return [
    ...(proven.code === 0 ? [] : [proven.text]),
    ...other.map(({ name, rows }) => `${name} has ${counts[name]} of ${rows} rows`),
    ...(await filesGoneIn(place, companyFolderIn(path))),
  ];
}

/** The same data packed and unpacked by tar, on the disk as well when it is said to be done. */
async function tarTimes(folder: string, company: string): Promise<{ packMs: number; unpackMs: number; mb: number }> {
  const [packed, unpacked] = [join(folder, 'beside.tar'), join(folder, 'unpacked')];
  mkdirSync(unpacked);
  const pack = await timed(async () => {
    execFileSync('tar', ['-cf', packed, '-C', company, 'company.sqlite', 'files']);
    execFileSync('sync', [packed]);
  });
  const unpack = await timed(async () => {
    execFileSync('tar', ['-xf', packed, '-C', unpacked]);
    execFileSync('sync', ['-f', unpacked]);
  });
  const mb = statSync(packed).size / 2 ** 20;
  rmSync(packed);
  return { packMs: pack.ms, unpackMs: unpack.ms, mb };
}
