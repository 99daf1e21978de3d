import type { GapsAnswer } from '../../../../shared/contracts/trade.ts';

/** One number that has no valid document. */
export interface GapRow {
  at: number;
  number: string;
  kind: 'missing' | 'void' | 'deleted' | 'red' | 'skipped';
  /** The record, where there is one. */
  id: number | null;
  /** The number with `…` where the serial stands. */
  period: string;
  /** The last serial that was drawn in the period. */
  last: number;
  /** Why a number was left out; none means after a restore. */
  reason?: string | null;
}

/** Gaps by period as the server tells them, in one list in the order of the numbers within each period. */
export function gapRowsOf(pages: readonly GapsAnswer[]): GapRow[] {
  const rows = pages.flatMap((page) => page.rows).flatMap(rowsOfPeriod);
  return rows.map((row, at) => ({ ...row, at }));
}

function rowsOfPeriod({ period, last, ...found }: GapsAnswer['rows'][number]): Omit<GapRow, 'at'>[] {
  const of = { period: period.replace('#', '…'), last };
  return [
    ...found.missing.map((number) => ({ number, kind: 'missing' as const, id: null, ...of })),
    ...found.void.map(({ id, number }) => ({ number, kind: 'void' as const, id, ...of })),
    ...found.skipped.map(({ number, reason }) => ({ number, kind: 'skipped' as const, id: null, reason, ...of })),
    ...(found.red ?? []).map(({ id, number }) => ({ number, kind: 'red' as const, id, ...of })),
    ...found.deleted.map(({ id, number }) => ({ number, kind: 'deleted' as const, id, ...of })),
  ].sort((a, b) => (a.number < b.number ? -1 : 1));
}
