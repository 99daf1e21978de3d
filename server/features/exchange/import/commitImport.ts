import type { ImportResult } from '../../../../shared/exchange/importAnswers.ts';
import type { Companion, DocumentRule, ImportPlan } from '../../../../shared/exchange/importPlan.ts';
import type { Definition } from '../../../../shared/kernel/definition.ts';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import { chunksOf } from '../../../database/codec.ts';
import { tableOf } from '../../../database/tables.ts';
import { writeAudit } from '../../../engine/audit.ts';
import { look, transact } from '../../../engine/transact.ts';
import type { Actor, Company, Work } from '../../../work.ts';
import { announcingOnce } from './announceOnce.ts';
import { applyChanges } from './applyChanges.ts';
import { endBadly, waits } from './checkImport.ts';
import { type Choices, deciding, type FreshRecord, type Intake, refuseUndecided } from './decide.ts';
import { filesOf, readLines, writeLines } from './importFiles.ts';
import { type ImportContent, importable, loadImport, planOf, refuseUnless, type StoredImport, saveImport } from './importStore.ts';
import { type Job, startJob } from './jobs.ts';
import { type MadeEntries, makeMissing, refuseGoneLinks, resolve } from './missingEntries.ts';
import { postDocuments } from './postDocuments.ts';
import { type Preparer, preparerFor } from './prepareRecords.ts';
import type { CheckedRow, PendingLink } from './rowReading.ts';
import { storeDocuments } from './storeDocuments.ts';
import { type ReadyRecord, readyRecord, type Storing, storeMany } from './storeMany.ts';
import type { WorkedOut } from './workOut.ts';

/**
 * Begins to take the checked rows in, all of them in one transaction or none. Everything that can be worked out before is,
 * so that the transaction is short. Refuses 'import.notFound', 'import.notNow', 'import.busy', 'import.undecided' {count}.
 */
export async function commitImport(company: Company, actor: Actor, id: number, choices: Choices): Promise<Job> {
  const stored = await look(company, actor, async (work) => {
    const found = await loadImport(work, id);
    refuseUnless(found, 'checked');
    await importable(work, found.type);
    return found;
  });
  await refuseOpen(company, stored, choices);
  return startJob(company, id, 'committing', async (job) => {
    try {
      const prepared = await prepare(company, stored, choices, job);
      await transact(company, actor, (work) => takeIn(work, stored.id, prepared, job));
    } catch (fault) {
      await endBadly(company, actor, stored, fault);
    }
  });
}

async function refuseOpen(company: Company, stored: StoredImport, choices: Choices): Promise<void> {
  const plan = planOf(company, stored.type);
  if (choices.decisions.all !== undefined && !choices.decisions.rows) return;
  const open: CheckedRow[] = [];
  for await (const row of readLines<CheckedRow>(filesOf(company, stored.id).remarkable)) if (waits(plan, row.kind)) open.push(row);
  refuseUndecided(open, plan, choices.decisions);
}

interface Prepared {
  readonly plan: ImportPlan;
  readonly definition: Definition;
  readonly intake: Intake;
  readonly ready: readonly ReadyRecord[];
  readonly companions: readonly ReadyCompanions[];
}

/** The companions of one kind, and by its position the record each hangs on. */
interface ReadyCompanions {
  readonly rule: Extract<Companion, { kind: 'record' }>;
  readonly records: readonly ReadyRecord[];
  readonly owners: readonly number[];
  readonly pending: readonly (readonly PendingLink[])[];
}

async function prepare(company: Company, stored: StoredImport, choices: Choices, job: Job): Promise<Prepared> {
  const plan = planOf(company, stored.type);
  const definition = company.catalogue.get(stored.type);
  const companionRules = Object.values(plan.companions).filter((rule) => rule.kind === 'record');
  const types = [definition, ...companionRules.map((rule) => company.catalogue.get(rule.type))];
  const preparer = preparerFor(types, plan.document ? 0 : (stored.content.counts.rows ?? 0));
  try {
    const intake = await decide(company, plan, stored, choices, job);
    if (plan.document) {
      job.progress.total = intake.fresh.length;
      return { plan, definition, intake, ready: [], companions: [] };
    }
    job.progress.total = 2 * (intake.fresh.length + intake.changes.length);
    const onReady = (count: number): void => {
      job.progress.done += count;
    };
    const drafts = intake.fresh.map((fresh) => fresh.draft);
    const worked = await preparer.prepare(definition, drafts, { breathe: job.breathe, onReady });
    const ready = intake.fresh.map(({ row, draft }, at) => readyRecord(definition, row, draft, worked[at] ?? nothingWorkedOut));
    const companions: ReadyCompanions[] = [];
    for (const [name, rule] of Object.entries(plan.companions)) {
      if (rule.kind === 'record') companions.push(await prepareCompanions(company, preparer, { name, rule, fresh: intake.fresh, job }));
    }
    return { plan, definition, intake, ready, companions };
  } finally {
    await preparer.close();
  }
}

const nothingWorkedOut: WorkedOut = { sorts: [], fold: null, near: null, tokens: '' };

async function decide(company: Company, plan: ImportPlan, stored: StoredImport, choices: Choices, job: Job): Promise<Intake> {
  const files = filesOf(company, stored.id);
  const { intake, take } = deciding(plan, company.catalogue, choices);
  for await (const row of readLines<CheckedRow>(files.rows)) {
    take(row);
    await job.breathe();
  }
  const rejected = await writeLines(files.rejected);
  for (const row of intake.rejected) await rejected.write(row);
  await rejected.close();
  return intake;
}

async function prepareCompanions(
  company: Company,
  preparer: Preparer,
  of: { name: string; rule: ReadyCompanions['rule']; fresh: readonly FreshRecord[]; job: Job },
): Promise<ReadyCompanions> {
  const definition = company.catalogue.get(of.rule.type);
  const mine = of.fresh.flatMap(({ row, companions }, owner) =>
    companions.filter((one) => one.name === of.name).map(({ draft, pending }) => ({ row, draft, pending, owner })),
  );
  const drafts = mine.map(({ draft }) => draft);
  const worked = await preparer.prepare(definition, drafts, { breathe: of.job.breathe, onReady: () => undefined });
  return {
    rule: of.rule,
    records: mine.map(({ row, draft }, at) => readyRecord(definition, row, draft, worked[at] ?? nothingWorkedOut)),
    owners: mine.map(({ owner }) => owner),
    pending: mine.map(({ pending }) => pending),
  };
}

/** The transaction: whatever fails or is cancelled in here leaves nothing behind. */
async function takeIn(outer: Work, id: number, prepared: Prepared, job: Job): Promise<void> {
  const audience = announcingOnce(outer);
  const { work } = audience;
  const stored = await loadImport(work, id, { lock: true });
  refuseUnless(stored, 'checked');
  const { plan, definition, intake, ready } = prepared;
  const storing: Storing = {
    importId: id,
    breathe: job.breathe,
    onStored: (count) => {
      job.progress.done += count;
    },
  };
  if (plan.document) {
    await takeInDocuments(work, plan, plan.document, { stored, intake, storing });
    return job.breathe();
  }
  const made = await makeMissing(work, plan, intake, { missing: stored.content.missing, importId: id });
  await refuseGoneLinks(work, definition, intake.fresh, job.breathe);
  await refuseTaken(work, definition, intake.fresh);
  const settle = (record: ReadyRecord, at: number): void => settleLinks(record, intake.fresh[at]?.pending ?? [], made);
  const ids = await storeMany(work, definition, ready, { ...storing, settle });
  await audience.tellOf(
    definition,
    ready.map(({ values }, at) => ({ id: ids[at] ?? 0, values })),
  );
  const companions = await storeCompanions(work, prepared, { ids, made, storing });
  const changed = await applyChanges(work, { plan, definition, intake, made, storing });
  const documents = await postDocuments(work, { plan, fresh: intake.fresh, ids, made, storing });
  const result: ImportResult = {
    added: ids.length,
    updated: intake.changes.filter((change) => change.how === 'update').length,
    merged: intake.merged + intake.changes.filter((change) => change.how === 'merge').length,
    rejected: intake.rejected.length,
    companions: { ...made.counts, ...companions, ...changed.added, ...documents.counts },
  };
  await finish(work, stored, { result, changed: changed.changed, versions: documents.versions });
  await job.breathe();
}

async function takeInDocuments(
  work: Work,
  plan: ImportPlan,
  rule: DocumentRule,
  { stored, intake, storing }: { stored: StoredImport; intake: Intake; storing: Storing },
): Promise<void> {
  const { counts, versions } = await storeDocuments(work, plan, rule, { fresh: intake.fresh, storing });
  const { [plan.type]: added = 0, ...companions } = counts;
  await finish(work, stored, { result: { added, updated: 0, merged: 0, rejected: intake.rejected.length, companions }, versions });
}

/** Writes down what the import did; with what it changed and in which version it left what it made. */
async function finish(
  work: Work,
  stored: StoredImport,
  done: { result: ImportResult } & Pick<ImportContent, 'changed' | 'versions'>,
): Promise<void> {
  await writeAudit(work, { action: 'import', type: stored.type, recordId: stored.id, changes: { file: stored.name, ...done.result } });
  await saveImport(work, stored.id, { state: 'done', content: { ...stored.content, ...done } });
}

/** Puts the entries that were made meanwhile where the stand-ins are. */
function settleLinks(record: ReadyRecord, pending: readonly PendingLink[], made: MadeEntries): void {
  for (const link of pending) {
    const place = link.part === undefined ? record.values : record.parts[link.part]?.[link.index ?? 0];
    if (place) place[link.field] = resolve(made, link);
  }
}

async function storeCompanions(
  work: Work,
  prepared: Prepared,
  of: { ids: readonly number[]; made: MadeEntries; storing: Storing },
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { rule, records, owners, pending } of prepared.companions) {
    const settle = (record: ReadyRecord, at: number): void => {
      const owner = owners[at] ?? -1;
      record.values[rule.link] = of.ids[owner] ?? null;
      for (const [field, from] of Object.entries(rule.copies ?? {})) record.values[field] = prepared.ready[owner]?.values[from] ?? null;
      settleLinks(record, pending[at] ?? [], of.made);
    };
    // Whoever hears of the record itself looks at its companions anew.
    const ids = await storeMany(work, work.company.catalogue.get(rule.type), records, { ...of.storing, onStored: () => undefined, settle });
    counts[rule.type] = ids.length;
  }
  return counts;
}

/** Somebody may have taken a name since the check: refuses 'import.changedSince' {count}, and the check has to be done again. */
async function refuseTaken(work: Work, definition: Definition, fresh: readonly FreshRecord[]): Promise<void> {
  const folds = fresh.flatMap((one) => (one.fold === null ? [] : [one.fold]));
  let count = 0;
  for (const chunk of chunksOf(folds, 1)) {
    count += ((await work.tx(tableOf(definition)).whereNull('deleted_at').whereIn('fold_key', chunk).select('id')) as unknown[]).length;
  }
  if (count > 0) throw new Refusal('import.changedSince', { count });
}
