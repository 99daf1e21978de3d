import type { AnyRow, FactBag, Value } from '../kernel/definition.ts';

/** Where rows came from, by `part.rowId`: values of the source's head, and of its row where it was a row. */
export type SourceFacts = Readonly<
  Record<
    string,
    { readonly type: string; readonly id: number; readonly head: Readonly<Record<string, Value>>; readonly row: AnyRow | null }
  >
>;

/** The facts that guards and postings may name, and the shape in which the engine brings each of them. */
export interface KnownFacts {
  /** By item: quantity in all places that are ours (warehouses, in transit, lent; 10⁻⁶) and its value (base minor units), locked for this transaction. */
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
  /** The documents that the rows came from, before this step feeds them, locked. */
  sources: SourceFacts;
  /** True once the company has locked its opening figures. */
  isLive: boolean;
}

/** A fact by name, as its consumer knows it. */
export const fact = <N extends keyof KnownFacts>(facts: FactBag, name: N): KnownFacts[N] => facts[name] as KnownFacts[N];
