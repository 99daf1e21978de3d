import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { request as askPlainly } from 'node:http';
import { request as askSecurely } from 'node:https';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { z } from 'zod';
import { namesIn, writeFileSafely } from '../files.ts';
import { isShownBy } from '../tls/keep.ts';

const runningSchema = z.strictObject({
  pid: z.number().int(),
  /** The machine it runs on: several may work with one data folder when everything is on PostgreSQL. */
  host: z.string(),
  version: z.string(),
  /** Where this machine reaches it. */
  url: z.string(),
  /** UTC. */
  since: z.string(),
  /** Until there is a company: what the first start asks people at other machines for. */
  setupCode: z.string().optional(),
});

/** What a running server tells the console of its machine; the file is for its own user's eyes. */
export type Running = z.infer<typeof runningSchema>;

const folderIn = (dataFolder: string): string => join(dataFolder, 'running');

/** What tells a server from others that work with the same data folder: its machine and its port. */
export const processName = (port: number): string => `${hostname().replace(/[^\w-]/g, '_')}-${port}`;

export function tellRunning(dataFolder: string, port: number, running: Omit<Running, 'host'>): void {
  mkdirSync(folderIn(dataFolder), { recursive: true, mode: 0o700 });
  writeFileSafely(join(folderIn(dataFolder), `${processName(port)}.json`), JSON.stringify({ ...running, host: hostname() }));
}

/** To be called when the server ends. One that was killed leaves its word behind: whoever reads it asks whether it still answers. */
export const tellStopped = (dataFolder: string, port: number): void =>
  rmSync(join(folderIn(dataFolder), `${processName(port)}.json`), { force: true });

/** A server of this machine that works with a data folder and answers now, or null. */
export async function findRunning(dataFolder: string): Promise<Running | null> {
  for (const running of readRunning(dataFolder)) {
    if (await isOurs(`${running.url}/healthz`, dataFolder).catch(() => false)) return running;
  }
  return null;
}

/** True when the server at the address answers and, where it speaks TLS, shows a certificate of this data folder: whether that is still valid is not the question. */
function isOurs(address: string, dataFolder: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(5000);
    const ask = address.startsWith('https:') ? askSecurely : askPlainly;
    const asked = ask(address, { signal, rejectUnauthorized: false, agent: false }, (answer) => {
      const { socket } = answer;
      const leaf = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
      resolve(answer.statusCode === 200 && (!(socket instanceof TLSSocket) || (leaf !== undefined && isShownBy(dataFolder, leaf))));
      answer.resume();
    });
    asked.once('error', reject);
    asked.end();
  });
}

function readRunning(dataFolder: string): Running[] {
  return namesIn(folderIn(dataFolder))
    .flatMap((name) => readOne(join(folderIn(dataFolder), name)))
    .filter(({ host }) => host === hostname());
}

function readOne(file: string): Running[] {
  try {
    return [runningSchema.parse(JSON.parse(readFileSync(file, 'utf8')))];
  } catch (fault) {
    const isGone = (fault as NodeJS.ErrnoException).code === 'ENOENT';
    // Half a word, or one of another release, is as good as none.
    if (isGone || fault instanceof SyntaxError || fault instanceof z.ZodError) return [];
    throw fault;
  }
}
