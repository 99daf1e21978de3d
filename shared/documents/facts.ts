import type { FactBag } from '../kernel/definition.ts';

/** The facts that guards and postings may name, and the shape in which the engine brings each of them. */
export interface KnownFacts {
  /** By item: quantity on hand over all warehouses (10⁻⁶) and its value (base minor units), locked for this transaction. */
  averageCost: Readonly<Record<number, { quantity: number; value: number }>>;
  /** By item: does its stock move at all (goods do, services do not). */
  stockKept: Readonly<Record<number, boolean>>;
  /** By item: lowest gross price per base unit (10⁻⁶) that needs no approval, and its code for messages. */
  floorPrices: Readonly<Record<number, { floor: number | null; code: string }>>;
  /** The customer's credit in base minor units; a null limit means no limit was given. */
  credit: { readonly limit: number | null; readonly used: number };
  /** By warehouse: may stock fall below zero there. */
  mayOverdraw: Readonly<Record<number, boolean>>;
  /** What the customer has paid in advance in the document's currency, in minor units. */
  prepaid: number;
  /** True once the company has locked its opening figures. */
  isLive: boolean;
}

/** A fact by name, as its consumer knows it. */
export const fact = <N extends keyof KnownFacts>(facts: FactBag, name: N): KnownFacts[N] => facts[name] as KnownFacts[N];
