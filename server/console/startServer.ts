import { spawn } from 'node:child_process';

/** Runs the server, whose file is named, in the foreground with the flags given, until it ends; gives its exit code. */
export function startServer(main: string, flags: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [...process.execArgv, main, ...flags], { stdio: 'inherit' });
  // Whoever ends the console means the server, which needs its moment to close.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
