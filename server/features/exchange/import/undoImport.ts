import type { ImportPlan } from '../../../../shared/exchange/importPlan.ts';
import type { Definition, Value } from '../../../../shared/kernel/definition.ts';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import { chunksOf } from '../../../database/codec.ts';
import { loadRecords } from '../../../database/rows.ts';
import { isSearched, tableOf } from '../../../database/tables.ts';
import { writeAudit, writeAudits } from '../../../engine/audit.ts';
import { changeRecord } from '../../../engine/changeRecord.ts';
import type { Differences } from '../../../engine/differences.ts';
import { effectsOf } from '../../../engine/effects.ts';
import { deleteRecord } from '../../../engine/removeRecord.ts';
import { takeStep } from '../../../engine/takeStep.ts';
import { transact } from '../../../engine/transact.ts';
import type { Actor, Company, Work } from '../../../work.ts';
import { type Audience, announcingOnce } from './announceOnce.ts';
import { importable, loadImport, refuseUnless, type StoredImport, saveImport } from './importStore.ts';
import { changedSince, recordsOf, usedSince } from './usedSince.ts';

/**
 * Takes a whole import back in one transaction: opening stock out of the books again, what was changed back to what it was,
 * what was made into the recycle bin. Only while nothing of it was changed or used since: refuses 'import.usedSince' {count}
 * with the records concerned, 'import.notFound', 'import.notNow', 'access.denied'. `reason` is kept with reversed documents.
 */
export async function undoImport(company: Company, actor: Actor, id: number, reason: string): Promise<void> {
  await transact(company, actor, async (outer) => {
    const audience = announcingOnce(outer);
    const { work } = audience;
    const stored = await loadImport(work, id, { lock: true });
    refuseUnless(stored, 'done');
    const { plan, definition } = await importable(work, stored.type);
    if (work.actor.reach(definition.type, 'delete') === 'none')
      throw new Refusal('access.denied', { operation: 'delete', type: definition.type });
    await refuseUsed(work, stored);
    for (const rule of documentsOf(plan)) await takeBackDocuments(work, rule, stored, reason);
    await changeBack(work, stored);
    for (const rule of Object.values(plan.companions))
      if (rule.kind === 'record') await removeMade(audience, work.company.catalogue.get(rule.type), stored);
    if (!plan.document) await removeMade(audience, definition, stored);
    for (const type of plan.creates) await removeUnused(work, work.company.catalogue.get(type), stored);
    await writeAudit(work, { action: 'undoImport', type: stored.type, recordId: id, changes: { file: stored.name } });
    await saveImport(work, id, { state: 'undone', content: stored.content });
  });
}

interface Undoing {
  readonly type: string;
  readonly undoStep: string;
}

/** The documents a plan puts into the books: companions of its records, or what its rows are themselves. */
function documentsOf(plan: ImportPlan): Undoing[] {
  const companions = Object.values(plan.companions);
  const { document } = plan;
  if (!document) return companions.filter((rule) => rule.kind === 'document');
  const counters = companions.filter((rule) => rule.kind === 'counter');
  return [plan.type, ...counters.map((rule) => rule.type)].map((type) => ({ type, undoStep: document.undoStep }));
}

const recordsNamed = 20;

async function refuseUsed(work: Work, stored: StoredImport): Promise<void> {
  const found = [...(await changedSince(work, stored)), ...(await usedSince(work, stored))];
  if (found.length === 0) return;
  const refusal = new Refusal('import.usedSince', {
    count: found.length,
    titles: found.slice(0, recordsNamed).map((record) => record.title),
  });
  throw Object.assign(refusal, { records: found.slice(0, recordsNamed) });
}

async function takeBackDocuments(work: Work, { type, undoStep }: Undoing, stored: StoredImport, reason: string): Promise<void> {
  const definition = work.company.catalogue.get(type);
  for (const { id, version } of await recordsOf(work, definition, stored)) {
    const back = await takeStep(work, definition, id, undoStep, { version, reason });
    await deleteRecord(work, definition, id, back.version);
  }
}

/** Records that were there before get back what the import wrote over, read from the audit rows of those very versions. */
async function changeBack(work: Work, stored: StoredImport): Promise<void> {
  for (const [type, id, version] of [...(stored.content.changed ?? [])].toReversed()) {
    const definition = work.company.catalogue.get(type);
    const row = (await work.tx('audit').where({ type, record_id: id, version }).orderBy('seq', 'desc').first('changes')) as
      | { changes: string }
      | undefined;
    const { values = {} } = JSON.parse(row?.changes ?? '{}') as Differences;
    const before = Object.fromEntries(Object.entries(values).map(([field, [old]]): [string, Value] => [field, old]));
    const [current] = await loadRecords(work.tx, definition, [id], { parts: false });
    if (current)
      await changeRecord(work, definition, id, { version: current.version, values: before, confirmed: ['record.nearDuplicate'] });
  }
}

const rowsPerSlice = 500;

/** Into the recycle bin, many at a time: version, search index, audit and announcement as when one record is thrown away. */
async function removeMade(audience: Audience, definition: Definition, stored: StoredImport): Promise<void> {
  const { work } = audience;
  const changed = new Set((stored.content.changed ?? []).filter(([type]) => type === definition.type).map(([, id]) => id));
  const made = (await recordsOf(work, definition, stored)).filter(({ id }) => !changed.has(id));
  for (let start = 0; start < made.length; start += rowsPerSlice) {
    const ids = made.slice(start, start + rowsPerSlice).map(({ id }) => id);
    const records = await loadRecords(work.tx, definition, ids, { parts: true });
    const gone = { deleted_at: work.now, deleted_by: work.actor.userId, changed_at: work.now, changed_by: work.actor.userId };
    for (const chunk of chunksOf(ids, 1)) {
      await work
        .tx(tableOf(definition))
        .whereIn('id', chunk)
        .update({ ...gone, version: work.tx.raw('version + 1') });
    }
    if (isSearched(definition)) for (const id of ids) await work.company.store.dialect.indexTokens(work.tx, tableOf(definition), id, []);
    for (const record of records)
      await effectsOf(work, definition, { kind: 'removed', record: { ...record, version: record.version + 1 } });
    await writeAudits(
      work,
      records.map(({ id, version }) => ({ action: 'delete', type: definition.type, recordId: id, version: version + 1 })),
    );
    await audience.tellOf(definition, records);
  }
}

/** Grades and categories the import made go too, unless somebody uses them by now. */
async function removeUnused(work: Work, definition: Definition, stored: StoredImport): Promise<void> {
  for (const { id, version } of await recordsOf(work, definition, stored)) {
    if (work.actor.reach(definition.type, 'delete') === 'none') continue;
    try {
      await deleteRecord(work, definition, id, version);
    } catch (refusal) {
      if (!(refusal instanceof Refusal && refusal.code === 'record.inUse')) throw refusal;
    }
  }
}
