import type { RecordDraft } from '../../../../shared/kernel/checkRecord.ts';
import type { AnyRow, Definition, Value } from '../../../../shared/kernel/definition.ts';
import { chunksOf, codecFor, type DatabaseRow, partCodecFor } from '../../../database/codec.ts';
import type { StoredRecord } from '../../../database/rows.ts';
import { isSearched, partTableOf, tableOf } from '../../../database/tables.ts';
import { digestOf, writeAudits } from '../../../engine/audit.ts';
import { effectsOf } from '../../../engine/effects.ts';
import { tokensOf } from '../../../engine/store.ts';
import { refusingTwins } from '../../../engine/unique.ts';
import type { Work } from '../../../work.ts';
import { drawMany } from './drawMany.ts';

/** A record as it will be stored, with everything worked out that needs no transaction. */
export interface ReadyRecord {
  readonly row: number;
  readonly values: Record<string, Value>;
  readonly parts: RecordDraft['parts'];
  readonly columns: DatabaseRow;
  readonly tokens: readonly string[];
  /** Its number stands in the file; otherwise one is drawn. */
  readonly isNumbered: boolean;
}

/** A record ready to be stored, worked out here and now. */
export function makeReady(definition: Definition, row: number, draft: RecordDraft): ReadyRecord {
  const values = codecFor(definition).complete(draft.values);
  return { row, values, parts: draft.parts, ...workOut(definition, draft), isNumbered: Boolean(values[definition.numbering?.field ?? '']) };
}

/** Columns and search tokens of a draft: most of the time an import takes goes by here, outside the transaction. */
export function workOut(definition: Definition, { values, parts }: RecordDraft): Pick<ReadyRecord, 'columns' | 'tokens'> {
  const rows = Object.fromEntries(
    Object.entries(parts).map(([part, drafts]) => [part, drafts.map((draft): AnyRow => ({ ...draft, id: 0 }))]),
  );
  const tokens = isSearched(definition) ? tokensOf(definition, { values, parts: rows }) : [];
  return { columns: codecFor(definition).encode(values), tokens };
}

/** Sets a value that is known only now, in the transaction. */
export function setValue(definition: Definition, ready: ReadyRecord, field: string, value: Value): void {
  ready.values[field] = value;
  Object.assign(ready.columns, codecFor(definition).encode(ready.values, [field]));
}

export interface Storing {
  readonly importId: number;
  /** Awaited between slices. */
  readonly breathe: () => Promise<void>;
  readonly onStored: (count: number) => void;
}

const rowsPerSlice = 250;

/**
 * Stores many new records of a type with their numbers, search tokens, audit rows and the import's own note of them, a slice
 * at a time, in the caller's transaction; gives their ids in order. Refuses 'record.duplicate' and 'record.notUnique'.
 */
export async function storeMany(work: Work, definition: Definition, ready: readonly ReadyRecord[], storing: Storing): Promise<number[]> {
  await giveNumbers(work, definition, ready);
  const ids: number[] = [];
  for (let start = 0; start < ready.length; start += rowsPerSlice) {
    const slice = ready.slice(start, start + rowsPerSlice);
    ids.push(...(await storeSlice(work, definition, slice, storing.importId)));
    storing.onStored(slice.length);
    await storing.breathe();
  }
  return ids;
}

async function storeSlice(work: Work, definition: Definition, slice: readonly ReadyRecord[], importId: number): Promise<number[]> {
  const stamps = { created_at: work.now, created_by: work.actor.userId, changed_at: work.now, changed_by: work.actor.userId };
  const rows = slice.map((one): DatabaseRow => ({ version: 1, ...one.columns, ...stamps }));
  const ids = await refusingTwins(work, definition, () => insertRows(work, tableOf(definition), rows));
  const parts = await storeParts(work, definition, slice, ids);
  const records = slice.map((one, at) => recordFrom(work, definition, one, { id: ids[at] ?? 0, parts: parts[at] ?? {} }));
  if (isSearched(definition)) {
    const tokens = slice.map((one, at) => ({ id: ids[at] ?? 0, tokens: tokensNow(definition, one) }));
    await work.company.store.dialect.indexManyTokens(work.tx, tableOf(definition), tokens);
  }
  for (const record of records) await effectsOf(work, definition, { kind: 'stored', record, before: null });
  await writeAudits(
    work,
    records.map((record) => ({
      action: 'create',
      type: definition.type,
      recordId: record.id,
      version: 1,
      changes: { digest: digestOf({ values: record.values, parts: record.parts }) },
    })),
  );
  await noteRecords(
    work,
    importId,
    slice.map((one, at) => ({ row: one.row, type: definition.type, id: ids[at] ?? 0 })),
  );
  return ids;
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
function tokensNow(definition: Definition, { values, tokens }: ReadyRecord): readonly string[] {
  const field = definition.numbering?.field;
  if (field === undefined || !definition.fields[field]?.search) return tokens;
  return [...new Set([...tokens, ...tokensOf(definition, { values: { [field]: values[field] ?? null }, parts: {} })])];
}

async function giveNumbers(work: Work, definition: Definition, ready: readonly ReadyRecord[]): Promise<void> {
  const rule = definition.numbering;
  if (rule?.drawnAt !== 'create') return;
  // A transaction that is tried again draws again: what it drew before went back.
  const without = ready.filter((one) => !one.isNumbered);
  const typed = new Set(ready.filter((one) => one.isNumbered).map((one) => String(one.values[rule.field])));
  const numbers = await drawMany(work, definition, { count: without.length, except: typed });
  for (const [at, one] of without.entries()) setValue(definition, one, rule.field, numbers[at] ?? null);
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
    values: ready.values,
    parts: of.parts,
    stamps: { createdAt: now, createdBy: actor.userId, changedAt: now, changedBy: actor.userId, deletedAt: null, deletedBy: null },
  };
}
