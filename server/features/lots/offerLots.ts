import { offerProposal } from '../../engine/proposals.ts';
import { offerLotFacts } from './lotFacts.ts';
import { guardLots } from './lotRules.ts';
import { proposeLots } from './proposeLots.ts';

/** Hands the engine what batches and serial numbers need of it. */
export function offerLots(): void {
  offerLotFacts();
  offerProposal('lots', proposeLots);
  guardLots();
}
