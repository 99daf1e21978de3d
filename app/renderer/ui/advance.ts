import { type AdvanceProposal, advanceMax } from '../../../shared/contracts/numbering.ts';

/** The next number of a series once so many were left out. */
export function numberAfter({ next: { head, serial, digits, tail } }: AdvanceProposal, by: number): string {
  return head + String(serial + by).padStart(digits, '0') + tail;
}

/**
 * How many numbers have to be left out for a number on paper to be passed: the whole number, of today or of an earlier day, or its
 * serial alone; 0 when it was passed already, null for what is no number of the series.
 */
export function byUntil({ next: { head, serial, tail } }: AdvanceProposal, typed: string): number | null {
  const text = typed.trim();
  const [, serialOnPaper] = /^(\d{1,9})$/.exec(text) ?? [];
  const bare = text.endsWith(tail) ? text.slice(0, text.length - tail.length) : text;
  const [, digits] = /(?:^|\D)(\d{1,9})$/.exec(bare) ?? [];
  const isOfToday = serialOnPaper !== undefined || (head !== '' && bare.startsWith(head));
  const found = isOfToday && serialOnPaper === undefined ? bare.slice(head.length) : (serialOnPaper ?? digits);
  if (found === undefined || !/^\d{1,9}$/.test(found)) return null;
  // Series of other days begin with 1.
  const by = Math.max(0, isOfToday ? Number(found) - serial + 1 : Number(found));
  return by > advanceMax ? null : by;
}

/** What is left out of each series as it was proposed. */
export const asProposed = (rows: readonly AdvanceProposal[]): Record<string, number> =>
  Object.fromEntries(rows.map(({ type, by }) => [type, by]));
