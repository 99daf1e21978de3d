import type { AnyRecord, Guard, PostingResult } from '../../kernel/definition.ts';
import { reversalStates, reverseStep } from '../reversal.ts';
import { mayUndo } from './settling.ts';

export const settlementStates = {
  draft: { editable: 'all', look: 'draft', deletable: true },
  posted: { editable: ['remark'], look: 'done' },
  void: { editable: 'none', look: 'void' },
  ...reversalStates,
} as const;

/** The life of everything that settles debts without any money: it stands until somebody with the right undoes it. */
export const settlementSteps = (of: {
  name: string;
  requires: readonly Guard[];
  undone?: readonly Guard[];
  moves: (document: AnyRecord) => PostingResult;
}) =>
  ({
    post: {
      from: ['draft'],
      to: 'posted',
      operation: 'approve',
      requires: of.requires,
      posts: { name: of.name, moves: of.moves },
      feeds: true,
    },
    takeBack: {
      from: ['posted'],
      to: 'draft',
      operation: 'void',
      undoes: ['post'],
      requires: [mayUndo, ...(of.undone ?? [])],
      asksReason: true,
    },
    reverse: { ...reverseStep, requires: [mayUndo, ...(of.undone ?? [])] },
    void: { from: ['draft'], to: 'void', operation: 'void', asksReason: true, danger: true },
  }) as const;

/** As much is used of what is held as is paid of what is owed. */
export const balanced: Guard = {
  name: 'balanced',
  check: ({ values }) =>
    Number(values.difference) === 0
      ? null
      : { code: 'money.unbalanced', facts: { allocated: Number(values.allocated), credited: Number(values.credited) } },
};
