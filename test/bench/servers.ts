import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { constants, copyFileSync, cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { serverFlags } from '../../scripts/serverFlags.mjs';
import { migrations } from '../../server/database/migrations/index.ts';
import { makeDemo } from '../../server/features/demo/makeDemo.ts';
import { offerFeatures } from '../../server/features/offer.ts';
import { Timetable } from '../../server/jobs/timetable.ts';
import { Companies } from '../../server/start/companies.ts';
import { catalogue } from '../../shared/catalogue.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const kept = fileURLToPath(new URL('../results/bench/', import.meta.url));

/** Tables as they are today: a history made with others cannot be opened. */
const schemaPrint = createHash('sha256').update(JSON.stringify(migrations)).digest('hex').slice(0, 8);

/** A demo company with so many orders, made once and kept between runs until tables change. */
export async function ensureData(orders: number): Promise<string> {
  const folder = join(kept, `${orders}-${schemaPrint}`);
  if (existsSync(join(folder, 'companies.json'))) return folder;
  const making = `${folder}.making`;
  rmSync(making, { recursive: true, force: true });
  console.log(`making a history of ${orders} orders…`);
  offerFeatures();
  const log = pino({ level: 'silent' });
  const companies = await Companies.open({ dataFolder: making, catalogue, log, announce: () => {} });
  await makeDemo(
    { company: (code) => companies.find(code), createCompany: (wanted, fill) => companies.create(wanted, fill) },
    // As many customers and as long orders at every size, so that only the history grows.
    { orders, seed: 1, customers: 100_000, lines: [1, 3] },
  );
  // What is due by itself is done, as in any company that is open every day.
  await new Timetable(() => companies.list(), log).runDue();
  await companies.close();
  renameSync(making, folder);
  return folder;
}

export interface Running {
  readonly url: string;
  readonly readyMs: number;
  memoryMb(): number;
  stop(): Promise<void>;
}

/** A copy of a data folder to run on, so that the next run finds the history as it was. */
export function copyOf(data: string): string {
  const copy = `${data}.running`;
  rmSync(copy, { recursive: true, force: true });
  cpSync(data, copy, { recursive: true, mode: constants.COPYFILE_FICLONE });
  return copy;
}

/** The product itself, as an office runs it, in a process of its own. */
export async function startProduct(data: string): Promise<Running> {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const from = performance.now();
  const child = fork(
    fileURLToPath(new URL('../../server/main.ts', import.meta.url)),
    ['--data', data, '--port', String(port), '--host', '127.0.0.1'],
    {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [...process.execArgv, ...serverFlags],
    },
  );
  await message(child);
  const url = `http://127.0.0.1:${port}`;
  await fetch(`${url}/api/state`).then((answer) => answer.json());
  return { url, readyMs: performance.now() - from, ...handles(child) };
}

/** The floor on a copy of the same database. */
export async function startFloor(data: string): Promise<Running> {
  const file = join(kept, `floor-${process.pid}.sqlite`);
  copyFileSync(join(data, 'companies', 'demo', 'company.sqlite'), file);
  const from = performance.now();
  const child = fork(join(here, 'floor.ts'), [file], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const { port } = (await message(child)) as { port: number };
  const { stop, memoryMb } = handles(child);
  const remove = () => {
    for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true });
  };
  return { url: `http://127.0.0.1:${port}`, readyMs: performance.now() - from, memoryMb, stop: () => stop().finally(remove) };
}

const message = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });

function handles(child: ChildProcess) {
  return {
    memoryMb: () => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024),
    stop: () =>
      new Promise<void>((resolve) => {
        child.removeAllListeners('exit');
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}
