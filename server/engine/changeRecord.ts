import type { RecordInput } from '../../shared/contracts/wire.ts';
import { checkRecord, type RecordDraft } from '../../shared/kernel/checkRecord.ts';
import type { AnyRecord, AnyRow, Definition } from '../../shared/kernel/definition.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { refuseUnwritable } from '../access/trim.ts';
import { refuseUnlessReached } from '../access/visibility.ts';
import { replaceParts, type StoredRecord, updateRecord } from '../database/rows.ts';
import type { Work } from '../work.ts';
import { writeAudit } from './audit.ts';
import { withCompletions } from './completions.ts';
import { withCopies } from './copies.ts';
import { refilled } from './createRecord.ts';
import { refuseTooManyDecimals } from './decimals.ts';
import { defaultsFor } from './defaults.ts';
import { differences } from './differences.ts';
import { refuseDuplicates } from './duplicates.ts';
import { effectsOf } from './effects.ts';
import { mayFill, refuseUnfilled } from './formRules.ts';
import { refuseUnknownLinks } from './links.ts';
import { hold, lock } from './load.ts';
import { withSources } from './sources.ts';
import { stamped } from './stamps.ts';
import { announce, calculated, indexRecord, isFoundOtherwise } from './store.ts';
import { refuseCircle } from './trees.ts';
import { refusingTwins } from './unique.ts';

/**
 * Changes a record: only what was sent, part rows by id. Refuses 'record.notFound', 'record.stale' (with the version the
 * server holds), 'record.locked' when its state does not allow the change, and whatever a create refuses.
 */
export async function changeRecord(work: Work, definition: Definition, id: number, input: RecordInput): Promise<StoredRecord> {
  const before = await lockForChange(work, definition, id, input.version);
  refuseUnwritable(work.actor, definition, input);
  refuseLocked(definition, before, input);
  const draft = checkRecord(definition, input, {
    complete: false,
    defaults: await defaultsFor(work, definition, input),
    before: before.values,
    mayFill: mayFill(work, definition),
  });
  await refuseTooManyDecimals(work, definition, draft, before);
  await refuseUnfilled(work, definition, { ...before.values, ...draft.values });
  await refuseUnknownLinks(work, definition, draft, before);
  refuseFixed(definition, before, draft);
  if (isWhollyEditable(definition, before)) draft.values = await refilled(work, definition, before, draft.values);
  await refuseCircle(work, definition, before, { ...before, values: { ...before.values, ...draft.values } });
  const merged = stamped(work, definition, merge(before, draft), before);
  const whole = isWhollyEditable(definition, before) ? await completedAgain(work, definition, merged, before) : merged;
  const record = await calculated(work, definition, await withSources(work, definition, whole));
  if (definition.duplicates && namesChanged(definition, before, record)) {
    await refuseDuplicates(work, definition, record, input.confirmed ?? []);
  }
  return storeChange(work, definition, before, record, 'change');
}

const completedAgain = async (work: Work, definition: Definition, record: AnyRecord, before: AnyRecord): Promise<AnyRecord> =>
  withCompletions(work, definition, await withCopies(work, definition, record), before);

/** The record as it is now, locked for this transaction, when the actor may change it and saw its last version. */
export async function lockForChange(work: Work, definition: Definition, id: number, version: number | undefined): Promise<StoredRecord> {
  await refuseUnlessReached(work, definition, id, 'change');
  const record = await lock(work, definition, id);
  if (version === undefined) throw new Refusal('record.invalid', { count: 1 }, [{ path: 'version', code: 'field.required' }]);
  if (record.version !== version) throw new Refusal('record.stale', { type: definition.type, id, version: record.version });
  return record;
}

/** Writes a changed record with its next version, audit row, index and announcement. */
export async function storeChange(
  work: Work,
  definition: Definition,
  before: StoredRecord,
  after: AnyRecord,
  action: string,
  reason?: string,
): Promise<StoredRecord> {
  const change = {
    values: after.values,
    ...(after.state === undefined ? {} : { state: after.state }),
    stamps: { at: work.now, by: work.actor.userId },
  };
  const head = await refusingTwins(work, definition, () => updateRecord(work.tx, definition, before, change));
  const stored = { ...head, parts: await storeParts(work, definition, before, after) };
  hold(work, stored);
  if (isFoundOtherwise(definition, before, stored)) await indexRecord(work, definition, stored);
  await effectsOf(work, definition, { kind: 'stored', record: stored, before });
  await writeAudit(work, {
    action,
    type: definition.type,
    recordId: stored.id,
    version: stored.version,
    changes: { ...(reason ? { reason } : {}), ...differences(before, stored) },
  });
  await announce(work, definition, stored, before);
  return stored;
}

async function storeParts(work: Work, definition: Definition, before: StoredRecord, after: AnyRecord): Promise<AnyRecord['parts']> {
  const parts = { ...before.parts };
  for (const part of Object.keys(definition.parts)) {
    const rows = after.parts[part];
    if (rows === undefined || rows === before.parts[part]) continue;
    parts[part] = await replaceParts(work.tx, definition, { id: before.id, part, before: before.parts[part] ?? [], after: rows });
  }
  return parts;
}

const isWhollyEditable = (definition: Definition, { state }: AnyRecord): boolean =>
  state === undefined || definition.states?.[state]?.editable === 'all';

function refuseLocked(definition: Definition, record: AnyRecord, input: RecordInput): void {
  const state = record.state ? definition.states?.[record.state] : undefined;
  if (!state || state.editable === 'all') return;
  const editable = state.editable === 'none' ? [] : state.editable;
  const locked = [...Object.keys(input.values ?? {}), ...Object.keys(input.parts ?? {})].filter((name) => !editable.includes(name));
  if (locked.length === 0) return;
  throw new Refusal(
    'record.locked',
    { state: record.state ?? '' },
    locked.map((path) => ({ path, code: 'record.locked' })),
  );
}

function refuseFixed(definition: Definition, before: AnyRecord, draft: RecordDraft): void {
  const moved = Object.entries(draft.values).filter(
    ([name, value]) => definition.fields[name]?.fixed && before.values[name] !== null && before.values[name] !== value,
  );
  if (moved.length > 0)
    throw new Refusal(
      'record.invalid',
      { count: moved.length },
      moved.map(([path]) => ({ path, code: 'field.fixed' })),
    );
}

function merge(before: AnyRecord, draft: RecordDraft): AnyRecord {
  const parts = { ...before.parts };
  for (const [name, rows] of Object.entries(draft.parts)) {
    const known = new Map((before.parts[name] ?? []).map((row) => [row.id, row]));
    parts[name] = rows.map((row, index): AnyRow => {
      if (!row.id) return { ...row, id: 0 };
      const kept = known.get(row.id);
      if (!kept) throw new Refusal('record.invalid', { count: 1 }, [{ path: `${name}.${index}.id`, code: 'field.unknownLink' }]);
      return { ...kept, ...row, id: row.id };
    });
  }
  return { ...before, values: { ...before.values, ...draft.values }, parts };
}

const namesChanged = (definition: Definition, before: AnyRecord, after: AnyRecord): boolean =>
  [...(definition.duplicates?.exact.flat() ?? []), definition.duplicates?.near ?? definition.title].some(
    (field) => before.values[field] !== after.values[field],
  );
