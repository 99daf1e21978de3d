import { guardPeople } from '../access/guardPeople.ts';
import { listenTo } from '../engine/effects.ts';
import { offerApprovalNotices } from './notices/approvalNotices.ts';
import { offerTemplateChecks } from './printing/data/templateChecks.ts';
import { offerTradeFacts } from './trade/facts.ts';
import { offerPriceMemory } from './trade/prices.ts';

/** Hands the engine what the features offer: facts, effects and listeners. Called once at start. */
export function offerFeatures(): void {
  if (isOffered) return;
  isOffered = true;
  offerTradeFacts();
  offerTemplateChecks();
  offerPriceMemory();
  offerApprovalNotices();
  for (const type of ['user', 'position', 'department']) {
    listenTo(type, async (work, definition, event) => {
      if (event.kind === 'stored') await guardPeople(work, definition, event.before, event.record);
      if (event.kind === 'removed') await guardPeople(work, definition, event.record, null);
    });
  }
}

let isOffered = false;
