import { rmSync, statSync, writeFileSync } from 'node:fs';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { clock } from '../clock.ts';

const claimMaxMs = 15 * 60_000;

/**
 * A company is made once, whichever process is asked: whoever makes the file first. What a killed one left counts no more after a
 * while. Gives how to give it back. Refuses 'company.exists' {code} while another process has it.
 */
export function claim(file: string, code: string): () => void {
  const madeAtMs = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (madeAtMs !== undefined && clock.now() - madeAtMs > claimMaxMs) rmSync(file, { force: true });
  try {
    writeFileSync(file, '', { flag: 'wx', mode: 0o600 });
  } catch (fault) {
    throw (fault as NodeJS.ErrnoException).code === 'EEXIST' ? new Refusal('company.exists', { code }) : fault;
  }
  return () => rmSync(file, { force: true });
}
