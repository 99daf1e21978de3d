import type { RecordDraft } from '../../../../shared/kernel/checkRecord.ts';
import type { AnyRow, Definition, Value } from '../../../../shared/kernel/definition.ts';
import { chunksOf, codecFor, type DatabaseRow, partCodecFor } from '../../../database/codec.ts';
import type { StoredRecord } from '../../../database/rows.ts';
import { isSearched, partTableOf, tableOf } from '../../../database/tables.ts';
import { type Deed, digestOf, writeAudits } from '../../../engine/audit.ts';
import { effectsOf } from '../../../engine/effects.ts';
import { tokensOf } from '../../../engine/store.ts';
import { refusingTwins } from '../../../engine/unique.ts';
import type { Work } from '../../../work.ts';
import { drawMany } from './drawMany.ts';
import { columnsFrom, type WorkedOut } from './workOut.ts';

/** A record as it will be stored, with everything worked out that needs no transaction. */
export interface ReadyRecord {
  readonly row: number;
  /** What the draft says; a value that is known only in the transaction is set in there. */
  readonly values: Record<string, Value>;
  readonly parts: RecordDraft['parts'];
  readonly worked: WorkedOut;
  /** Its number stands in the file; otherwise one is drawn. */
  readonly isNumbered: boolean;
}

export const readyRecord = (definition: Definition, row: number, { values, parts }: RecordDraft, worked: WorkedOut): ReadyRecord => ({
  row,
  values,
  parts,
  worked,
  isNumbered: Boolean(values[definition.numbering?.field ?? '']),
});

export interface Storing {
  readonly importId: number;
  /** Awaited between slices. */
  readonly breathe: () => Promise<void>;
  readonly onStored: (count: number) => void;
  /** Sets what a record could not know before, just before it is stored. */
  readonly settle?: (record: ReadyRecord, at: number) => void;
}

const rowsPerSlice = 250;

/**
 * Stores many new records of a type with their numbers, search tokens, audit rows and the import's own note of them, a slice
 * at a time, in the caller's transaction; gives their ids in order. Refuses 'record.duplicate' and 'record.notUnique'.
 */
export async function storeMany(work: Work, definition: Definition, ready: readonly ReadyRecord[], storing: Storing): Promise<number[]> {
  const giveNumber = await numberGiver(work, definition, ready);
  const ids: number[] = [];
  const later = new Later(work, definition);
  for (let start = 0; start < ready.length; start += rowsPerSlice) {
    const slice = ready.slice(start, start + rowsPerSlice);
    for (const [at, record] of slice.entries()) {
      giveNumber(record);
      storing.settle?.(record, start + at);
    }
    const records = await storeSlice(work, definition, slice, storing.importId);
    ids.push(...records.map((record) => record.id));
    await later.add(records, slice);
    storing.onStored(slice.length);
    await storing.breathe();
  }
  await later.write();
  return ids;
}

/**
 * Index and audit of what was stored, written for many records together: nearly every other statement makes SQLite write out
 * what the word index still holds back, and that costs more in small portions.
 */
class Later {
  readonly #work: Work;
  readonly #definition: Definition;
  #tokens: { id: number; tokens: readonly string[] }[] = [];
  #deeds: Deed[] = [];

  constructor(work: Work, definition: Definition) {
    this.#work = work;
    this.#definition = definition;
  }

  async add(records: readonly StoredRecord[], ready: readonly ReadyRecord[]): Promise<void> {
    for (const [at, record] of records.entries()) {
      const one = ready[at];
      if (one && isSearched(this.#definition)) this.#tokens.push({ id: record.id, tokens: tokensNow(this.#definition, one) });
      this.#deeds.push(deedOf(this.#definition, record));
    }
    if (this.#deeds.length >= togetherMax) await this.write();
  }

  async write(): Promise<void> {
    const { store } = this.#work.company;
    if (this.#tokens.length > 0) await store.dialect.indexManyTokens(this.#work.tx, tableOf(this.#definition), this.#tokens);
    await writeAudits(this.#work, this.#deeds);
    this.#tokens = [];
    this.#deeds = [];
  }
}

const togetherMax = 2000;

const deedOf = (definition: Definition, { id, values, parts }: StoredRecord): Deed => ({
  action: 'create',
  type: definition.type,
  recordId: id,
  version: 1,
  changes: { digest: digestOf({ values, parts }) },
});

async function storeSlice(
  work: Work,
  definition: Definition,
  slice: readonly ReadyRecord[],
  importId: number,
): Promise<readonly StoredRecord[]> {
  const stamps = { created_at: work.now, created_by: work.actor.userId, changed_at: work.now, changed_by: work.actor.userId };
  const rows = slice.map((one): DatabaseRow => ({ version: 1, ...columnsFrom(definition, one.values, one.worked), ...stamps }));
  const ids = await refusingTwins(work, definition, () => insertRows(work, tableOf(definition), rows));
  const parts = await storeParts(work, definition, slice, ids);
  const records = slice.map((one, at) => recordFrom(work, definition, one, { id: ids[at] ?? 0, parts: parts[at] ?? {} }));
  for (const record of records) await effectsOf(work, definition, { kind: 'stored', record, before: null });
  await noteRecords(
    work,
    importId,
    slice.map((one, at) => ({ row: one.row, type: definition.type, id: ids[at] ?? 0 })),
  );
  return records;
}

/** Notes which records an import made or changed, for its undoing. */
export async function noteRecords(
  work: Work,
  importId: number,
  records: readonly { row: number; type: string; id: number }[],
): Promise<void> {
  const rows = records.map(({ row, type, id }) => ({ import: importId, row, type, record_id: id }));
  for (const chunk of chunksOf(rows, 4)) await work.tx('import_records').insert(chunk);
}

/** The number was drawn in the transaction, after the other tokens were worked out. */
function tokensNow(definition: Definition, { values, worked, isNumbered }: ReadyRecord): string[] {
  const tokens = worked.tokens === '' ? [] : worked.tokens.split(' ');
  const field = definition.numbering?.field;
  if (field === undefined || isNumbered || !definition.fields[field]?.search) return tokens;
  tokens.push(...tokensOf(definition, { values: { [field]: values[field] ?? null }, parts: {} }));
  return tokens;
}

/** Draws a number for every record that has none; a transaction that is tried again draws again, for what it drew went back. */
async function numberGiver(work: Work, definition: Definition, ready: readonly ReadyRecord[]): Promise<(record: ReadyRecord) => void> {
  const rule = definition.numbering;
  if (rule?.drawnAt !== 'create') return () => undefined;
  const typed = new Set(ready.filter((one) => one.isNumbered).map((one) => String(one.values[rule.field])));
  const numbers = await drawMany(work, definition, { count: ready.filter((one) => !one.isNumbered).length, except: typed });
  let next = 0;
  return (record) => {
    if (!record.isNumbered) record.values[rule.field] = numbers[next++] ?? null;
  };
}

async function storeParts(
  work: Work,
  definition: Definition,
  slice: readonly ReadyRecord[],
  ids: readonly number[],
): Promise<Record<string, AnyRow[]>[]> {
  const stored = slice.map(() => Object.fromEntries(Object.keys(definition.parts).map((part): [string, AnyRow[]] => [part, []])));
  for (const part of Object.keys(definition.parts)) {
    const codec = partCodecFor(definition, part);
    const rows = slice.flatMap((one, at) => (one.parts[part] ?? []).map((row, order) => ({ at, order, values: codec.complete(row) })));
    const given = await insertRows(
      work,
      partTableOf(definition, part),
      rows.map((row) => ({ parent: ids[row.at] ?? null, row_order: row.order, ...codec.encode(row.values) })),
    );
    for (const [position, row] of rows.entries()) stored[row.at]?.[part]?.push({ ...row.values, id: given[position] ?? 0 });
  }
  return stored;
}

async function insertRows(work: Work, table: string, rows: readonly DatabaseRow[]): Promise<number[]> {
  const ids: number[] = [];
  for (const chunk of chunksOf(rows, Object.keys(rows[0] ?? {}).length)) {
    const given = (await work.tx(table).insert(chunk).returning('id')) as { id: number }[];
    // Ids are counted up in the order of the rows, whatever order the engine returns them in.
    ids.push(...given.map((row) => row.id).sort((a, b) => a - b));
  }
  return ids;
}

function recordFrom(
  work: Work,
  definition: Definition,
  ready: ReadyRecord,
  of: { id: number; parts: Record<string, AnyRow[]> },
): StoredRecord {
  const { now, actor } = work;
  return {
    id: of.id,
    version: 1,
    type: definition.type,
    values: codecFor(definition).complete(ready.values),
    parts: of.parts,
    stamps: { createdAt: now, createdBy: actor.userId, changedAt: now, changedBy: actor.userId, deletedAt: null, deletedBy: null },
  };
}
