import type { Guard } from '../../kernel/definition.ts';
import { fact } from '../facts.ts';

/** A buyer commits the company up to a limit; beyond it somebody with the right approves. */
export const withinPurchaseLimit: Guard = {
  name: 'withinPurchaseLimit',
  facts: ['purchaseLimit'],
  override: 'purchase.exceed',
  check: (document, facts) => {
    const limit = fact(facts, 'purchaseLimit');
    const wanted = Number(document.values.baseTotal ?? 0);
    return limit === null || wanted <= limit ? null : { code: 'purchase.overLimit', facts: { limit, wanted } };
  },
};

/** What comes in without an order costs what its line says; only gifts cost nothing. */
export const directLinesPriced: Guard = {
  name: 'directLinesPriced',
  check: (document) => {
    const missing = (document.parts.lines ?? []).flatMap((line, index) =>
      line.source || line.gift || Number(line.grossPrice ?? 0) > 0 || Number(line.price ?? 0) > 0
        ? []
        : [{ path: `lines.${index}.grossPrice`, code: 'purchase.priceMissing' }],
    );
    return missing.length > 0 ? { code: 'purchase.priceMissing', facts: { count: missing.length }, fields: missing } : null;
  },
};

/** Goods go back against what they came in with: that tells what they cost. */
export const returnsWhatCameIn: Guard = {
  name: 'returnsWhatCameIn',
  check: (document) => {
    const missing = (document.parts.lines ?? []).findIndex((line) => !line.source);
    return missing < 0
      ? null
      : { code: 'purchase.returnWithoutStockIn', fields: [{ path: `lines.${missing}.item`, code: 'purchase.returnWithoutStockIn' }] };
  },
};
