import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a command said, and how it ended. */
export interface Said {
  readonly code: number;
  readonly text: string;
}

/**
 * A copy of this very machine to install things on: what is written there lies in memory above the real files, in a mount
 * namespace of its own, and is gone with it.
 */
export interface Machine {
  /** Runs a command line of sh on it as root. */
  run(line: string): Promise<Said>;
  /** Starts one that goes on; its output is read by whoever asks. */
  start(line: string): ChildProcess;
  /** Ends everything that still runs on it, and it. */
  leave(): Promise<void>;
}

/** Null, with the reason printed, where no such copy can be made. */
export async function enterMachine(): Promise<Machine | null> {
  const base = mkdtempSync(join(tmpdir(), 'tradepost-machine-'));
  const root = join(base, 'root');
  const lines = [
    `mount -t tmpfs -o size=2g tmpfs ${base}`,
    `mkdir ${base}/upper ${base}/work ${root}`,
    `mount -t overlay overlay -o lowerdir=/,upperdir=${base}/upper,workdir=${base}/work ${root}`,
    `mount --rbind /dev ${root}/dev`,
    `mount -t proc proc ${root}/proc`,
    `mount -t tmpfs tmpfs ${root}/run`,
    'echo ready',
    // Stays until whoever made it goes away.
    'read gone',
  ];
  // Its processes live in a namespace of their own too, and end with the first of them, whatever becomes of us.
  const holder = spawn(
    'unshare',
    ['--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child', 'sh', '-ec', lines.join('\n')],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  const ready = once(holder.stdout, 'data').then(String);
  let refused = '';
  holder.stderr.setEncoding('utf8').on('data', (text: string) => {
    refused += text;
  });
  const ended = new Promise<string>((resolve) => {
    holder.once('error', (fault) => resolve(String(fault)));
    holder.once('exit', () => resolve(''));
  });
  const word = await Promise.race([ready, ended]);
  if (word.trim() !== 'ready') {
    console.log(`No copy of this machine can be made here, so nothing is installed: ${(refused || word).trim()}`);
    rmdirSync(base);
    return null;
  }
  const inside = (line: string): [string, string[]] => [
    'nsenter',
    [`--mount=/proc/${holder.pid}/ns/mnt`, `--pid=/proc/${holder.pid}/ns/pid_for_children`, 'chroot', root, '/bin/sh', '-c', line],
  ];
  return {
    run: (line) =>
      new Promise((resolve) => {
        execFile(...inside(line), { maxBuffer: 16e6 }, (fault, out, err) => {
          resolve({ code: Number((fault as { code?: number } | null)?.code ?? 0), text: out + err });
        });
      }),
    start: (line) => spawn(...inside(line), { stdio: ['ignore', 'pipe', 'pipe'] }),
    leave: async () => {
      holder.stdin.end();
      await ended;
      rmdirSync(base);
    },
  };
}
