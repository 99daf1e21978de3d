import type { Decision, Decisions, ExistingRule, ImportAnswer } from '../../../shared/exchange/importAnswers.ts';

/**
 * How many rows the import will bring in: the clean ones, those a person takes or merges, and existing ones where they are updated or
 * added. Decisions about single rows count against those of their kind; `kindOf` tells the kind of a row.
 */
export function takenCount(
  answer: Pick<ImportAnswer, 'counts' | 'waiting'>,
  decisions: Decisions,
  existing: ExistingRule,
  kindOf: (row: string) => string | undefined,
): number {
  const base = (answer.counts.clean ?? 0) + (existing === 'skip' ? 0 : (answer.counts.existing ?? 0));
  const isTaken = (decision: Decision | undefined) => decision === 'take' || decision === 'mergeInto';
  return Object.entries(answer.waiting).reduce((sum, [kind, count]) => {
    const own = Object.entries(decisions.rows ?? {}).filter(([row]) => kindOf(row) === kind);
    const taken = own.filter(([, decision]) => isTaken(decision)).length;
    const rest = isTaken(decisions.kinds?.[kind] ?? decisions.all) ? count - own.length : 0;
    return sum + taken + rest;
  }, base);
}

/** The decision that counts for a row: its own, else that of its kind, else the one for all; without any it is left out. */
export function decisionFor(decisions: Decisions, row: { row: number; kind: string }): Decision {
  return decisions.rows?.[String(row.row)] ?? decisions.kinds?.[row.kind] ?? decisions.all ?? 'skip';
}
