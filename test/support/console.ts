import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Failpoint } from '../../server/failpoints.ts';

const console = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));

export interface Said {
  readonly code: number | null;
  readonly signal: string | null;
  readonly text: string;
}

/** Runs the console as a person would, and waits for what it says. */
export const tradepost = (
  data: string,
  words: string[],
  failpoint?: Failpoint,
  more: Readonly<Record<string, string>> = {},
): Promise<Said> =>
  new Promise((resolve) => {
    const env = { ...process.env, NODE_ENV: 'test', ...(failpoint ? { TRADEPOST_FAILPOINT: failpoint } : {}), ...more };
    const said = execFile(process.execPath, [console, ...words, '--data', data], { env }, (fault, out, err) => {
      const { code = 0, signal = null } = (fault ?? {}) as { code?: number; signal?: string };
      resolve({ code: signal ? null : code, signal, text: out + err });
    });
    said.stdin?.end();
  });
