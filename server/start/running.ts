import { readFileSync, rmSync } from 'node:fs';
import { request as askPlainly } from 'node:http';
import { request as askSecurely } from 'node:https';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { z } from 'zod';
import { writeFileSafely } from '../files.ts';
import { isShownBy } from '../tls/keep.ts';

const runningSchema = z.strictObject({
  pid: z.number().int(),
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

const fileIn = (dataFolder: string): string => join(dataFolder, 'running.json');

export const tellRunning = (dataFolder: string, running: Running): void => writeFileSafely(fileIn(dataFolder), JSON.stringify(running));

/** To be called when the server ends. One that was killed leaves its word behind: whoever reads it asks whether it still answers. */
export const tellStopped = (dataFolder: string): void => rmSync(fileIn(dataFolder), { force: true });

/** The server that works with a data folder and answers now, or null. */
export async function findRunning(dataFolder: string): Promise<Running | null> {
  const running = readRunning(dataFolder);
  if (!running) return null;
  try {
    return (await isOurs(`${running.url}/healthz`, dataFolder)) ? running : null;
  } catch {
    return null;
  }
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

function readRunning(dataFolder: string): Running | null {
  try {
    return runningSchema.parse(JSON.parse(readFileSync(fileIn(dataFolder), 'utf8')));
  } catch (fault) {
    const isGone = (fault as NodeJS.ErrnoException).code === 'ENOENT';
    // Half a word, or one of another release, is as good as none.
    if (isGone || fault instanceof SyntaxError || fault instanceof z.ZodError) return null;
    throw fault;
  }
}
