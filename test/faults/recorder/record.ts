import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Something that a program did to a file below the watched folder, or what somebody was told meanwhile. */
export type Deed =
  | { readonly kind: 'open'; readonly program: number; readonly file: number; readonly path: string; readonly flags: number }
  | { readonly kind: 'close' | 'flush'; readonly program: number; readonly file: number }
  | { readonly kind: 'write'; readonly program: number; readonly file: number; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'cut'; readonly program: number; readonly file: number; readonly length: number }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'remove' | 'makeFolder'; readonly path: string }
  | { readonly kind: 'confirmed'; readonly text: string };

const source = fileURLToPath(new URL('recorder.c', import.meta.url));

/** Builds the recorder into a folder; null where it cannot be built, with the reason printed. */
export function buildRecorder(folder: string): string | null {
  const library = join(folder, 'recorder.so');
  if (existsSync(library)) return library;
  if (process.platform !== 'linux') {
    console.log('The recorder of disks runs on Linux only, so this story is not told here.');
    return null;
  }
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O2', '-Wall', '-Wextra', '-Werror', '-o', library, source, '-ldl', '-lpthread'], {
      stdio: 'pipe',
    });
    return library;
  } catch (fault) {
    console.log(`There is no C compiler that builds the recorder of disks, so this story is not told: ${(fault as Error).message.trim()}`);
    return null;
  }
}

/** The environment under which a program is watched: what it does below `root` is written to `file`; `faults` names deeds that fail. */
export const watched = (library: string, of: { root: string; file?: string; faults?: string }): Record<string, string> => ({
  LD_PRELOAD: library,
  RECORDER_ROOT: of.root,
  RECORDER_FILE: of.file ?? '/dev/null',
  ...(of.faults ? { RECORDER_FAULTS: of.faults } : {}),
  // What goes to the disk past the C library would not be seen.
  UV_USE_IO_URING: '0',
});

const headBytes = 32;
const confirmedDeed = 100;

/** Writes into the record that somebody was told something: whatever comes later in the record happened after it. */
export function confirm(file: string, what: unknown): void {
  const text = Buffer.from(JSON.stringify(what));
  const head = Buffer.alloc(headBytes);
  head.writeUInt32LE(confirmedDeed, 0);
  head.writeBigUInt64LE(BigInt(text.length), 24);
  appendFileSync(file, Buffer.concat([head, text]));
}

/** Everything in a record, in its order. */
export function readRecord(file: string): Deed[] {
  const all = readFileSync(file);
  const deeds: Deed[] = [];
  for (let at = 0; at + headBytes <= all.length; ) {
    const [deed, program, nameLength] = [all.readUInt32LE(at), all.readUInt32LE(at + 4), all.readUInt32LE(at + 12)];
    const [handle, offset] = [all.readInt32LE(at + 8), Number(all.readBigUInt64LE(at + 16))];
    const nameAt = at + headBytes;
    const bytesAt = nameAt + nameLength;
    const end = bytesAt + Number(all.readBigUInt64LE(at + 24));
    const name = all.toString('utf8', nameAt, bytesAt);
    deeds.push(deedOf(deed, { program, file: handle }, { name, offset, bytes: all.subarray(bytesAt, end) }));
    at = end;
  }
  return deeds;
}

function deedOf(deed: number, who: { program: number; file: number }, of: { name: string; offset: number; bytes: Buffer }): Deed {
  if (deed === 1) return { kind: 'open', ...who, path: of.name, flags: of.offset };
  if (deed === 2) return { kind: 'close', ...who };
  if (deed === 3) return { kind: 'write', ...who, at: of.offset, bytes: of.bytes };
  if (deed === 4) return { kind: 'cut', ...who, length: of.offset };
  if (deed === 5) return { kind: 'flush', ...who };
  if (deed === 6) return { kind: 'rename', from: of.name.split('\0')[0] ?? '', to: of.name.split('\0')[1] ?? '' };
  if (deed === 7) return { kind: 'remove', path: of.name };
  if (deed === 8) return { kind: 'makeFolder', path: of.name };
  if (deed === confirmedDeed) return { kind: 'confirmed', text: of.bytes.toString('utf8') };
  throw new Error(`The record holds an unknown deed ${deed}`);
}
