import type { KnownFacts } from '../../../shared/documents/facts.ts';
import { assertSafe } from '../../../shared/kernel/numbers.ts';
import { offerFact } from '../../engine/facts.ts';
import type { Work } from '../../work.ts';
import { parameterOf } from '../settings/companySettings.ts';
import { exchangeOf } from '../trade/currencies.ts';

/** What guards and postings of purchasing ask for; the shapes stand in shared/documents/facts.ts. */
export function offerPurchaseFacts(): void {
  offerFact('payableFrom', (work) => parameterOf<KnownFacts['payableFrom']>(work, 'parameter.payableFrom'));
  offerFact('purchaseLimit', purchaseLimit);
  offerFact('currencyDigits', async (work, _definition, { values }): Promise<KnownFacts['currencyDigits']> => {
    const exchange = await exchangeOf(work);
    return { currencyDigits: exchange.of(Number(values.currency ?? 0)).digits, baseDigits: exchange.base.digits };
  });
}

/** The company's limit is in whole units of its currency; 0 stands for none. */
async function purchaseLimit(work: Work): Promise<KnownFacts['purchaseLimit']> {
  const limit = await parameterOf<number>(work, 'parameter.purchaseApprovalLimit');
  if (limit === 0) return null;
  const { base } = await exchangeOf(work);
  return assertSafe(limit * 10 ** base.digits);
}
