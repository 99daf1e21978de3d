import type { Day } from '../../shared/kernel/days.ts';
import { tellPeople } from '../access/notices.ts';
import { administratorsHere } from '../access/people.ts';
import { systemActor } from '../access/rights.ts';
import { transact } from '../engine/transact.ts';
import type { Company } from '../work.ts';

/** Tells every administrator that the backup of a day, or its copy, did not come about, once for each day. */
export const tellFailure = (company: Company, code: 'notice.backupFailed' | 'notice.backupCopyFailed', day: Day): Promise<void> =>
  transact(company, systemActor(company), async ({ tx, now }) => {
    const facts = { day };
    const told = new Set(
      (await tx('notices')
        .where({ code, facts: JSON.stringify(facts) })
        .pluck('user')) as number[],
    );
    const others = (await administratorsHere(tx)).filter((administrator) => !told.has(administrator));
    await tellPeople(tx, others, { at: now, code, facts });
  });
