import type { ImportAnswer, ImportRowAnswer } from '../../../../shared/exchange/importAnswers.ts';
import { look } from '../../../engine/transact.ts';
import type { Actor, Company, Work } from '../../../work.ts';
import { filesOf, readLines } from './importFiles.ts';
import { listImports, loadImport, planOf, type StoredImport } from './importStore.ts';
import { jobOf } from './jobs.ts';
import type { CheckedRow } from './rowReading.ts';
import { columnAnswers, targetsFor } from './targets.ts';

/** Where an import stands, with the first rows that need a look. Refuses 'import.notFound'. */
export async function importStatus(company: Company, actor: Actor, id: number): Promise<ImportAnswer> {
  const answer = await look(company, actor, async (work) => statusOf(work, await loadImport(work, id)));
  // While a check runs its list is being written.
  const problems = answer.state === 'checking' ? [] : (await importRows(company, actor, id, { limit: problemsShown })).rows;
  return { ...answer, problems };
}

/** The latest imports, without columns and rows. */
export function importHistory(company: Company, actor: Actor): Promise<Omit<ImportAnswer, 'problems' | 'targets' | 'columns'>[]> {
  return look(company, actor, async (work) => {
    const rows: Omit<ImportAnswer, 'problems' | 'targets' | 'columns'>[] = [];
    for (const stored of await listImports(work, historyMax)) {
      const { columns: _columns, targets: _targets, problems: _problems, ...answer } = await statusOf(work, stored, { brief: true });
      rows.push(answer);
    }
    return rows;
  });
}

/**
 * The rows that are not simply taken or come with a remark, a page at a time in the order of the file: all, those of one
 * verdict (`kind`), or those with remarks (`kind` 'remarks'). `after` is the last row of the page before.
 */
export async function importRows(
  company: Company,
  actor: Actor,
  id: number,
  page: { kind?: string | undefined; after?: number | undefined; limit?: number },
): Promise<{ rows: ImportRowAnswer[]; next: number | null }> {
  const stored = await look(company, actor, (work) => loadImport(work, id));
  const limit = page.limit ?? rowsPerPage;
  const rows: ImportRowAnswer[] = [];
  for await (const row of readLines<CheckedRow>(filesOf(company, stored.id).remarkable)) {
    if (row.row <= (page.after ?? 0) || !isOfKind(row, page.kind)) continue;
    if (rows.length === limit) return { rows, next: rows.at(-1)?.row ?? null };
    rows.push(answerFrom(row));
  }
  return { rows, next: null };
}

const problemsShown = 50;
const rowsPerPage = 100;
const historyMax = 50;

const isOfKind = (row: CheckedRow, kind: string | undefined): boolean =>
  kind === undefined || row.kind === kind || (kind === 'remarks' && row.remarks.length > 0);

const answerFrom = ({ row, kind, title, problems, remarks, match }: CheckedRow): ImportRowAnswer => ({
  row,
  kind,
  title,
  problems,
  remarks,
  ...(match ? { match } : {}),
});

async function statusOf(work: Work, stored: StoredImport, options: { brief?: boolean } = {}): Promise<ImportAnswer> {
  const { content } = stored;
  const job = jobOf(work.company, stored.id);
  const plan = planOf(work.company, stored.type);
  const person = (await work.tx('users').where({ id: stored.createdBy }).first('name')) as { name: string } | undefined;
  return {
    id: stored.id,
    type: stored.type,
    name: stored.name,
    state: job?.kind ?? stored.state,
    createdAt: stored.createdAt,
    createdBy: stored.createdBy,
    createdByName: person?.name ?? '',
    finishedAt: stored.finishedAt,
    undoneAt: stored.undoneAt,
    progress: job ? { ...job.progress } : null,
    columns: options.brief ? [] : columnAnswers(work, plan, content.columns, content.mapping),
    targets: options.brief ? [] : targetsFor(work, plan),
    options: content.options,
    counts: content.counts,
    waiting: content.waiting,
    choices: content.choices,
    remarks: content.remarks,
    missing: content.missing.map(({ key: _key, ...entry }) => entry),
    ...(content.result ? { result: content.result } : {}),
    ...(content.problem && !job ? { problem: content.problem } : {}),
    problems: [],
  };
}
