import type { ImportOptions, ImportResult, ImportState, MissingEntry, RowChoices } from '../../../../shared/exchange/importAnswers.ts';
import type { ImportPlan } from '../../../../shared/exchange/importPlan.ts';
import { importPlanOf } from '../../../../shared/exchange/importPlans.ts';
import type { Definition } from '../../../../shared/kernel/definition.ts';
import { type Facts, Refusal } from '../../../../shared/kernel/refusal.ts';
import { refuseUnlessMay } from '../../../access/visibility.ts';
import type { Company, Work } from '../../../work.ts';
import { refuseLockedOpening } from '../../goLive/openings.ts';

/** An import as it is kept. What runs at the moment is not: a process that is killed leaves the state before. */
export interface StoredImport {
  readonly id: number;
  readonly type: string;
  readonly state: Exclude<ImportState, 'checking' | 'committing'>;
  readonly name: string;
  readonly content: ImportContent;
  readonly createdAt: string;
  readonly createdBy: number;
  readonly finishedAt: string | null;
  readonly undoneAt: string | null;
}

export interface ImportContent {
  readonly sheet: string;
  readonly headingRow: number;
  readonly columns: readonly SheetColumn[];
  /** Target by position of the column. */
  readonly mapping: Readonly<Record<string, string | null>>;
  readonly options: ImportOptions;
  readonly counts: Readonly<Record<string, number>>;
  readonly waiting: Readonly<Record<string, number>>;
  readonly choices: Readonly<Record<string, RowChoices>>;
  readonly remarks: number;
  readonly missing: readonly KeyedEntry[];
  readonly result?: ImportResult;
  readonly problem?: { readonly code: string; readonly facts: Facts };
  /** Type, id and version of every record that was there before and was changed. */
  readonly changed?: readonly [type: string, id: number, version: number][];
  /** The version in which the import left what it made, where it is not the first. */
  readonly versions?: Readonly<Record<string, number>>;
}

/** An entry that will be made, under the key by which rows ask for it. */
export type KeyedEntry = MissingEntry & { readonly key: string };

export interface SheetColumn {
  readonly index: number;
  readonly header: string;
  readonly sample: readonly string[];
  readonly isNumber: boolean;
}

export const defaultOptions: ImportOptions = { createMissing: true, ownerless: 'importer' };

/**
 * The definition and plan of a type that the actor may import. Refuses 'record.unknownType', 'import.notImportable', 'access.denied' and
 * 'opening.locked' for opening figures of a company that is live.
 */
export async function importable(work: Work, type: string): Promise<{ definition: Definition; plan: ImportPlan }> {
  const definition = work.company.catalogue.find(type);
  if (!definition) throw new Refusal('record.unknownType', { type });
  const plan = importPlanOf(definition);
  if (!plan) throw new Refusal('import.notImportable', { type });
  refuseUnlessMay(work, definition, 'create');
  if (plan.document) refuseUnlessMay(work, definition, 'approve');
  await refuseLockedOpening(work, definition);
  return { definition, plan };
}

/** The plan of an import that was begun. */
export function planOf(company: Company, type: string): ImportPlan {
  const plan = importPlanOf(company.catalogue.get(type));
  if (!plan) throw new Error(`${type} has no import plan`);
  return plan;
}

/** Reads an import; with `lock` it stays locked until the transaction ends. Refuses 'import.notFound' also for other people's. */
export async function loadImport(work: Work, id: number, options: { lock?: boolean } = {}): Promise<StoredImport> {
  const query = work.tx('imports').where({ id });
  const [row] = (await (options.lock ? work.company.store.dialect.forUpdate(query) : query)) as ImportRow[];
  const isMine = row && (work.actor.administrator || row.created_by === work.actor.userId);
  if (!isMine) throw new Refusal('import.notFound');
  return importFrom(row);
}

/** The imports of the actor, newest first; an administrator sees everybody's. */
export async function listImports(work: Work, limit: number): Promise<StoredImport[]> {
  const query = work.tx('imports').orderBy('id', 'desc').limit(limit);
  if (!work.actor.administrator) query.where({ created_by: work.actor.userId });
  return ((await query) as ImportRow[]).map(importFrom);
}

export async function insertImport(work: Work, of: { type: string; name: string; content: ImportContent }): Promise<number> {
  const row = {
    type: of.type,
    name: of.name,
    state: 'read',
    content: JSON.stringify(of.content),
    created_at: work.now,
    created_by: work.actor.userId,
  };
  const [given] = (await work.tx('imports').insert(row).returning('id')) as { id: number }[];
  return Number(given?.id);
}

/** Stores where an import has come to. */
export async function saveImport(work: Work, id: number, change: { state: StoredImport['state']; content: ImportContent }): Promise<void> {
  await work
    .tx('imports')
    .where({ id })
    .update({
      state: change.state,
      content: JSON.stringify(change.content),
      ...(['done', 'cancelled', 'failed'].includes(change.state) ? { finished_at: work.now } : {}),
      ...(change.state === 'undone' ? { undone_at: work.now } : {}),
    });
}

/** Refuses 'import.notNow' {state} unless the import is in one of the states. */
export function refuseUnless(stored: StoredImport, ...states: StoredImport['state'][]): void {
  if (!states.includes(stored.state)) throw new Refusal('import.notNow', { state: stored.state });
}

interface ImportRow {
  id: number;
  type: string;
  state: StoredImport['state'];
  name: string;
  content: string;
  created_at: string;
  created_by: number;
  finished_at: string | null;
  undone_at: string | null;
}

function importFrom(row: ImportRow): StoredImport {
  return {
    id: row.id,
    type: row.type,
    state: row.state,
    name: row.name,
    content: JSON.parse(row.content) as ImportContent,
    createdAt: row.created_at,
    createdBy: row.created_by,
    finishedAt: row.finished_at,
    undoneAt: row.undone_at,
  };
}
