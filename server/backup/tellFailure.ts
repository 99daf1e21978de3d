import type { Day } from '../../shared/kernel/days.ts';
import { systemActor } from '../access/rights.ts';
import { transact } from '../engine/transact.ts';
import type { Company } from '../work.ts';

/** Tells every administrator that the backup of a day, or its copy, did not come about, once for each day. */
export const tellFailure = (company: Company, code: 'notice.backupFailed' | 'notice.backupCopyFailed', day: Day): Promise<void> =>
  transact(company, systemActor(company), async ({ tx, now }) => {
    const facts = JSON.stringify({ day });
    const notice = { code, facts };
    const administrators = (await tx('users')
      .join('user_positions', 'user_positions.parent', 'users.id')
      .join('positions', 'positions.id', 'user_positions.held')
      .where({ 'users.employment': 'employed', 'positions.administrator': 1 })
      .whereNull('users.deleted_at')
      .whereNull('positions.deleted_at')
      .whereNotIn('users.id', tx('notices').where(notice).select('user'))
      .distinct({ user: 'users.id' })) as { user: number }[];
    for (const { user } of administrators) await tx('notices').insert({ ...notice, user, at: now, type: null, record_id: null });
  });
