import type { ImportResult } from '../../../../shared/exchange/importAnswers.ts';
import type { ImportPlan } from '../../../../shared/exchange/importPlan.ts';
import type { Definition } from '../../../../shared/kernel/definition.ts';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import { chunksOf } from '../../../database/codec.ts';
import { tableOf } from '../../../database/tables.ts';
import { writeAudit } from '../../../engine/audit.ts';
import { look, transact } from '../../../engine/transact.ts';
import type { Actor, Company, Work } from '../../../work.ts';
import { type Audience, announcingOnce } from './announceOnce.ts';
import { applyChanges } from './applyChanges.ts';
import { endBadly, waits } from './checkImport.ts';
import type { CheckedRow } from './checkRow.ts';
import { type Choices, deciding, type FreshRecord, type Intake, refuseUndecided } from './decide.ts';
import { filesOf, readLines, writeLines } from './importFiles.ts';
import { importable, loadImport, planOf, refuseUnless, type StoredImport, saveImport } from './importStore.ts';
import { type Job, startJob } from './jobs.ts';
import { type MadeEntries, makeMissing, refuseGoneLinks, resolve } from './missingEntries.ts';
import { postDocuments } from './postDocuments.ts';
import { prepareRecords } from './prepareRecords.ts';
import { type ReadyRecord, type Storing, setValue, storeMany } from './storeMany.ts';

/**
 * Begins to take the checked rows in, all of them in one transaction or none. Everything that can be worked out before is,
 * so that the transaction is short. Refuses 'import.notFound', 'import.notNow', 'import.busy', 'import.undecided' {count}.
 */
export async function commitImport(company: Company, actor: Actor, id: number, choices: Choices): Promise<Job> {
  const stored = await look(company, actor, async (work) => {
    const found = await loadImport(work, id);
    refuseUnless(found, 'checked');
    importable(work, found.type);
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
  if (choices.decisions.all !== undefined) return;
  const open: CheckedRow[] = [];
  for await (const row of readLines<CheckedRow>(filesOf(company, stored.id).remarkable)) if (waits(plan, row.kind)) open.push(row);
  refuseUndecided(open, plan, choices.decisions);
}

interface Prepared {
  readonly plan: ImportPlan;
  readonly definition: Definition;
  readonly intake: Intake;
  readonly ready: readonly ReadyRecord[];
  readonly companions: readonly ReadyCompanion[];
}

/** A companion ready to be stored, and the record it hangs on. */
interface ReadyCompanion {
  readonly name: string;
  readonly owner: number;
  readonly record: ReadyRecord;
}

async function prepare(company: Company, stored: StoredImport, choices: Choices, job: Job): Promise<Prepared> {
  const plan = planOf(company, stored.type);
  const definition = company.catalogue.get(stored.type);
  const files = filesOf(company, stored.id);
  const decide = deciding(plan, company.catalogue, choices);
  for await (const row of readLines<CheckedRow>(files.rows)) {
    decide.take(row);
    await job.breathe();
  }
  const { intake } = decide;
  const rejected = await writeLines(files.rejected);
  for (const row of intake.rejected) await rejected.write(row);
  await rejected.close();
  job.progress.total = 2 * (intake.fresh.length + intake.changes.length);
  const onReady = (count: number): void => {
    job.progress.done += count;
  };
  const ready = await prepareRecords(definition, intake.fresh, { breathe: job.breathe, onReady });
  const companions = await readyCompanions(company, plan, intake.fresh, job);
  return { plan, definition, intake, ready, companions };
}

async function readyCompanions(company: Company, plan: ImportPlan, fresh: readonly FreshRecord[], job: Job): Promise<ReadyCompanion[]> {
  const companions: ReadyCompanion[] = [];
  for (const [name, rule] of Object.entries(plan.companions)) {
    if (rule.kind !== 'record') continue;
    const mine = fresh.flatMap(({ row, companions: brought }, owner) =>
      brought.filter((one) => one.name === name).map(({ draft }) => ({ row, draft, owner })),
    );
    const records = await prepareRecords(company.catalogue.get(rule.type), mine, { breathe: job.breathe, onReady: () => undefined });
    companions.push(...mine.flatMap(({ owner }, at) => (records[at] ? [{ name, owner, record: records[at] }] : [])));
  }
  return companions;
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
  const made = await makeMissing(work, plan, intake, { missing: stored.content.missing, importId: id });
  for (const [at, fresh] of intake.fresh.entries()) resolveReady(definition, ready[at], fresh, made);
  await refuseGoneLinks(work, definition, ready);
  await refuseTaken(work, definition, intake.fresh);
  const ids = await storeMany(work, definition, ready, storing);
  await audience.tellOf(
    definition,
    ready.map(({ values }, at) => ({ id: ids[at] ?? 0, values })),
  );
  const companions = await storeCompanions(work, prepared, { ids, made, storing, audience });
  const changed = await applyChanges(work, { plan, definition, intake, made, storing });
  const documents = await postDocuments(work, { plan, fresh: intake.fresh, ids, made, storing });
  const result: ImportResult = {
    added: ids.length,
    updated: intake.changes.filter((change) => change.how === 'update').length,
    merged: intake.merged + intake.changes.filter((change) => change.how === 'merge').length,
    rejected: intake.rejected.length,
    companions: { ...made.counts, ...companions, ...changed.added, ...documents.counts },
  };
  await writeAudit(work, { action: 'import', type: definition.type, recordId: id, changes: { file: stored.name, ...result } });
  await saveImport(work, id, {
    state: 'done',
    content: { ...stored.content, result, changed: changed.changed, versions: documents.versions },
  });
  await job.breathe();
}

function resolveReady(definition: Definition, ready: ReadyRecord | undefined, fresh: FreshRecord, made: MadeEntries): void {
  if (!ready) return;
  for (const link of fresh.pending) {
    if (link.part === undefined) setValue(definition, ready, link.field, resolve(made, link));
    else {
      const row = ready.parts[link.part]?.[link.index ?? 0];
      if (row) row[link.field] = resolve(made, link);
    }
  }
}

async function storeCompanions(
  work: Work,
  prepared: Prepared,
  of: { ids: readonly number[]; made: MadeEntries; storing: Storing; audience: Audience },
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [name, rule] of Object.entries(prepared.plan.companions)) {
    if (rule.kind !== 'record') continue;
    const mine = prepared.companions.filter((companion) => companion.name === name);
    const definition = work.company.catalogue.get(rule.type);
    for (const { owner, record } of mine) {
      setValue(definition, record, rule.link, of.ids[owner] ?? null);
      for (const [field, from] of Object.entries(rule.copies ?? {}))
        setValue(definition, record, field, prepared.ready[owner]?.values[from] ?? null);
      for (const link of prepared.intake.fresh[owner]?.companions.find((one) => one.name === name)?.pending ?? []) {
        setValue(definition, record, link.field, resolve(of.made, link));
      }
    }
    const records = mine.map(({ record }) => record);
    const ids = await storeMany(work, definition, records, { ...of.storing, onStored: () => undefined });
    // Whoever hears of the record itself looks at its companions anew.
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
