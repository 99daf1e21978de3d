import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Company } from '../../../work.ts';

/** Where the files of imports lie: one folder each, called by its number and never by what the person's file was called. */
export const importsFolder = (company: Company): string => join(company.folder, 'imports');

/** The files of one import. */
export function filesOf(company: Company, id: number) {
  const folder = join(importsFolder(company), String(id));
  return {
    folder,
    upload: join(folder, 'upload'),
    /** Every row as it was checked, one line of JSON each. */
    rows: join(folder, 'rows.jsonl'),
    /** The rows that are not simply taken, or taken with a remark: what the preview pages through. */
    remarkable: join(folder, 'remarkable.jsonl'),
    /** The rows that were left out by the commit, and why. */
    rejected: join(folder, 'rejected.jsonl'),
  };
}

export interface LineWriter {
  write(value: unknown): Promise<void>;
  close(): Promise<void>;
}

/** Writes values as lines of JSON; what was there before is replaced. */
export async function writeLines(path: string): Promise<LineWriter> {
  await mkdir(join(path, '..'), { recursive: true });
  const file = await open(path, 'w');
  let waiting = '';
  const flush = async (): Promise<void> => {
    const piece = waiting;
    waiting = '';
    if (piece !== '') await file.write(piece);
  };
  return {
    write: async (value) => {
      waiting += `${JSON.stringify(value)}\n`;
      if (waiting.length > pieceCharacters) await flush();
    },
    close: async () => {
      await flush();
      await file.close();
    },
  };
}

/** Reads the lines again, in their order. A file that was never written has none. */
export async function* readLines<T>(path: string): AsyncGenerator<T> {
  let rest = '';
  try {
    for await (const piece of createReadStream(path, { encoding: 'utf8', highWaterMark: pieceCharacters })) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield JSON.parse(line) as T;
    }
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ENOENT') throw fault;
  }
}

const pieceCharacters = 256 * 1024;
