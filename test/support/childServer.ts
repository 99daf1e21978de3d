import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serverFlags } from '../../scripts/serverFlags.mjs';
import { systemActor } from '../../server/access/rights.ts';
import { openSession } from '../../server/access/sessions.ts';
import { openStore } from '../../server/database/openStore.ts';
import type { Store, StorePlace } from '../../server/database/store.ts';
import { proveAudit } from '../../server/engine/audit.ts';
import { look } from '../../server/engine/transact.ts';
import type { Failpoint } from '../../server/failpoints.ts';
import { proveNumbers } from '../../server/features/numbering/proveNumbers.ts';
import { proveLedgers } from '../../server/ledger/prove.ts';
import { proveFlows } from '../../server/ledger/proveFlows.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { type Office, openOffice } from '../scenarios/office.ts';
import type { StoreKind } from '../stores/stores.ts';
import { newPostgresDatabase } from './postgresDatabase.ts';
import { type Api, apiAt } from './server.ts';

/** A data folder with one company in it, made and left, ready for the real server to be started on. */
export interface DataFolder<T> {
  readonly path: string;
  readonly place: StorePlace;
  /** A session for each of the people asked for, last used a while ago; they outlive every restart. */
  readonly tokens: Readonly<Record<string, string>>;
  /** What `fill` has made. */
  readonly filled: T;
  remove(): void;
}

export async function makeDataFolder<T>(
  kind: StoreKind,
  of: { people: readonly string[]; fill: (office: Office) => Promise<T>; path?: string },
): Promise<DataFolder<T>> {
  const path = of.path ?? mkdtempSync(join(tmpdir(), 'tradepost-data-'));
  const folder = join(path, 'companies', 'test');
  for (const inner of ['files', 'backups', 'imports']) mkdirSync(join(folder, inner), { recursive: true });
  const place: StorePlace =
    kind.name === 'sqlite'
      ? { engine: 'sqlite', file: join(folder, 'company.sqlite') }
      : { engine: 'postgres', url: await newPostgresDatabase(), schema: 'company_test' };
  const office = await openOffice({ ...kind, openLike: null, open: () => openStore(place) });
  const tokens: Record<string, string> = {};
  for (const who of of.people) {
    const user = await office.id('users', { login: who });
    tokens[who] = (await office.company.store.write((tx) => openSession(tx, 'test', { user, device: 'test' }, Date.now() - 120_000))).token;
  }
  const filled = await of.fill(office);
  await office.close();
  const engine = place.engine === 'postgres' ? { kind: 'postgres', url: place.url } : { kind: 'sqlite' };
  writeFileSync(
    join(path, 'companies.json'),
    JSON.stringify({ companies: [{ code: 'test', name: '远航商贸', timeZone: 'Asia/Shanghai', engine }] }),
  );
  return { path, place, tokens, filled, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The real server as a process of its own. */
export interface RunningServer extends Api {
  readonly process: ChildProcess;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Asks it to stop and waits. */
  stop(): Promise<void>;
  /** How it ended: the exit code or the signal. */
  ended(): Promise<number | string>;
}

/** Starts the server on the folder and waits until it is ready; fails with what it said when it does not get there. */
export async function startServer(
  data: { path: string },
  failpoint?: Failpoint | `${Failpoint}:reject` | `${Failpoint}:kill:${number}`,
  flags: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<RunningServer> {
  const port = await freePort();
  const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
  const child = spawn(
    process.execPath,
    [...serverFlags, main, '--data', data.path, '--port', String(port), '--host', '127.0.0.1', ...flags],
    {
      env: { ...process.env, NODE_ENV: 'test', TRADEPOST_FAILPOINT: failpoint ?? '', ...env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    },
  );
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-10_000);
  });
  const end = new Promise<number | string>((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal ?? 'nothing')));
  await new Promise<void>((resolve, reject) => {
    child.once('message', (message) =>
      (message as { type?: string }).type === 'ready' ? resolve() : reject(new Error(JSON.stringify(message))),
    );
    void end.then((how) => reject(new Error(`The server ended with ${how}: ${said}`)));
  });
  return {
    ...apiAt(`${flags.includes('on') ? 'https' : 'http'}://127.0.0.1:${port}`),
    process: child,
    kill: async () => {
      child.kill('SIGKILL');
      await end;
    },
    stop: async () => {
      if (child.connected) child.send({ type: 'stop' });
      await end;
    },
    ended: () => end,
  };
}

/** Looks into the database beside the server (or after it): all proofs, and what the database itself says of its files. */
export async function findingsIn(data: DataFolder<unknown>): Promise<string[]> {
  return beside(data, async (store) => {
    const company = {
      code: 'test',
      name: '',
      folder: '',
      catalogue,
      store,
      timeZone: 'Asia/Shanghai',
      announce: () => undefined,
      report: () => undefined,
    };
    const findings = await look(company, systemActor(company), async (work) => [
      ...(await proveLedgers(work)),
      ...(await proveFlows(work)),
      ...(await proveAudit(work)),
      ...(await proveNumbers(work)),
    ]);
    return [...findings.map(({ proof, detail }) => `${proof}: ${detail}`), ...(store.engine === 'sqlite' ? await damageIn(store) : [])];
  });
}

async function damageIn(store: Store): Promise<string[]> {
  return store.read(async (tx) => {
    const integrity = (await tx.raw('pragma integrity_check')) as { integrity_check: string }[];
    const keys = (await tx.raw('pragma foreign_key_check')) as unknown[];
    return [...integrity.map((row) => row.integrity_check).filter((word) => word !== 'ok'), ...keys.map((row) => JSON.stringify(row))];
  });
}

export async function beside<T>({ place }: DataFolder<unknown>, run: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(place.engine === 'sqlite' ? { ...place, readOnly: true } : place);
  try {
    return await run(store);
  } finally {
    await store.close();
  }
}

/** Everything the server has written into its log so far. */
export const logOf = ({ path }: { path: string }): string =>
  readdirSync(join(path, 'logs'))
    .map((name) => readFileSync(join(path, 'logs', name), 'utf8'))
    .join('');

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const taken = createServer();
    taken.once('error', reject);
    taken.listen(0, '127.0.0.1', () => {
      const address = taken.address();
      taken.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
