import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { Knex } from 'knex';
import type { Catalogue } from '../../shared/kernel/catalogue.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { chunksOf } from '../database/codec.ts';
import { newestMigration } from '../database/migrate.ts';
import { stepsBetween } from '../database/schemaSteps.ts';
import type { Store } from '../database/store.ts';
import { readTable, type TableSpec } from '../database/tableSpec.ts';
import { tablesAfter } from '../database/tablesAfter.ts';
import { flushFolder } from '../files.ts';
import { indexAnew } from './indexAnew.ts';
import { entryNames } from './manifest.ts';
import type { Archive } from './readArchive.ts';

export interface LoadOptions {
  readonly catalogue: Catalogue;
  readonly signal?: AbortSignal;
  readonly progress?: (so: { done: number; all: number }) => void;
  /** Hears which share of the search index is made. */
  readonly indexed?: (share: number) => void;
  /** Looks at the database as the archive holds it, before it is brought up to date. */
  readonly loaded?: () => Promise<void>;
}

/**
 * Fills an empty database with what an archive holds, brings it up to date and makes its search index anew. Nobody may use the
 * database before this has ended; when it fails, throw the database away. Refuses 'database.newer' {found, known, version} for an archive
 * of a later program, 'backup.damaged' {file} as soon as an entry is not what the manifest names, or when its tables are not ours.
 */
export async function loadDatabase(
  store: Store,
  archive: Archive,
  { catalogue, signal, progress, indexed, loaded }: LoadOptions,
): Promise<void> {
  const { manifest } = archive;
  if (manifest.schema > newestMigration)
    throw new Refusal('database.newer', { found: manifest.schema, known: newestMigration, version: manifest.version });
  const tables = await tablesIn(archive);
  const taken = new Map(manifest.tables.map((table) => [table.name, table]));
  const all = manifest.tables.reduce((sum, { rows }) => sum + rows, 0);
  let done = 0;
  await makeTables(store, tables);
  let held: Held[] = [];
  let count = 0;
  const flush = async (): Promise<void> => {
    const now = held;
    held = [];
    await store.write(async (tx) => {
      for (const { table, rows } of now) await tx(table).insert(rows);
    });
    done += count;
    count = 0;
    progress?.({ done, all });
  };
  for (const table of tables) {
    for await (const rows of taken.has(table.name) ? rowsOf(archive, table) : []) {
      signal?.throwIfAborted();
      held.push({ table: table.name, rows });
      count += rows.length;
      // Many small tables go together: each transaction waits for the disk.
      if (count >= rowsPerPiece) await flush();
    }
  }
  await flush();
  await store.write(async (tx) => {
    for (const table of tables) await finishTable(store, tx, { table, last: taken.get(table.name)?.last ?? null });
  });
  await loaded?.();
  await store.migrate();
  await refuseOtherTables(store);
  await indexAnew(store, catalogue, { signal, told: indexed });
}

/** The tables of an archive as it describes them. Refuses 'backup.damaged' {file}. */
export async function tablesIn(archive: Archive): Promise<TableSpec[]> {
  const schema = await textOf(archive, entryNames.schema);
  try {
    return schema.split('\n\n').map(readTable);
  } catch {
    throw new Refusal('backup.damaged', { file: entryNames.schema });
  }
}

/**
 * Who wrote the archive also wrote what its tables look like: brought up to date they must be exactly those of this program, with
 * every index and with the audit trail that can only be added to.
 */
async function refuseOtherTables(store: Store): Promise<void> {
  const found = await store.read((tx) => store.dialect.readTables(tx));
  let isOurs: boolean;
  try {
    isOurs = stepsBetween(found, tablesAfter()).length === 0;
  } catch {
    isOurs = false;
  }
  if (!isOurs) throw new Refusal('backup.damaged', { file: entryNames.schema });
}

/** Writes the files of an archive into a company's folder, each flushed. Refuses 'backup.damaged' {file} for one that is not what its name says. */
export async function loadFiles(folder: string, archive: Archive, signal?: AbortSignal): Promise<void> {
  const folders = new Set<string>();
  for (const { name, sha256 } of archive.manifest.entries.filter((entry) => entry.name.startsWith('files/'))) {
    signal?.throwIfAborted();
    // Names of entries come from outside; those of files are hashes and nothing else.
    if (name !== entryNames.file(sha256)) throw new Refusal('backup.damaged', { file: name });
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, 'w', 0o600);
    try {
      for await (const piece of archive.read(name)) await file.write(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    folders.add(dirname(path));
  }
  for (const written of folders) flushFolder(written);
}

/** Tables first and bare: indexes are quicker made over rows that are there, and triggers have nothing to guard yet. */
async function makeTables(store: Store, tables: readonly TableSpec[]): Promise<void> {
  await store.write(async (tx) => {
    for (const table of tables) await store.dialect.createTable(tx, { ...table, indexes: [] });
  });
}

async function finishTable(store: Store, tx: Knex, { table, last }: { table: TableSpec; last: number | null }): Promise<void> {
  for (const index of table.indexes) await store.dialect.createIndex(tx, table.name, index);
  if (last !== null) await store.dialect.goOnAfter(tx, table, last);
}

interface Held {
  readonly table: string;
  readonly rows: Row[];
}
type Row = Record<string, string | number | null>;
const rowsPerPiece = 5000;

/** The rows of a table of an archive, in pieces that one statement takes. Refuses 'backup.damaged' {file}. */
export async function* rowsOf(archive: Archive, table: TableSpec): AsyncIterable<Row[]> {
  const name = entryNames.table(table.name);
  const known = new Set(table.columns.map((column) => column.name));
  let columns: readonly string[] | null = null;
  let rows: Row[] = [];
  for await (const line of linesOf(archive, name)) {
    const values = JSON.parse(line) as (string | number | null)[];
    if (columns === null) {
      columns = values.map(String);
      if (columns.some((column) => !known.has(column))) throw new Refusal('backup.damaged', { file: name });
      continue;
    }
    rows.push(Object.fromEntries(columns.map((column, index) => [column, values[index] ?? null])));
    if (rows.length < rowsPerPiece) continue;
    yield* chunksOf(rows, columns.length);
    rows = [];
  }
  yield* chunksOf(rows, columns?.length ?? 1);
}

async function* linesOf(archive: Archive, name: string): AsyncIterable<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const piece of archive.read(name)) {
    const lines = (rest + decoder.write(piece)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  rest += decoder.end();
  if (rest !== '') yield rest;
}

async function textOf(archive: Archive, name: string): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of archive.read(name)) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
