import { creditFactAt } from '../../../shared/documents/credit.ts';
import { creditMoments } from '../../../shared/documents/creditRules.ts';
import { offerFact } from '../../engine/facts.ts';
import { creditRulesOf } from './credit.ts';
import { releaseFactsOf } from './release.ts';
import { sharesOf } from './shares.ts';

/** The facts of selling that guards and postings ask for; the shapes stand in shared/documents/facts.ts. */
export function offerSellingFacts(): void {
  for (const moment of creditMoments) {
    offerFact(creditFactAt[moment], (work, _definition, document) => creditRulesOf(work, Number(document.values.customer), moment));
  }
  offerFact('release', (work, _definition, document) => releaseFactsOf(work, document));
  offerFact('orderShares', (work, definition, document) =>
    sharesOf(work, definition, document, { type: 'salesOrder', column: 'orderRow' }),
  );
  offerFact('deliveryShares', (work, definition, document) =>
    sharesOf(work, definition, document, { type: 'stockOut', column: 'sourceRow' }),
  );
}
