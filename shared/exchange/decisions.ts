import type { Decision, Decisions, ImportRowAnswer } from './importAnswers.ts';

/**
 * What a person may decide about a row that waits; whatever is offered here can be done. A row that bears the name of another
 * cannot become a record of its own, and a row is merged only into what the person may change.
 */
export function choicesFor({ match }: Pick<ImportRowAnswer, 'match'>): readonly Decision[] {
  const isTwin = match?.likeness === 'exact';
  const canMerge = match !== undefined && match.changeable !== false && (match.row !== undefined || match.id !== undefined);
  return ['skip', ...(isTwin ? [] : ['take' as const]), ...(canMerge ? ['mergeInto' as const] : [])];
}

/**
 * The decision that counts for a row: its own, else that of its kind, else the one for all. One for many leaves out the rows
 * for which it is no choice; one for the row itself that is no choice decides nothing.
 */
export function decisionFor(decisions: Decisions, row: Pick<ImportRowAnswer, 'row' | 'kind' | 'match'>): Decision | undefined {
  const choices = choicesFor(row);
  const own = decisions.rows?.[String(row.row)];
  if (own !== undefined) return choices.includes(own) ? own : undefined;
  const forMany = decisions.kinds?.[row.kind] ?? decisions.all;
  return forMany === undefined || choices.includes(forMany) ? forMany : 'skip';
}
