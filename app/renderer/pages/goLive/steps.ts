import type { OpeningFigure, OpeningKind } from '../../../../shared/contracts/goLive.ts';

export interface OpeningStep {
  readonly name: 'items' | 'partners' | 'stock' | 'debts' | 'accounts' | 'check';
  readonly kinds: readonly OpeningKind[];
  /** What is brought in here, in this order. */
  readonly types: readonly string[];
}

/** The way from the old system to the first day: what needs something comes after it. */
export const openingSteps: readonly OpeningStep[] = [
  { name: 'items', kinds: ['items'], types: ['item'] },
  { name: 'partners', kinds: ['customers', 'suppliers'], types: ['customer', 'supplier'] },
  { name: 'stock', kinds: ['stockQuantity', 'stockValue'], types: ['openingStock'] },
  {
    name: 'debts',
    kinds: ['receivable', 'customerAdvance', 'payable', 'supplierAdvance'],
    types: ['openingBalance', 'openingCredit', 'openingPayable', 'openingSupplierCredit'],
  },
  { name: 'accounts', kinds: ['account'], types: ['account', 'openingCash'] },
  { name: 'check', kinds: [], types: [] },
];

/** The figures of a step; the last one looks at all of them. */
export const figuresIn = (step: OpeningStep, figures: readonly OpeningFigure[]): OpeningFigure[] =>
  figures.filter(({ kind }) => step.name === 'check' || step.kinds.includes(kind));
