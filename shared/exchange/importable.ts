import type { Definition } from '../kernel/definition.ts';

/** The documents for which a plan says how they come in from files. */
export const importableDocuments: readonly string[] = ['openingStock', 'openingBalance', 'openingPayable', 'openingCash'];

/** Records come in from files, and those documents for which somebody has said how. Screens ask this without the plans, which are large. */
export const isImportable = ({ kind, type }: Pick<Definition, 'kind' | 'type'>): boolean =>
  kind === 'record' || importableDocuments.includes(type);
