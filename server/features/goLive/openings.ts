import type { Catalogue } from '../../../shared/kernel/catalogue.ts';
import type { Definition, Step } from '../../../shared/kernel/definition.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { tableOf } from '../../database/tables.ts';
import { settingOf } from '../../engine/settings.ts';
import type { Work } from '../../work.ts';

/** Documents that only a company not yet live may post. */
export const openingsOf = (catalogue: Catalogue): Definition[] =>
  catalogue.definitions.filter((definition) => openingStep(definition) !== undefined);

const openingStep = (definition: Definition): Step | undefined =>
  Object.values(definition.steps ?? {}).find((step) => step.posts && step.requires?.some((guard) => guard.name === 'beforeGoLive'));

/** Refuses 'opening.locked' where a document of the type could not be posted any more. */
export async function refuseLockedOpening(work: Work, definition: Definition): Promise<void> {
  if (openingStep(definition) && (await settingOf(work, 'live')) === true) throw new Refusal('opening.locked');
}

/** How many opening documents wait to be posted, by type; types with none are left out. */
export async function draftsOf(work: Work): Promise<Record<string, number>> {
  const drafts: Record<string, number> = {};
  for (const definition of openingsOf(work.company.catalogue)) {
    const { count } = (await work
      .tx(tableOf(definition))
      .whereNull('deleted_at')
      .whereIn('state', [...(openingStep(definition)?.from ?? [])])
      .first(work.tx.raw('count(*) as count'))) as { count: number };
    if (count > 0) drafts[definition.type] = count;
  }
  return drafts;
}
