import type { Knex } from 'knex';
import type { Instant } from '../../shared/kernel/days.ts';
import type { AnyRecord, AnyRow, Definition, Stamps, Value } from '../../shared/kernel/definition.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { chunksOf, codecFor, type DatabaseRow, partCodecFor } from './codec.ts';
import { insertInto, rewriteIn } from './engines/insertInto.ts';
import { countOf, marksOf, rowsOf } from './engines/rowsOf.ts';
import { quoted } from './engines/tableSql.ts';
import { partTableOf, tableOf } from './tables.ts';

export { countOf, insertInto, marksOf, quoted, rowsOf };

/** A record as it lies in the database, with who made and changed it and whether it lies in the recycle bin. */
export interface StoredRecord extends AnyRecord {
  stamps: Stamps & { readonly deletedAt: Instant | null; readonly deletedBy: number | null };
}

export interface NewRecord {
  readonly values: Readonly<Record<string, Value>>;
  readonly parts?: Readonly<Record<string, readonly DraftRow[]>>;
  readonly state?: string;
  readonly stamps: { readonly at: Instant; readonly by: number };
}

/** A row of a part: with the id of the row it changes, or without one (or 0) when it is new. */
export type DraftRow = Readonly<Record<string, Value | undefined>> & { readonly id?: number };

export interface RecordChange {
  readonly values?: Readonly<Record<string, Value>>;
  readonly state?: string;
  readonly stamps: { readonly at: Instant; readonly by: number };
  /** Into the recycle bin, or out of it. */
  readonly deleted?: boolean;
}

/**
 * Reads records in the order of the ids, those in the recycle bin included; an unknown id gives nothing. With `parts` their
 * rows too (empty lists otherwise); with `lock` they stay locked until the transaction ends.
 */
export async function loadRecords(
  tx: Knex,
  definition: Definition,
  ids: readonly number[],
  options: { readonly parts: boolean; readonly lock?: boolean },
): Promise<StoredRecord[]> {
  const found = new Map<number, StoredRecord>();
  for (const chunk of chunksOf([...new Set(ids)], 1)) {
    for (const row of await headRows(tx, definition, chunk, options.lock ?? false))
      found.set(row.id as number, recordFrom(definition, row));
  }
  if (options.parts && found.size > 0) await addParts(tx, definition, found);
  return ids.map((id) => found.get(id)).filter((record) => record !== undefined);
}

/** Stores a new record at version 1 with its rows, and gives it back with the ids it received. */
export async function insertRecord(tx: Knex, definition: Definition, input: NewRecord): Promise<StoredRecord> {
  const [record] = await insertRecords(tx, definition, [input]);
  if (!record) throw new Error('The database gave no id');
  return record;
}

/** Stores many new records of a type in few statements; they come back in the same order. */
export async function insertRecords(tx: Knex, definition: Definition, inputs: readonly NewRecord[]): Promise<StoredRecord[]> {
  const codec = codecFor(definition);
  const rows = inputs.map((input) => ({
    version: 1,
    ...(definition.states ? { state: input.state ?? null } : {}),
    ...codec.encode(input.values),
    created_at: input.stamps.at,
    created_by: input.stamps.by,
    changed_at: input.stamps.at,
    changed_by: input.stamps.by,
  }));
  const ids = await insertRows(tx, tableOf(definition), rows);
  const records = inputs.map((input, position) => recordOf(definition, ids[position] ?? 0, input));
  for (const part of Object.keys(definition.parts)) await insertParts(tx, definition, part, records, inputs);
  return records;
}

/**
 * Writes what differs between the record as it was loaded and the change, and gives the record as it is now, one version
 * on; `parts` stay as they were. The record must be locked: a version that has moved on is a fault of the caller.
 */
export async function updateRecord(tx: Knex, definition: Definition, before: StoredRecord, change: RecordChange): Promise<StoredRecord> {
  const { at, by } = change.stamps;
  const values = { ...before.values, ...change.values };
  const changed = Object.keys(change.values ?? {}).filter((name) => values[name] !== before.values[name]);
  const deletion: DatabaseRow =
    change.deleted === undefined ? {} : change.deleted ? { deleted_at: at, deleted_by: by } : { deleted_at: null, deleted_by: null };
  const row: DatabaseRow = {
    version: before.version + 1,
    changed_at: at,
    changed_by: by,
    ...(change.state !== undefined && change.state !== before.state ? { state: change.state } : {}),
    ...codecFor(definition).encode(values, changed),
    ...deletion,
  };
  const sets = Object.keys(row).map((column) => `${quoted(column)} = ?`);
  const text = `update ${quoted(tableOf(definition))} set ${sets.join(', ')} where "id" = ? and "version" = ?`;
  const count = await countOf(tx, text, [...Object.values(row), before.id, before.version]);
  if (count !== 1) throw new Error(`${definition.type} ${before.id} is no longer at version ${before.version}`);
  const state = change.state ?? before.state;
  return {
    ...before,
    version: before.version + 1,
    ...(state === undefined ? {} : { state }),
    values,
    stamps: {
      ...before.stamps,
      changedAt: at,
      changedBy: by,
      ...(change.deleted === undefined ? {} : { deletedAt: change.deleted ? at : null, deletedBy: change.deleted ? by : null }),
    },
  };
}

/**
 * Makes the rows of a part those given, in their order: rows with an id are changed where they differ, rows without one
 * added, rows left out deleted. Gives the rows with their ids. Refuses 'record.unknownRow' for an id that is not among the rows before.
 */
export async function replaceParts(
  tx: Knex,
  definition: Definition,
  of: { readonly id: number; readonly part: string; readonly before: readonly AnyRow[]; readonly after: readonly DraftRow[] },
): Promise<AnyRow[]> {
  const table = partTableOf(definition, of.part);
  const codec = partCodecFor(definition, of.part);
  const known = new Map(of.before.map((row, order) => [row.id, { row, order }]));
  const rows = of.after.map((row, order) => {
    const old = known.get(row.id ?? 0);
    const values = codec.complete(row, old?.row);
    return { id: row.id || undefined, order, values, old, changed: old ? codec.changed(old.row, values) : [] };
  });
  const strange = rows.findIndex((row) => row.id !== undefined && !row.old);
  if (strange >= 0) throw new Refusal('record.unknownRow', { part: of.part, row: strange });

  const kept = new Set(rows.map((row) => row.id));
  const gone = of.before.map((row) => row.id).filter((id) => !kept.has(id));
  for (const chunk of chunksOf(gone, 1)) await tx(table).where({ parent: of.id }).whereIn('id', chunk).delete();

  const encoded = (row: (typeof rows)[number]): DatabaseRow => ({ parent: of.id, row_order: row.order, ...codec.encode(row.values) });
  const isMoved = ({ old, order }: (typeof rows)[number]): boolean => old !== undefined && old.order !== order;
  const rewritten = rows.filter((row) => row.changed.length > 0 || isMoved(row));
  const isOrdered = rewritten.some(isMoved);
  const names = [...new Set(rewritten.flatMap((row) => row.changed))];
  for (const chunk of chunksOf(rewritten, codec.columns.length)) {
    const rows = chunk.map(
      (row): DatabaseRow => ({ id: row.id ?? null, ...(isOrdered ? { row_order: row.order } : {}), ...codec.encode(row.values, names) }),
    );
    await rewriteIn(tx, table, rows, () => chunk.map((row) => ({ id: row.id ?? null, ...encoded(row) })));
  }

  const added = rows.filter((row) => row.id === undefined);
  const ids = await insertRows(tx, table, added.map(encoded));
  const idOf = new Map(added.map((row, position) => [row, ids[position] ?? 0]));
  return rows.map((row) => (row.old && row.changed.length === 0 ? row.old.row : { ...row.values, id: row.id ?? idOf.get(row) ?? 0 }));
}

function recordFrom(definition: Definition, row: DatabaseRow): StoredRecord {
  return {
    id: row.id as number,
    version: row.version as number,
    type: definition.type,
    ...(definition.states ? { state: row.state as string } : {}),
    values: codecFor(definition).decode(row),
    parts: Object.fromEntries(Object.keys(definition.parts).map((part): [string, AnyRow[]] => [part, []])),
    stamps: {
      createdAt: row.created_at as string,
      createdBy: row.created_by as number,
      changedAt: row.changed_at as string,
      changedBy: row.changed_by as number,
      deletedAt: row.deleted_at as string | null,
      deletedBy: row.deleted_by as number | null,
    },
  };
}

function recordOf(definition: Definition, id: number, input: NewRecord): StoredRecord {
  const { at, by } = input.stamps;
  return {
    id,
    version: 1,
    type: definition.type,
    ...(input.state === undefined ? {} : { state: input.state }),
    values: codecFor(definition).complete(input.values),
    parts: Object.fromEntries(Object.keys(definition.parts).map((part): [string, AnyRow[]] => [part, []])),
    stamps: { createdAt: at, createdBy: by, changedAt: at, changedBy: by, deletedAt: null, deletedBy: null },
  };
}

async function headRows(tx: Knex, definition: Definition, ids: readonly number[], lock: boolean): Promise<DatabaseRow[]> {
  if (ids.length === 1 && !lock) return rowsOf(tx, textsOf(definition).head, ids);
  // Rows are locked in one order, so that two transactions never wait for each other crosswise.
  const query = tx(tableOf(definition))
    .whereIn('id', [...ids])
    .orderBy('id')
    .select(codecFor(definition).columns);
  return (await (lock ? query.forUpdate() : query)) as DatabaseRow[];
}

/** The texts of the queries that read one record. */
interface Texts {
  readonly head: string;
  readonly parts: Readonly<Record<string, string>>;
}

const texts = new WeakMap<Definition, Texts>();

function textsOf(definition: Definition): Texts {
  const known = texts.get(definition);
  if (known) return known;
  const select = (columns: readonly string[], table: string) => `select ${columns.map(quoted).join(', ')} from ${quoted(table)}`;
  const made = {
    head: `${select(codecFor(definition).columns, tableOf(definition))} where "id" = ?`,
    parts: Object.fromEntries(
      Object.keys(definition.parts).map((part) => {
        const from = select(partCodecFor(definition, part).columns, partTableOf(definition, part));
        return [part, `${from} where "parent" = ? order by "row_order"`];
      }),
    ),
  };
  texts.set(definition, made);
  return made;
}

async function addParts(tx: Knex, definition: Definition, records: ReadonlyMap<number, StoredRecord>): Promise<void> {
  const [only, another] = records.values();
  for (const part of Object.keys(definition.parts)) {
    const codec = partCodecFor(definition, part);
    if (only && !another) {
      const rows = await rowsOf(tx, textsOf(definition).parts[part] ?? '', [only.id]);
      only.parts[part]?.push(...rows.map((row) => ({ ...codec.decode(row), id: row.id as number })));
      continue;
    }
    for (const chunk of chunksOf([...records.keys()], 1)) {
      const query = tx(partTableOf(definition, part)).whereIn('parent', chunk).orderBy(['parent', 'row_order']).select(codec.columns);
      for (const row of (await query) as DatabaseRow[]) {
        records.get(row.parent as number)?.parts[part]?.push({ ...codec.decode(row), id: row.id as number });
      }
    }
  }
}

async function insertParts(
  tx: Knex,
  definition: Definition,
  part: string,
  records: readonly StoredRecord[],
  inputs: readonly NewRecord[],
): Promise<void> {
  const codec = partCodecFor(definition, part);
  const rows = inputs.flatMap((input, position) =>
    (input.parts?.[part] ?? []).map((row, order) => ({ record: records[position], order, values: codec.complete(row) })),
  );
  const ids = await insertRows(
    tx,
    partTableOf(definition, part),
    rows.map((row) => ({ parent: row.record?.id ?? null, row_order: row.order, ...codec.encode(row.values) })),
  );
  for (const [position, row] of rows.entries()) row.record?.parts[part]?.push({ ...row.values, id: ids[position] ?? 0 });
}

async function insertRows(tx: Knex, table: string, rows: readonly DatabaseRow[]): Promise<number[]> {
  const ids: number[] = [];
  for (const chunk of chunksOf(rows, Object.keys(rows[0] ?? {}).length)) {
    const given = await insertInto(tx, table, chunk, ' returning "id"');
    // Neither engine promises the order of what it returns, but ids are counted up in the order of the rows.
    ids.push(...given.map((row) => Number(row.id)).sort((a, b) => a - b));
  }
  return ids;
}
