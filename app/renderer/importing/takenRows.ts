import { decisionFor } from '../../../shared/exchange/decisions.ts';
import type { Decision, Decisions, ExistingRule, ImportAnswer, ImportRowAnswer } from '../../../shared/exchange/importAnswers.ts';

/**
 * How many rows the import will bring in: the clean ones, those a person takes or merges, and existing ones where they are
 * updated. `decided` are the rows about which something was said one by one, which counts against what is said of their kind.
 */
export function takenCount(
  answer: Pick<ImportAnswer, 'counts' | 'waiting' | 'choices'>,
  decisions: Decisions,
  existing: ExistingRule,
  decided: readonly Pick<ImportRowAnswer, 'row' | 'kind' | 'match'>[],
): number {
  const base = (answer.counts.clean ?? 0) + (existing === 'update' ? (answer.choices.existing?.mergeInto ?? 0) : 0);
  return Object.keys(answer.waiting).reduce((sum, kind) => {
    const own = decided.filter((row) => row.kind === kind);
    const forMany = decisions.kinds?.[kind] ?? decisions.all ?? 'skip';
    const others = own.filter((row) => isIn({ kinds: { [kind]: forMany } }, row)).length;
    return sum + possible(answer, kind, forMany) - others + own.filter((row) => isIn(decisions, row)).length;
  }, base);
}

/** What may be decided about the rows of a kind at once: whatever at least one of them allows. */
export function choicesForKind(answer: Pick<ImportAnswer, 'choices'>, kind: string): Decision[] {
  return ['skip', ...(['take', 'mergeInto'] as const).filter((decision) => possible(answer, kind, decision) > 0)];
}

const possible = ({ choices }: Pick<ImportAnswer, 'choices'>, kind: string, decision: Decision): number =>
  decision === 'skip' ? 0 : (choices[kind]?.[decision] ?? 0);

const isIn = (decisions: Decisions, row: Pick<ImportRowAnswer, 'row' | 'kind' | 'match'>): boolean =>
  (decisionFor(decisions, row) ?? 'skip') !== 'skip';
