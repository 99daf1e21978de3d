import type { BookRow } from '../../../shared/contracts/trade.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { refuseUnlessSeen } from '../../access/visibility.ts';
import { writeAudit } from '../../engine/audit.ts';
import type { Work } from '../../work.ts';

/**
 * Notes that entries of an account's book stand on the bank's statement too, or takes that back. Entries are named by their first
 * move. Refuses 'record.notFound' for an account or entries that are not there.
 */
export async function reconcile(work: Work, account: number, of: { entries: readonly number[]; isReconciled: boolean }): Promise<void> {
  await refuseUnlessSeen(work, work.company.catalogue.get('account'), account);
  const entries = [...new Set(of.entries)];
  const known = await work.tx('moves').where({ ledger: 'cash', subject: account }).whereIn('id', entries).select('id');
  if (known.length !== entries.length) throw new Refusal('record.notFound', { type: 'account', id: account });
  if (of.isReconciled) {
    const rows = entries.map((entry) => ({ entry, account, at: work.now, actor: work.actor.userId }));
    if (rows.length > 0) await work.tx('reconciled_entries').insert(rows).onConflict('entry').ignore();
  } else await work.tx('reconciled_entries').where({ account }).whereIn('entry', entries).delete();
  await writeAudit(work, {
    action: of.isReconciled ? 'reconcile' : 'unreconcile',
    type: 'account',
    recordId: account,
    changes: { entries: entries.length },
  });
}

/** The rows of an account's book with what was found on the bank's statement. */
export async function withReconciled(work: Work, rows: readonly BookRow[]): Promise<BookRow[]> {
  const entries = rows.map(({ entry }) => entry);
  const found = new Set<number>();
  for (let start = 0; start < entries.length; start += 500) {
    const ticked = await work
      .tx('reconciled_entries')
      .whereIn('entry', entries.slice(start, start + 500))
      .select('entry');
    for (const { entry } of ticked as { entry: number }[]) found.add(entry);
  }
  return rows.map((row) => ({ ...row, isReconciled: found.has(row.entry) }));
}
