import type { AnyRecord, AnyRow } from '../kernel/definition.ts';
import { baseQuantityOf } from './commercial.ts';
import type { Valuation } from './costReplay.ts';

/** How goods are valued, and from which place of the cost ledger their value comes or to which it goes. */
export interface Valued {
  readonly as: Valuation;
  readonly against: string;
  /** What the document itself says they are worth (base minor units, below zero what they take); without it what was posted. */
  readonly worth?: number;
}

type Valuing = Valued | ((document: AnyRecord, line: AnyRow | null) => Valued);

/**
 * How the goods of each document are valued wherever the order of days puts them. Goods leave at the moving average unless their
 * document names a cost of its own; what comes back brings the cost it left with. A document that is not here moves no value.
 */
export const valuations: Readonly<Record<string, Valuing>> = {
  openingStock: { as: 'own', against: 'opening' },
  stockIn: { as: 'own', against: 'purchases' },
  purchaseReturn: { as: 'own', against: 'purchases' },
  stockOut: { as: 'average', against: 'costOfSales' },
  salesReturn: (_document, line) => ({ as: line?.source ? 'source' : 'average', against: 'costOfSales' }),
  sampleNote: ({ values }) => ({ as: 'average', against: values.charge === 'charged' ? 'costOfSales' : 'use' }),
  loanSale: { as: 'average', against: 'costOfSales' },
  loanWriteOff: ({ values }) => ({ as: 'average', against: values.writeOffKind === 'gift' ? 'use' : 'adjustment' }),
  transferIn: { as: 'average', against: 'adjustment' },
  otherIn: (_document, line) => {
    const isEntered = line?.unitCost !== null && line?.unitCost !== undefined;
    return { as: isEntered ? 'own' : 'average', against: 'adjustment', ...(isEntered ? { worth: Number(line.cost ?? 0) } : {}) };
  },
  otherOut: { as: 'average', against: 'adjustment' },
  requisition: { as: 'average', against: 'use' },
  requisitionReturn: { as: 'source', against: 'use' },
  stockGain: { as: 'average', against: 'count' },
  stockLoss: { as: 'average', against: 'count' },
  assembly: (_document, line) => ({ as: line ? 'average' : { part: 1 }, against: 'assembly' }),
  disassembly: (document, line) => ({ as: line ? { part: shareOf(document, line) } : 'average', against: 'assembly' }),
  costAdjustment: (_document, line) => ({ as: 'own', against: 'adjustment', worth: Number(line?.amount ?? 0) }),
};

/** By the shares given, by quantity where none is. */
function shareOf(document: AnyRecord, line: AnyRow): number {
  const hasShares = (document.parts.lines ?? []).some((one) => Number(one.share ?? 0) > 0);
  return hasShares ? Number(line.share ?? 0) : baseQuantityOf(line);
}
