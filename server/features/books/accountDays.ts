import type { Day } from '../../../shared/kernel/days.ts';
import type { AnyRecord } from '../../../shared/kernel/definition.ts';
import { offerEffect } from '../../engine/effects.ts';
import { lockLedger, unlockLedger } from '../../ledger/locks.ts';
import type { Work } from '../../work.ts';

/** Closing a day of an account locks its book through that day; opening it again puts the lock back to the day closed before. */
export function offerAccountDays(): void {
  offerEffect('lockAccountDay', (work, _definition, { record }) => lockThrough(work, accountOf(record), String(record.values.day)));
  offerEffect('unlockAccountDay', async (work, _definition, { record }) => {
    const account = accountOf(record);
    const before = (await work
      .tx('account_days')
      .where({ account, state: 'closed' })
      .where('day', '<', String(record.values.day))
      .whereNull('deleted_at')
      .max({ day: 'day' })
      .first()) as { day: Day | null } | undefined;
    if (before?.day) await lockThrough(work, account, before.day);
    else await unlockLedger(work, { ledger: 'cash', subject: account });
  });
}

const accountOf = (record: AnyRecord): number => Number(record.values.account);

const lockThrough = (work: Work, account: number, throughDay: Day): Promise<void> =>
  lockLedger(work, { ledger: 'cash', subject: account, throughDay });
