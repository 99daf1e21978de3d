import { choicesFor } from '../../../../shared/exchange/decisions.ts';
import type { Decision, ImportOptions, RowChoices } from '../../../../shared/exchange/importAnswers.ts';
import type { ImportPlan } from '../../../../shared/exchange/importPlan.ts';
import type { Definition } from '../../../../shared/kernel/definition.ts';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import { columnOf, tableOf } from '../../../database/tables.ts';
import { defaultsFor } from '../../../engine/defaults.ts';
import { mayFill } from '../../../engine/formRules.ts';
import { currenciesOf } from '../../../engine/store.ts';
import { look, transact } from '../../../engine/transact.ts';
import type { Actor, Company, Work } from '../../../work.ts';
import { CSV_SHEET } from '../workbook/readCsv.ts';
import { readWorkbook } from '../workbook/readWorkbook.ts';
import { checkRow } from './checkRow.ts';
import { rehearse } from './documentRows.ts';
import { filesOf, writeLines } from './importFiles.ts';
import { type ImportContent, importable, loadImport, refuseUnless, type StoredImport, saveImport } from './importStore.ts';
import { type Job, startJob } from './jobs.ts';
import { loadLookups } from './lookups.ts';
import type { CheckedRow, RowSetting } from './rowReading.ts';
import { type MappedColumn, mapped } from './targets.ts';
import { refusingContradictions } from './things.ts';
import { judge, matchesInCompany } from './verdicts.ts';

export interface CheckRequest {
  readonly mapping?: Readonly<Record<string, string | null>>;
  readonly options?: Partial<ImportOptions>;
}

/**
 * Begins the dry run: every row is read, checked and compared, nothing is stored but what was found. Refuses
 * 'import.notFound', 'import.notNow', 'import.busy', 'import.unknownTarget', 'import.columnTwice', 'import.nameMissing'.
 */
export async function checkImport(company: Company, actor: Actor, id: number, request: CheckRequest): Promise<Job> {
  const { stored, setting, plan } = await look(company, actor, (work) => prepare(work, id, request));
  return startJob(company, id, 'checking', async (job) => {
    try {
      const content = await checkRows(company, actor, { stored, setting, plan, job });
      await transact(company, actor, (work) => saveImport(work, id, { state: 'checked', content }));
    } catch (fault) {
      await endBadly(company, actor, stored, fault);
    }
  });
}

/** Stores that work for an import came to nothing, and why. A fault of ours goes to the log besides. */
export async function endBadly(company: Company, actor: Actor, stored: StoredImport, fault: unknown): Promise<void> {
  const isCancelled = fault instanceof Refusal && (fault.code === 'import.cancelled' || fault.code === 'workbook.cancelled');
  if (!(fault instanceof Refusal)) company.report(fault);
  const problem = fault instanceof Refusal ? { code: fault.code, facts: fault.facts } : { code: 'import.fault', facts: {} };
  const content = isCancelled ? stored.content : { ...stored.content, problem };
  await transact(company, actor, (work) => saveImport(work, stored.id, { state: isCancelled ? 'cancelled' : 'failed', content }));
}

async function prepare(work: Work, id: number, request: CheckRequest) {
  const before = await loadImport(work, id);
  refuseUnless(before, 'read', 'checked', 'failed');
  const { definition, plan } = await importable(work, before.type);
  const { problem: _gone, result: _none, ...kept } = before.content;
  const mapping = { ...kept.mapping, ...request.mapping };
  const options = { ...kept.options, ...request.options };
  const stored: StoredImport = { ...before, content: { ...kept, mapping, options } };
  const columns = mapped(work, plan, kept.columns, mapping);
  const currencies = await currenciesOf(work);
  const setting: RowSetting = {
    plan,
    definition,
    columns,
    companions: await companionsOf(work, plan),
    lookups: await loadLookups(work, plan, columns, options.createMissing),
    defaults: await defaultsFor(work, definition, {}),
    mayFill: mayFill(work, definition),
    departments: await departmentsOf(work),
    ownerless:
      options.ownerless === 'importer'
        ? { owner: work.actor.userId || null, department: work.actor.departmentId || null }
        : { owner: null, department: null },
    today: work.today,
    baseDigits: currencies.find((currency) => currency.main === 1)?.digits ?? 2,
    isAllText: kept.sheet === CSV_SHEET,
    moneyBy: await moneyBy(work, definition, columns),
  };
  return { stored, plan, setting };
}

async function companionsOf(work: Work, plan: ImportPlan): Promise<RowSetting['companions']> {
  const companions: Record<string, RowSetting['companions'][string]> = {};
  for (const [name, rule] of Object.entries(plan.companions)) {
    const definition = work.company.catalogue.get(rule.type);
    companions[name] = { rule, definition, defaults: await defaultsFor(work, definition, {}) };
  }
  return companions;
}

/** Money of a document is in the currency its row names, or in that of the record whose currency the document takes over. */
async function moneyBy(work: Work, definition: Definition, columns: readonly MappedColumn[]): Promise<RowSetting['moneyBy']> {
  const copied = definition.copies?.currency;
  const field = copied?.link ?? 'currency';
  const link = columns.find(({ target }) => target === field)?.field;
  if (!definition.fields.currency || link?.kind !== 'link') return null;
  const digits = new Map((await currenciesOf(work)).map((currency) => [currency.id, currency.digits]));
  if (!copied) return { field, digits };
  const holders = (await work
    .tx(tableOf(work.company.catalogue.get(link.to)))
    .whereNull('deleted_at')
    .select('id', { currency: columnOf(copied.field) })) as { id: number; currency: number }[];
  return { field, digits: new Map(holders.map(({ id, currency }) => [id, digits.get(currency) ?? 2])) };
}

async function departmentsOf(work: Work): Promise<Map<number, number>> {
  const rows = (await work.tx('users').whereNull('deleted_at').select('id', 'department')) as { id: number; department: number }[];
  return new Map(rows.map((row) => [row.id, row.department]));
}

interface Checking {
  readonly stored: StoredImport;
  readonly plan: ImportPlan;
  readonly setting: RowSetting;
  readonly job: Job;
}

const rowsPerBatch = 500;

async function checkRows(company: Company, actor: Actor, checking: Checking): Promise<ImportContent> {
  const { stored, job, setting } = checking;
  const { sheet, headingRow } = stored.content;
  const files = filesOf(company, stored.id);
  const out = { all: await writeLines(files.rows), remarkable: await writeLines(files.remarkable) };
  const tally = tallying(checking);
  const reader = await readWorkbook(files.upload, {
    signal: job.abort.signal,
    onProgress: ({ rows, share }) => {
      job.progress.total = Math.round(rows / Math.max(share, 0.001));
    },
  });
  const verdict = judge(checking.plan, setting.definition);
  const refuseContradiction = refusingContradictions(setting);
  let batch: CheckedRow[] = [];
  const finish = async (): Promise<void> => {
    const found = await look(company, actor, async (work) => {
      if (checking.plan.document) await rehearse(work, setting, checking.plan.document, batch);
      return matchesInCompany(work, checking.plan, setting.definition, batch);
    });
    for (const row of batch) {
      refuseContradiction(row);
      verdict(row, found.get(row.row));
      tally.add(row);
      await out.all.write(row);
      if (row.kind !== 'clean' || row.remarks.length > 0) await out.remarkable.write(row);
    }
    batch = [];
  };
  try {
    for await (const row of reader.rows(sheet)) {
      if (row.row <= headingRow) continue;
      batch.push(checkRow(setting, row));
      job.progress.done += 1;
      if (batch.length === rowsPerBatch) await finish();
      await job.breathe();
    }
    await finish();
  } finally {
    await out.all.close();
    await out.remarkable.close();
  }
  return { ...stored.content, ...tally.result(), missing: [...setting.lookups.missing.values()] };
}

/** Counts rows by verdict, those that wait for a person, and those that come with remarks. */
function tallying({ plan }: Checking) {
  const counts: Record<string, number> = { rows: 0, clean: 0 };
  const waiting: Record<string, number> = {};
  const choices: Record<string, RowChoices> = {};
  let remarks = 0;
  const addChoices = (row: CheckedRow): void => {
    const possible = choicesFor(row);
    const known = choices[row.kind] ?? { take: 0, mergeInto: 0 };
    const one = (decision: Decision): number => (possible.includes(decision) ? 1 : 0);
    choices[row.kind] = { take: known.take + one('take'), mergeInto: known.mergeInto + one('mergeInto') };
  };
  return {
    add(row: CheckedRow): void {
      counts.rows = (counts.rows ?? 0) + 1;
      counts[row.kind] = (counts[row.kind] ?? 0) + 1;
      if (row.remarks.length > 0) remarks += 1;
      if (row.problems.length > 0) return;
      if (waits(plan, row.kind)) waiting[row.kind] = (waiting[row.kind] ?? 0) + 1;
      if (waits(plan, row.kind) || row.kind === 'existing') addChoices(row);
    },
    result: () => ({ counts, waiting, choices, remarks }),
  };
}

/** Whether a person has to say what becomes of rows of this kind. */
export const waits = (plan: ImportPlan, kind: string): boolean => kind === plan.verdicts.like.kind || kind === 'formulaText';
