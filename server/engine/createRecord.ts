import { parameters } from '../../shared/contracts/parameters.ts';
import type { RecordInput } from '../../shared/contracts/wire.ts';
import { checkRecord, type RecordDraft } from '../../shared/kernel/checkRecord.ts';
import { addDays } from '../../shared/kernel/days.ts';
import { firstState } from '../../shared/kernel/defineDocument.ts';
import type { AnyRecord, AnyRow, Definition, Value } from '../../shared/kernel/definition.ts';
import { mnemonicOf } from '../../shared/kernel/searchTerms.ts';
import { refuseUnwritable } from '../access/trim.ts';
import { refuseUnlessMay } from '../access/visibility.ts';
import { type DraftRow, insertRecord, type StoredRecord } from '../database/rows.ts';
import type { Work } from '../work.ts';
import { digestOf, writeAudit } from './audit.ts';
import { withCompletions } from './completions.ts';
import { linkedRecord, withCopies } from './copies.ts';
import { refuseTooManyDecimals } from './decimals.ts';
import { defaultsFor } from './defaults.ts';
import { refuseDuplicates } from './duplicates.ts';
import { effectsOf } from './effects.ts';
import { mayFill, refuseUnfilled } from './formRules.ts';
import { refuseUnknownLinks } from './links.ts';
import { hold } from './load.ts';
import { drawNumber } from './numbering.ts';
import { settingOf } from './settings.ts';
import { withSources, withUnseen } from './sources.ts';
import { stamped } from './stamps.ts';
import { announce, calculated, indexNew } from './store.ts';
import { refusingTwins } from './unique.ts';

/**
 * Makes a record from what a person or program sent: rights, fields, links, duplicates, number, arithmetic, storage, audit,
 * search index and announcement, all in the caller's transaction. Refuses 'access.denied', 'record.invalid' (all fields at
 * once), 'record.duplicate', 'record.nearDuplicate'.
 */
export async function createRecord(work: Work, definition: Definition, input: RecordInput): Promise<StoredRecord> {
  refuseUnlessMay(work, definition, 'create');
  refuseUnwritable(work.actor, definition, input);
  const draft = checkRecord(definition, input, {
    complete: true,
    defaults: await defaultsFor(work, definition, input),
    mayFill: mayFill(work, definition),
  });
  await refuseTooManyDecimals(work, definition, draft);
  await refuseUnfilled(work, definition, draft.values);
  await refuseUnknownLinks(work, definition, draft);
  return storeNew(work, definition, draft, input.confirmed ?? []);
}

/** Stores a draft that was checked already (also by the import, which checks whole files first). */
export async function storeNew(
  work: Work,
  definition: Definition,
  draft: RecordDraft,
  confirmed: readonly string[],
): Promise<StoredRecord> {
  const state = firstState(definition);
  const record = await completed(work, definition, draft);
  if (definition.duplicates) await refuseDuplicates(work, definition, { values: record.values }, confirmed);
  await number(work, definition, record);
  const fresh = {
    values: record.values,
    parts: withoutIds(record.parts),
    ...(state ? { state } : {}),
    stamps: { at: work.now, by: work.actor.userId },
  };
  const stored = await refusingTwins(work, definition, () => insertRecord(work.tx, definition, fresh));
  return registered(work, definition, stored);
}

/** A checked draft with everything the server adds to it, as it would be stored but for its number. */
export async function completed(work: Work, definition: Definition, draft: RecordDraft): Promise<AnyRecord> {
  const state = firstState(definition);
  const record: AnyRecord = {
    id: 0,
    version: 1,
    type: definition.type,
    ...(state ? { state } : {}),
    values: await filled(work, definition, draft.values),
    parts: rowsOf(draft),
  };
  const whole = await withCopies(work, definition, await withUnseen(work, definition, stamped(work, definition, record, null)));
  return calculated(work, definition, await withSources(work, definition, await withCompletions(work, definition, whole, null)));
}

/** What follows once a new record lies in the database: index, effects, audit and announcement. */
export async function registered(work: Work, definition: Definition, stored: StoredRecord): Promise<StoredRecord> {
  hold(work, stored);
  await indexNew(work, definition, stored);
  await effectsOf(work, definition, { kind: 'stored', record: stored, before: null });
  await writeAudit(work, {
    action: 'create',
    type: definition.type,
    recordId: stored.id,
    version: 1,
    changes: { digest: digestOf({ values: stored.values, parts: stored.parts }) },
  });
  await announce(work, definition, stored);
  return stored;
}

/** What a person left empty and the definition knows how to fill. */
export async function filled(work: Work, definition: Definition, values: RecordDraft['values']): Promise<RecordDraft['values']> {
  const complete = { ...values };
  for (const [name, rule] of Object.entries(definition.fills ?? {})) {
    const from = values[rule.from] ?? null;
    if (values[name] || from === null) continue;
    if (rule.as === 'linked') complete[name] = await linkedValue(work, definition, { link: rule.from, id: from, field: rule.field });
    else if (rule.as === 'mnemonic') complete[name] = mnemonicOf(String(from)).slice(0, 40);
    else complete[name] = addDays(String(from), await parameterNumber(work, rule.parameter));
  }
  return complete;
}

/**
 * The same in a record that is changed: where another record is linked now, what was filled from the one before follows it, and what
 * somebody typed stays.
 */
export async function refilled(
  work: Work,
  definition: Definition,
  before: AnyRecord,
  sent: RecordDraft['values'],
): Promise<RecordDraft['values']> {
  const complete = { ...sent };
  for (const [name, rule] of Object.entries(definition.fills ?? {})) {
    if (rule.as !== 'linked' || name in sent || sent[rule.from] === undefined || sent[rule.from] === before.values[rule.from]) continue;
    const kept = (id: Value | undefined) => linkedValue(work, definition, { link: rule.from, id: id ?? null, field: rule.field });
    const now = before.values[name] ?? null;
    if (now === null || now === (await kept(before.values[rule.from]))) complete[name] = await kept(sent[rule.from]);
  }
  return complete;
}

async function linkedValue(work: Work, definition: Definition, of: { link: string; id: Value; field: string }): Promise<Value> {
  return (await linkedRecord(work, definition, of.link, of.id))?.values[of.field] ?? null;
}

async function parameterNumber(work: Work, key: string): Promise<number> {
  const standard = parameters.find((parameter) => parameter.key === key)?.default;
  return Number((await settingOf(work, key)) ?? standard ?? 0);
}

async function number(work: Work, definition: Definition, record: AnyRecord): Promise<void> {
  const rule = definition.numbering;
  if (rule?.drawnAt !== 'create' || record.values[rule.field]) return;
  record.values[rule.field] = await drawNumber(work, definition, String(record.values.day ?? work.today));
}

const withoutIds = (parts: AnyRecord['parts']): Record<string, DraftRow[]> =>
  Object.fromEntries(Object.entries(parts).map(([name, rows]) => [name, rows.map(({ id: _none, ...row }) => row)]));

// New rows have no id yet; 0 stands for it until they are stored.
const rowsOf = (draft: RecordDraft): AnyRecord['parts'] =>
  Object.fromEntries(Object.entries(draft.parts).map(([name, rows]) => [name, rows.map((row): AnyRow => ({ ...row, id: row.id ?? 0 }))]));
