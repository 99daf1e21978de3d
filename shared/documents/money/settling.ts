import type { AnyRecord, AnyRow, Becoming, CalculationSetting, FactBag, Guard, Move, Part, Value } from '../../kernel/definition.ts';
import { choice, day, exchangeRate, type Fields, link, money, type Secret, text } from '../../kernel/fields.ts';
import { placeOf } from '../../kernel/ledger.ts';
import { assertSafe, sumOf } from '../../kernel/numbers.ts';
import { progressChoices, progressOf, sourced } from '../commercial.ts';
import { even, inOwnMoney } from '../exchange.ts';
import { fact } from '../facts.ts';
import type { Side } from './sides.ts';

const settledFields = {
  ...sourced,
  sourceNumber: text({ max: 40, derived: true }),
  sourceTotal: money({ derived: true }),
  sourceOpen: money({ derived: true }),
  sourceRate: exchangeRate({ derived: true, hidden: true }),
  amount: money({ required: true, min: 1 }),
} as const;

/** Debts that a document pays, and how much of each; `exchangeGain` in the company's money. */
export const allocations: Part = {
  max: 500,
  key: ['source', 'amount'],
  entry: true,
  fields: { ...settledFields, exchangeGain: money({ derived: true, in: 'base' }), remark: text({ max: 200 }) },
};

/** Money held for somebody, or debts of one side of a netting: how much of each is used, and what that was worth when it came about. */
export const used: Part = {
  max: 500,
  key: ['source', 'amount'],
  entry: true,
  fields: { ...settledFields, baseAmount: money({ derived: true, in: 'base' }), remark: text({ max: 200 }) },
};

/** How a debt stands: what was paid of it and what is open. `secret` hides it from whoever may not see the amounts. */
export const debtFields = (side: Side, secret?: Secret): Fields => ({
  [side.settled]: money({ fedBy: side.money, list: true, group: 'sums', ...(secret ? { secret } : {}) }),
  dueTotal: money({ derived: true, hidden: true, ...(secret ? { secret } : {}) }),
  openAmount: money({ derived: true, list: true, group: 'sums', ...(secret ? { secret } : {}) }),
  paymentState: choice(progressChoices, { derived: true, list: true, indexed: true, ...(secret ? { secret } : {}) }),
});

/** The values of debtFields for a debt of `dueTotal` minor units. */
export function debtValues(side: Side, values: Readonly<Record<string, Value>>, dueTotal: number): Record<string, Value> {
  const settled = Number(values[side.settled] ?? 0);
  const openAmount = assertSafe(dueTotal - settled);
  return { [side.settled]: settled, dueTotal, openAmount, paymentState: openAmount === 0 ? 'all' : progressOf(settled, dueTotal) };
}

/** Money that is held for somebody: how much of it was used and what is left. */
export const creditFields = (side: Side, secret?: Secret): Fields => ({
  creditUsed: money({ fedBy: side.settlement, hidden: true, ...(secret ? { secret } : {}) }),
  creditLeft: money({ derived: true, list: true, ...(secret ? { secret } : {}) }),
});

export function creditValues(values: Readonly<Record<string, Value>>, credit: number): Record<string, Value> {
  const creditUsed = Number(values.creditUsed ?? 0);
  return { creditUsed, creditLeft: assertSafe(Math.max(credit, 0) - creditUsed) };
}

interface Standing {
  /** The states in which the document owes, or holds money. */
  readonly from: readonly string[];
  readonly when?: Becoming['when'];
}

/**
 * What a debt can become: it is paid by money, set against money held, netted against the other side or handed to somebody else.
 * The document has debtFields and a link to the party; every way feeds the same field.
 */
export const asDebt = (side: Side, standing: Standing): Readonly<Record<string, Becoming>> => {
  const paidBy = (part: string, party: string = side.party) =>
    wholeInto({ side, standing, part, party, feeds: side.settled, limit: 'dueTotal' });
  return {
    [side.money]: paidBy('allocations'),
    [side.settlement]: paidBy('allocations'),
    netting: paidBy(side.nettingPart),
    [side.transfer]: paidBy('allocations', fromParty(side)),
  };
};

/** What money held can become: it is set against debts or given back. The document has creditFields and `limit` minor units to give. */
export const asCredit = (side: Side, standing: Standing & { readonly limit: string }): Readonly<Record<string, Becoming>> => {
  const usedBy = () => wholeInto({ side, standing, part: 'credits', party: side.party, feeds: 'creditUsed', limit: standing.limit });
  return { [side.settlement]: usedBy(), [side.refund]: usedBy() };
};

/** The head field of a transfer that names who owed before. */
export const fromParty = (side: Side): string => (side.party === 'customer' ? 'fromCustomer' : 'fromSupplier');

interface Whole {
  readonly side: Side;
  readonly standing: Standing;
  readonly part: string;
  readonly party: string;
  readonly feeds: string;
  readonly limit: string;
}

const wholeInto = ({ side, standing, part, party, feeds, limit }: Whole): Becoming => ({
  from: standing.from,
  ...(standing.when ? { when: standing.when } : {}),
  each: 'document',
  into: { part, field: 'amount' },
  feeds,
  limit,
  head: { [party]: side.party, currency: 'currency', owner: 'owner', department: 'department' },
  same: [side.party, 'currency'],
  row: {},
});

export const amountsOf = (record: AnyRecord, part: string): number =>
  sumOf((record.parts[part] ?? []).map((row) => Number(row.amount ?? 0)));

/** Rows with what each of them was worth in the company's money when it came about. */
export const withWorth = (record: AnyRecord, part: string, setting: CalculationSetting): AnyRow[] =>
  (record.parts[part] ?? []).map((row) => ({
    ...row,
    baseAmount: inOwnMoney(Number(row.amount ?? 0), row.sourceRate === null ? null : Number(row.sourceRate ?? even), setting),
  }));

export const worthOf = (rows: readonly AnyRow[]): number => sumOf(rows.map((row) => Number(row.baseAmount ?? 0)));

/** What of a debt's place goes where. */
export const debtMoves = (side: Side, document: AnyRecord, of: { part: string; party: string; to: string }): Move[] =>
  (document.parts[of.part] ?? []).map((row) => ({
    ledger: side.ledger,
    subject: Number(document.values[of.party]),
    from: placeOf(String(row.sourceType), Number(row.source)),
    to: of.to,
    amount: Number(row.amount),
    row: row.id,
  }));

/** Where money held for somebody lies: together with what else was paid in advance, or at the document that gave it. */
export const creditPlace = (side: Side, row: AnyRow, currency: number): string =>
  side.pooled.includes(String(row.sourceType)) ? placeOf('prepaid', currency) : placeOf(String(row.sourceType), Number(row.source));

/** Every row came from a document: money cannot pay what nobody wrote down. */
export const rowsSourced = (...parts: readonly string[]): Guard => ({
  name: 'rowsSourced',
  check: (document) => {
    const fields = parts.flatMap((part) =>
      (document.parts[part] ?? []).flatMap((row, index) =>
        row.source && row.sourceType ? [] : [{ path: `${part}.${index}.amount`, code: 'money.withoutSource' }],
      ),
    );
    return fields.length === 0 ? null : { code: 'money.withoutSource', fields };
  },
});

/** What is settled belongs to the party and the currency of the document, is open, and no more of it is taken than that. */
export const settlesOwn = (checked: Readonly<Record<string, { readonly party: string; readonly side: Side }>>): Guard => ({
  name: 'settlesOwn',
  facts: ['sources'],
  check: (document, facts) => {
    const found = Object.entries(checked).flatMap(([part, of]) =>
      (document.parts[part] ?? []).flatMap((row, index) => {
        const refusal = unfit(document, facts, { part, row, ...of });
        return refusal ? [{ ...refusal, path: `${part}.${index}.amount` }] : [];
      }),
    );
    const [first] = found;
    return first ? { code: first.code, facts: first.facts, fields: found } : null;
  },
});

interface Settled {
  readonly part: string;
  readonly row: AnyRow;
  readonly party: string;
  readonly side: Side;
}

function unfit(document: AnyRecord, facts: FactBag, { part, row, party, side }: Settled) {
  const source = fact(facts, 'sources')[`${part}.${row.id}`];
  if (!source) return null;
  const { head } = source;
  const number = String(head.number ?? '');
  if (head[side.party] !== document.values[party]) return { code: 'money.otherParty', facts: { number } };
  if (head.currency !== document.values.currency) return { code: 'money.otherCurrency', facts: { number } };
  const left = part === 'credits' ? head.creditLeft : head.openAmount;
  // What stands in the wrong part knows nothing of the kind; the flow refuses it by name.
  if (left === undefined) return null;
  const open = Number(left ?? 0);
  if (open <= 0) return { code: 'money.alreadySettled', facts: { number } };
  const wanted = Number(row.amount);
  return wanted > open ? { code: 'money.overOpen', facts: { number, open, wanted } } : null;
}

/** Somebody who may take back a delivery may not for that reason open settled debts again. */
export const mayUndo: Guard = { name: 'mayUndo', override: 'settlement.undo', check: () => ({ code: 'money.undoDenied' }) };

export const moneyDay = day({ required: true, default: 'today', list: true, indexed: true });

/** What a document of a side says about whom it concerns. */
export const partyField = (side: Side) => link(side.party, { required: true, list: true, indexed: true, search: 'text' });
