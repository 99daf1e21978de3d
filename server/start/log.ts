import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pino, { type Logger } from 'pino';
import build from 'pino-roll';
import { clock } from '../clock.ts';

const filesKept = 14;
const fileMaxMb = 50;
const dayMs = 24 * 3_600_000;
/** Files of a server that runs no more go after this time. */
const othersKeptMs = 60 * dayMs;

/**
 * The server's log: JSON lines without secrets, a file a day and another after 50 MB, fourteen kept and the one in use. Servers that
 * work with one data folder write files of their own, under their own `name`.
 */
export async function createLog(folder: string, name: string): Promise<Logger> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  removeOld(folder, name);
  const stream = await build({
    file: join(folder, `tradepost-${name}`),
    frequency: 'daily',
    extension: '.log',
    size: `${fileMaxMb}m`,
    limit: { count: filesKept, removeOtherLogFiles: true },
    mkdir: true,
    // The last word before the end must not be lost with the process.
    sync: true,
  });
  return pino({ level: 'info', redact: [...secretPaths], base: undefined }, stream);
}

const secretNames = ['token', 'password', 'passphrase', 'authorization', 'cookie', 'secret', 'connectionString'];

/** What never gets into the log, wherever it hangs on what is logged. */
export const secretPaths: readonly string[] = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** A server that is switched off every evening never sees midnight: what is too much is removed at its start as well. */
function removeOld(folder: string, name: string): void {
  const own: { path: string; changedMs: number }[] = [];
  for (const file of readdirSync(folder)) {
    if (!/^tradepost.*\.log$/.test(file)) continue;
    const path = join(folder, file);
    const changedMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (file.startsWith(`tradepost-${name}.`)) own.push({ path, changedMs });
    else if (clock.now() - changedMs > othersKeptMs) rmSync(path, { force: true });
  }
  const surplus = own.sort((a, b) => b.changedMs - a.changedMs).slice(filesKept);
  for (const { path } of surplus) rmSync(path, { force: true });
}
