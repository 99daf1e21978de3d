import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { instantOf } from '../../shared/kernel/days.ts';
import { clock } from '../clock.ts';
import type { Store } from '../database/store.ts';
import { type TableSpec, writeTable } from '../database/tableSpec.ts';
import type { Lock } from './lock.ts';
import { archiveFormat, entryNames, leftOut, leftOutTables, type Manifest } from './manifest.ts';
import { addServerRoot } from './serverRoot.ts';
import { type ArchiveEntries, writeArchive } from './writeArchive.ts';

/** What a backup is made of. */
export interface BackupSource {
  readonly store: Store;
  /** The company's folder, in which its files lie. */
  readonly folder: string;
  /** The server's, in which its root lies; without one none goes along. */
  readonly dataFolder?: string | undefined;
  readonly company: Manifest['company'];
  /** The program's version. */
  readonly version: string;
}

/** How far it has come: rows and files done, and how many there are. */
export interface BackupProgress {
  readonly done: number;
  readonly all: number;
}

/**
 * Writes everything of a company into one archive at `path`: all tables on one snapshot, then the files that the snapshot names.
 * Engine and machine do not matter to whoever reads it. Under a lock it carries the server's root too. Leaves nothing at `path` when it fails or `signal` is aborted.
 */
export function writeBackup(
  source: BackupSource,
  path: string,
  { signal, lock, progress }: { signal?: AbortSignal; lock?: Lock | undefined; progress?: (so: BackupProgress) => void } = {},
): Promise<Manifest> {
  return writeArchive(
    path,
    async (entries) => {
      // Files are stored under their hash and never change: the snapshot is given back before they are read, so that the engine need
      // not keep for it what people write meanwhile.
      const { hashes, count, ...tables } = await source.store.read((tx) => addTables(entries, tx, { source, signal, progress }));
      const files = await addFiles(entries, hashes, { folder: source.folder, signal, count });
      const carriesRoot = lock !== undefined && source.dataFolder !== undefined && (await addServerRoot(entries, source.dataFolder));
      return { ...tables, files, leftOut: leftOut(carriesRoot) };
    },
    { signal, lock },
  );
}

interface Doing {
  readonly source: BackupSource;
  readonly signal: AbortSignal | undefined;
  readonly progress: ((so: BackupProgress) => void) | undefined;
}

/** All tables of the snapshot, and what it says of itself and of its files. */
async function addTables(entries: ArchiveEntries, tx: Knex, { source, signal, progress }: Doing) {
  const takenAt = instantOf(clock.now());
  const schema = parentsFirst(await source.store.dialect.readTables(tx));
  await entries.add(entryNames.schema, () => piecesOf(schema.map(writeTable).join('\n\n')));
  const tables = schema.filter(({ name }) => !leftOutTables.includes(name));
  const hashes = await hashesIn(tx);
  const count = await counterOf(tx, tables, { files: hashes.length, progress });
  const counted: Manifest['tables'] = [];
  for (const table of tables) {
    let rows = 0;
    const lines = () =>
      linesOf(tx, table, signal, (written) => {
        rows += written;
        count(written);
      });
    await entries.add(entryNames.table(table.name), lines);
    counted.push({ name: table.name, rows, last: table.countsUp ? await source.store.dialect.lastGiven(tx, table) : null });
  }
  const auditHead: Manifest['auditHead'] = (await tx('audit').orderBy('seq', 'desc').first('seq', 'hash')) ?? null;
  return {
    product: 'tradepost' as const,
    format: archiveFormat,
    version: source.version,
    schema: Number(((await tx('migrations').max({ last: 'number' }).first()) as { last: number }).last),
    engine: source.store.engine,
    company: source.company,
    takenAt,
    tables: counted,
    auditHead,
    hashes,
    count,
  };
}

/** Rows that belong to others are made and filled after them. */
const parentsFirst = (tables: readonly TableSpec[]): TableSpec[] => [
  ...tables.filter(({ rowsOf }) => rowsOf === null),
  ...tables.filter(({ rowsOf }) => rowsOf !== null),
];

const rowsPerPage = 2000;

/** A table as lines of JSON: the names of its columns, then each row's values in that order, in the order of the key. */
async function* linesOf(tx: Knex, table: TableSpec, signal: AbortSignal | undefined, tell: (rows: number) => void): AsyncIterable<string> {
  const columns = table.columns.map(({ name }) => name);
  yield `${JSON.stringify(columns)}\n`;
  const key = table.primaryKey;
  let after: (string | number)[] | null = null;
  for (;;) {
    signal?.throwIfAborted();
    const query = tx(table.name).select(columns).limit(rowsPerPage);
    for (const name of key) void query.orderBy(name);
    if (after) void query.whereRaw(`(${key.map(() => '??').join(', ')}) > (${key.map(() => '?').join(', ')})`, [...key, ...after]);
    const rows = (await query) as Record<string, string | number | null>[];
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map((row) => `${JSON.stringify(columns.map((name) => row[name]))}\n`).join('');
    tell(rows.length);
    if (rows.length < rowsPerPage) return;
    after = key.map((name) => last[name] as string | number);
  }
}

interface FileRow {
  readonly hash: string;
  readonly small_hash: string | null;
}

/** The hashes of all files that the snapshot names. */
async function hashesIn(tx: Knex): Promise<string[]> {
  const rows = (await tx('files').distinct('hash', 'small_hash')) as FileRow[];
  return [...new Set(rows.flatMap(({ hash, small_hash }) => (small_hash === null ? [hash] : [hash, small_hash])))].sort();
}

async function addFiles(
  entries: ArchiveEntries,
  hashes: readonly string[],
  { folder, signal, count }: { folder: string; signal: AbortSignal | undefined; count: (done: number) => void },
): Promise<Manifest['files']> {
  const found = { count: 0, bytes: 0, missing: [] as string[] };
  for (const hash of hashes) {
    signal?.throwIfAborted();
    const path = join(folder, entryNames.file(hash));
    if (!(await stat(path).catch(() => null))?.isFile()) found.missing.push(hash);
    else {
      // Pictures and PDFs are packed already.
      const { bytes } = await entries.add(entryNames.file(hash), () => createReadStream(path), true);
      found.count += 1;
      found.bytes += bytes;
    }
    count(1);
  }
  return found;
}

async function counterOf(
  tx: Knex,
  tables: readonly TableSpec[],
  { files, progress }: { files: number; progress: ((so: BackupProgress) => void) | undefined },
): Promise<(done: number) => void> {
  if (!progress) return () => undefined;
  let all = files;
  for (const { name } of tables) all += Number(((await tx(name).count({ rows: '*' }).first()) as { rows: number }).rows);
  let done = 0;
  return (more) => {
    done = Math.min(all, done + more);
    progress({ done, all });
  };
}

async function* piecesOf(text: string): AsyncIterable<string> {
  yield text;
}
