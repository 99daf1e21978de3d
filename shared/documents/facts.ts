import type { Day } from '../kernel/days.ts';
import type { AnyRow, FactBag, Value } from '../kernel/definition.ts';
import type { Tracking } from '../records/lot.ts';
import type { CreditRules, Handling } from './creditRules.ts';
import type { ReleaseFacts } from './delivery/releaseFacts.ts';
import type { ShareFacts } from './shares.ts';

/** Where rows came from, by `part.rowId`: values of the source's head, and of its row where it was a row. */
export type SourceFacts = Readonly<
  Record<
    string,
    {
      readonly type: string;
      readonly id: number;
      readonly state: string | null;
      readonly head: Readonly<Record<string, Value>>;
      readonly row: AnyRow | null;
    }
  >
>;

/** A batch or serial number that a row names. */
export interface LotFact {
  readonly id: number;
  readonly by: Tracking;
  readonly madeOn: Day | null;
  readonly expiresOn: Day | null;
  readonly blocked: boolean;
  /** A paper that is in force moved some of it: its days stand. What was taken back altogether may be told anew. */
  readonly inForce: boolean;
  /** Some of it is ours: in a warehouse, on the way or on loan. */
  readonly held: boolean;
}

/** The facts that guards and postings may name, and the shape in which the engine brings each of them. */
export interface KnownFacts {
  /** By item: quantity in all places that are ours (warehouses, in transit, lent; 10⁻⁶) and its value (base minor units), locked for this transaction. */
  averageCost: Readonly<Record<number, { quantity: number; value: number }>>;
  /** By item: does its stock move at all (goods do, services do not). */
  stockKept: Readonly<Record<number, boolean>>;
  /** By item whose pieces are told apart: how, and what it is called in messages. */
  tracking: Readonly<Record<number, { readonly by: Tracking; readonly name: string }>>;
  /** By row of the lots: the one it names, where it is known; and what happens when one past its day goes to a customer. */
  lots: { readonly byRow: Readonly<Record<number, LotFact>>; readonly expired: Handling };
  /** By row of the lots: the one it names, made now where the document may bring new ones. */
  lotIds: Readonly<Record<number, LotFact>>;
  /** By item: lowest gross price per base unit (10⁻⁶) that needs no approval, and its code for messages. */
  floorPrices: Readonly<Record<number, { floor: number | null; code: string }>>;
  /** How the customer's credit is kept when it orders, when goods are released and when they leave. */
  orderCredit: CreditRules;
  releaseCredit: CreditRules;
  outboundCredit: CreditRules;
  /** What a delivery notice is measured by beside credit. */
  release: ReleaseFacts;
  /** By warehouse: may stock fall below zero there. */
  mayOverdraw: Readonly<Record<number, boolean>>;
  /** By `part.rowId`: what other rows of such documents, standing now, have brought back of the same source row, and earlier rows of its own bring (its unit, base minor units). */
  costReturned: Readonly<Record<string, { readonly quantity: number; readonly cost: number; readonly earlier: number }>>;
  /** The documents that the rows came from, before this step feeds them, locked. */
  sources: SourceFacts;
  /** The order lines that the rows deliver, with what was already delivered of them, locked. */
  orderShares: ShareFacts;
  /** The rows of deliveries that are taken back, with what already was, locked. */
  deliveryShares: ShareFacts;
  /** With what the debt to the supplier begins: with an order that is approved now, or with the goods. */
  payableFrom: 'order' | 'stockIn';
  /** Up to so much (base minor units) a buyer orders without asking; null when there is no limit. */
  purchaseLimit: number | null;
  /** Decimal digits of the document's currency and of the company's own. */
  currencyDigits: { readonly currencyDigits: number; readonly baseDigits: number };
  /** What the partner of a statement owes (or is owed) at the end of its day, in minor units. */
  confirmedBalance: number;
  /** True once the company has locked its opening figures. */
  isLive: boolean;
  /** By how many minor units the tax of an invoice may be moved by hand. */
  taxAdjustmentMax: number;
  /** By how many minor units a supplier's invoice may differ from the goods. */
  invoiceTolerance: number;
  /** After how many days a receipt is old (0: never), and what then: somebody with the right approves it, or nobody. */
  expenseRule: { readonly days: number; readonly late: 'approve' | 'refuse' };
  /** By account that the head names: its currency, and whether it is the company's own. */
  accountMoney: Readonly<Record<number, { readonly currency: number; readonly digits: number; readonly isBase: boolean }>>;
  /** The book of the document's account on the document's day, in minor units of the account, locked. */
  accountDay: {
    readonly opening: number;
    readonly income: number;
    readonly expense: number;
    readonly closing: number;
    readonly closedThrough: Day | null;
    readonly today: Day;
  };
}

/** A fact by name, as its consumer knows it. */
export const fact = <N extends keyof KnownFacts>(facts: FactBag, name: N): KnownFacts[N] => facts[name] as KnownFacts[N];
