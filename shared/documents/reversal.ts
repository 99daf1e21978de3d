import type { State, Step } from '../kernel/definition.ts';
import { link } from '../kernel/fields.ts';

/** The two sides of a reversal know each other. */
export const reversalFields = (type: string) => ({
  reversalOf: link(type, { derived: true, indexed: true, group: 'reversal' }),
  reversedBy: link(type, { derived: true, group: 'reversal' }),
});

/** What was reversed, and the document that reversed it: both stay as they are for good. */
export const reversalStates = {
  reversed: { editable: 'none', look: 'void' },
  reversal: { editable: 'none', look: 'void' },
} as const satisfies Readonly<Record<string, State>>;

/**
 * Red-letter reversal (红冲) of a posted document: a second document of today takes back what the first one moved, because a
 * closed period is never changed. In an open period taking back is enough.
 */
export const reverseStep = {
  from: ['posted'],
  to: 'reversed',
  operation: 'void',
  undoes: ['post'],
  reversesInto: 'reversal',
  dated: 'today',
  asksReason: true,
  danger: true,
} as const satisfies Step;
