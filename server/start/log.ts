import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pino, { type Logger } from 'pino';
import build from 'pino-roll';

/** The server's log: JSON lines, a file a day, fourteen kept, no secrets. */
export async function createLog(folder: string): Promise<Logger> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stream = await build({
    file: join(folder, 'tradepost'),
    frequency: 'daily',
    extension: '.log',
    size: '50m',
    limit: { count: 14 },
    mkdir: true,
    // The last word before the end must not be lost with the process.
    sync: true,
  });
  return pino(
    { level: 'info', redact: ['token', 'password', '*.token', '*.password', 'authorization', '*.authorization'], base: undefined },
    stream,
  );
}
