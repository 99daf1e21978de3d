import { Refusal } from '../../../shared/kernel/refusal.ts';
import { tableOf } from '../../database/tables.ts';
import { storeSettings } from '../../engine/settings.ts';
import type { Work } from '../../work.ts';
import { lockSettings } from './companySettings.ts';

/**
 * Locks the opening figures: from here on stock and debts change by documents alone. Refuses 'opening.locked' the second time and
 * 'opening.unposted' {count} while opening documents wait to be posted, because afterwards they never could be.
 */
export async function goLive(work: Work): Promise<void> {
  if ((await lockSettings(work)).get('live')?.value === true) throw new Refusal('opening.locked');
  const count = await unposted(work);
  if (count > 0) throw new Refusal('opening.unposted', { count });
  await storeSettings(work, { live: true });
}

/** Drafts of documents that only a company not yet live may post. */
async function unposted(work: Work): Promise<number> {
  let count = 0;
  for (const definition of work.company.catalogue.definitions) {
    const opening = Object.values(definition.steps ?? {}).find(
      (step) => step.posts && step.requires?.some((guard) => guard.name === 'beforeGoLive'),
    );
    if (!opening) continue;
    const row = (await work
      .tx(tableOf(definition))
      .whereNull('deleted_at')
      .whereIn('state', [...opening.from])
      .first(work.tx.raw('count(*) as count'))) as {
      count: number;
    };
    count += row.count;
  }
  return count;
}
