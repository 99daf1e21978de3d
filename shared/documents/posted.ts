import type { Guard, Posting, State, Step } from '../kernel/definition.ts';
import { reversalStates, reverseStep } from './reversal.ts';

/** The life of a document that is confirmed at once: a draft, posted, or void; what stands in `editable` may be written afterwards. */
export const postedStates = (editable: readonly string[]) =>
  ({
    draft: { editable: 'all', look: 'draft', deletable: true, watermark: true },
    posted: { editable, look: 'done' },
    void: { editable: 'none', look: 'void' },
    ...reversalStates,
  }) as const satisfies Readonly<Record<string, State>>;

interface PostedLife {
  readonly posts: Posting;
  readonly requires: readonly Guard[];
  /** What must hold before it is taken back, or reversed in a closed period. */
  readonly undoRequires: readonly Guard[];
}

/** Posted by who may approve it, which feeds what it came from; taken back as a whole, reversed in a closed period, void while it is a draft. */
export const postedSteps = ({ posts, requires, undoRequires }: PostedLife) =>
  ({
    post: { from: ['draft'], to: 'posted', operation: 'approve', requires, posts, feeds: true },
    takeBack: { from: ['posted'], to: 'draft', operation: 'void', undoes: ['post'], requires: undoRequires, asksReason: true },
    reverse: { ...reverseStep, requires: undoRequires },
    void: { from: ['draft'], to: 'void', operation: 'void', asksReason: true, danger: true },
  }) as const satisfies Readonly<Record<string, Step>>;
