import { decisionFor } from '../../../../shared/exchange/decisions.ts';
import type { CellRemark, Decisions, ExistingRule } from '../../../../shared/exchange/importAnswers.ts';
import type { Companion, ImportPlan } from '../../../../shared/exchange/importPlan.ts';
import type { Catalogue } from '../../../../shared/kernel/catalogue.ts';
import type { RecordDraft } from '../../../../shared/kernel/checkRecord.ts';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import { waits } from './checkImport.ts';
import type { CheckedRow, CompanionDraft, PendingLink } from './rowReading.ts';

/** What is to be done, worked out before the transaction begins. */
export interface Intake {
  readonly fresh: FreshRecord[];
  readonly changes: RecordChangeWish[];
  readonly rejected: RejectedRow[];
  merged: number;
}

export interface FreshRecord {
  readonly row: number;
  /** The type it becomes, where that is not the plan's own. */
  readonly type?: string;
  readonly draft: RecordDraft;
  readonly pending: PendingLink[];
  readonly companions: FreshCompanion[];
  readonly fold: string | null;
}

export interface FreshCompanion {
  readonly name: string;
  readonly draft: RecordDraft;
  readonly pending: PendingLink[];
}

/** A record of the company that a row changes: everything the row fills, or only what is empty there. */
export interface RecordChangeWish {
  readonly row: number;
  readonly id: number;
  readonly how: 'update' | 'merge';
  readonly draft: RecordDraft;
  readonly given: readonly string[];
  readonly pending: readonly PendingLink[];
  readonly companions: Readonly<Record<string, CompanionDraft>>;
}

export interface RejectedRow {
  readonly row: number;
  readonly reasons: readonly CellRemark[];
}

export interface Choices {
  readonly decisions: Decisions;
  readonly existing: ExistingRule;
}

/** Where the record of a row ended up. */
type Outcome = { readonly fresh: FreshRecord } | { readonly id: number } | null;

/** Takes checked rows one after the other, in the order of the file, and sorts out what becomes of each. */
export function deciding(plan: ImportPlan, catalogue: Catalogue, choices: Choices) {
  const intake: Intake = { fresh: [], changes: [], rejected: [], merged: 0 };
  const outcomes = new Map<number, Outcome>();
  const folds = new Set<string>();

  return { intake, take: (row: CheckedRow): void => void outcomes.set(row.row, outcomeOf(row)) };

  function outcomeOf(row: CheckedRow): Outcome {
    if (row.problems.length > 0) return reject(row, ...row.problems);
    if (row.kind === 'clean') return add(row);
    if (row.kind === 'existing') return meetExisting(row);
    if (!waits(plan, row.kind)) return reject(row, reasonOf(row));
    const decision = decisionFor(choices.decisions, row);
    if (decision === 'take') return add(row);
    if (decision === 'mergeInto' && row.match) return merge(row);
    return reject(row, reasonOf(row));
  }

  function add(row: CheckedRow): Outcome {
    if (row.fold !== null && folds.has(row.fold))
      return reject(row, {
        code: 'record.duplicate',
        facts: { title: row.match?.title ?? row.title, owner: '', count: 1 },
        text: row.title,
      });
    if (row.fold !== null) folds.add(row.fold);
    const own = row.pending.filter((link) => link.companion === null);
    const type = row.type === undefined ? {} : { type: row.type };
    const fresh: FreshRecord = { row: row.row, ...type, draft: row.draft, pending: own, companions: companionsOf(row), fold: row.fold };
    intake.fresh.push(fresh);
    return { fresh };
  }

  function meetExisting(row: CheckedRow): Outcome {
    if (choices.existing === 'update') return change(row, 'update');
    return reject(row, reasonOf(row));
  }

  function merge(row: CheckedRow): Outcome {
    if (row.match?.row === undefined) return change(row, 'merge');
    const before = outcomes.get(row.match.row);
    // Of rows that mean one record the first that is not left out makes it.
    if (!before) return add(row);
    if ('id' in before) return change({ ...row, match: { ...row.match, id: before.id, changeable: true } }, 'merge');
    fillGaps(catalogue, plan, before.fresh, row);
    intake.merged += 1;
    return before;
  }

  function change(row: CheckedRow, how: RecordChangeWish['how']): Outcome {
    const { match } = row;
    if (match?.id === undefined || !match.changeable)
      return reject(row, { code: 'import.notChangeable', facts: { title: match?.title ?? '' }, text: row.title });
    const { draft, given, pending, companions } = row;
    intake.changes.push({ row: row.row, id: match.id, how, draft, given, pending, companions });
    return { id: match.id };
  }

  function reject(row: CheckedRow, ...reasons: CellRemark[]): null {
    intake.rejected.push({ row: row.row, reasons });
    return null;
  }
}

/** Refuses 'import.undecided' {count} while rows wait for a person who has said nothing about them, or something that cannot be done. */
export function refuseUndecided(rows: readonly CheckedRow[], plan: ImportPlan, decisions: Decisions): void {
  const open = rows.filter((row) => row.problems.length === 0 && waits(plan, row.kind) && decisionFor(decisions, row) === undefined);
  if (open.length > 0) throw new Refusal('import.undecided', { count: open.length, rows: open.slice(0, 20).map((row) => row.row) });
}

/** Why a row that has no wrong cell is left out: `import.nearDuplicate` and the like. */
export function reasonOf(row: CheckedRow): CellRemark {
  return { code: `import.${row.kind}`, facts: { row: row.match?.row ?? null, title: row.match?.title ?? row.title }, text: row.title };
}

const companionsOf = (row: CheckedRow): FreshCompanion[] =>
  Object.entries(row.companions).map(([name, { draft }]) => ({
    name,
    draft,
    pending: row.pending.filter((link) => link.companion === name),
  }));

/** Gives a record that is about to be made what it lacks and a later row of the same file knows. */
function fillGaps(catalogue: Catalogue, plan: ImportPlan, into: FreshRecord, row: CheckedRow): void {
  const filled = fillValues(into.draft.values, row.draft.values, row.given);
  into.pending.push(...row.pending.filter((link) => link.companion === null && link.part === undefined && filled.has(link.field)));
  for (const [name, { draft, given }] of Object.entries(row.companions)) {
    const rule = plan.companions[name];
    // What lay in stock was counted with the first row.
    if (rule?.kind !== 'record') continue;
    const { title } = catalogue.get(rule.type);
    const same = into.companions.find((one) => one.name === name && one.draft.values[title] === draft.values[title]);
    if (same) fillValues(same.draft.values, draft.values, given);
    else into.companions.push({ name, draft: asFurther(rule, draft), pending: row.pending.filter((link) => link.companion === name) });
  }
}

function fillValues(into: RecordDraft['values'], from: RecordDraft['values'], given: readonly string[]): Set<string> {
  const gaps = given.filter((field) => isEmpty(into[field]) && !isEmpty(from[field]));
  for (const field of gaps) into[field] = from[field] ?? null;
  return new Set(gaps);
}

export const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '';

/** A companion that is not the first of its record does not carry the flag of the main one. */
export const asFurther = (rule: Extract<Companion, { kind: 'record' }>, draft: RecordDraft): RecordDraft =>
  rule.mainFlag ? { ...draft, values: { ...draft.values, [rule.mainFlag]: false } } : draft;
