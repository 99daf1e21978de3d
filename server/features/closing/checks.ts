import { type ClosingCheck, type ClosingFindings, type ClosingRow, closingMusts } from '../../../shared/contracts/closing.ts';
import { closedThroughKey } from '../../../shared/contracts/parameters.ts';
import { addDays, type Day, startOfMonth } from '../../../shared/kernel/days.ts';
import type { Definition, State } from '../../../shared/kernel/definition.ts';
import { tableOf } from '../../database/tables.ts';
import { settingOf } from '../../engine/settings.ts';
import { allFindings, type Finding, ledgerProofs, type Proof, type Read } from '../../ledger/prove.ts';
import { flowProofs } from '../../ledger/proveFlows.ts';
import type { Work } from '../../work.ts';
import { invoiceGaps } from '../gaps/invoiceGaps.ts';
import { numberGaps } from '../gaps/numberGaps.ts';

/** So many rows of what a check found are named; the rest is counted. */
const rowsMax = 50;

export interface CheckAsked {
  readonly check: ClosingCheck;
  readonly through: Day;
  /** A long check is asked slice by slice, from 0 on; without it all of it at once. */
  readonly slice?: number | undefined;
}

/**
 * One check before the books are closed up to and with a day: everything not closed yet is looked at, so that nothing is forgotten
 * that an earlier month left. Whoever closes sees all of it, whatever else that person may see. Proofs read beside, so that
 * nobody waits for them.
 */
export async function closingCheck(work: Work, { check, through, slice }: CheckAsked): Promise<ClosingFindings> {
  const slices = slicesOf(proofsFor[check]?.(work) ?? []);
  const asked = slice === undefined ? slices.flat() : (slices[slice] ?? []);
  const rows = slices.length > 0 ? (await allFindings(asked, readBeside(work))).map(rowOf) : await finders[check]?.(work, through);
  const found = rows ?? [];
  const count = found.reduce((sum, row) => sum + (row.count ?? 1), 0);
  return { check, count, rows: found.slice(0, rowsMax), slices: Math.max(1, slices.length) };
}

const proofsFor: Partial<Record<ClosingCheck, (work: Work) => Proof[]>> = { ledgers: ledgerProofs, flows: flowProofs };

const proofsPerSlice = 3;
const slicesOf = (proofs: readonly Proof[]): (readonly Proof[])[] =>
  Array.from({ length: Math.ceil(proofs.length / proofsPerSlice) }, (_, at) =>
    proofs.slice(at * proofsPerSlice, (at + 1) * proofsPerSlice),
  );

const readBeside =
  (work: Work): Read =>
  async (query) =>
    (await work.company.store.readBeside([query]))[0] ?? [];

/** The checks that must find nothing, and what they found all the same. */
export async function failedMusts(work: Work, through: Day): Promise<ClosingFindings[]> {
  const failed: ClosingFindings[] = [];
  for (const check of closingMusts) {
    const findings = await closingCheck(work, { check, through });
    if (findings.count > 0) failed.push(findings);
  }
  return failed;
}

const finders: Readonly<Partial<Record<ClosingCheck, (work: Work, through: Day) => Promise<ClosingRow[]>>>> = {
  drafts: (work, through) => unfinished(work, through, (state) => state.look === 'draft'),
  pending: (work, through) => unfinished(work, through, (state) => state.look === 'waiting'),
  openCounts: async (work, through) => {
    const count = work.company.catalogue.find('stockCount');
    return count
      ? countStates(
          work,
          count,
          through,
          statesWhere(count, (state) => state.look === 'active'),
        )
      : [];
  },
  negativeStock,
  uninvoicedGoods: (work, through) => notInvoiced(work, through),
  unallocatedMoney: (work) => moneyInAdvance(work),
  openAdvances,
  unclosedDays,
  numberGaps: gaps,
};

const rowOf = ({ proof, detail }: Finding): ClosingRow => ({ title: proof, detail });

/** Documents that would still move something, in states where they have not. */
async function unfinished(work: Work, through: Day, isMeant: (state: State) => boolean): Promise<ClosingRow[]> {
  const found: ClosingRow[] = [];
  for (const definition of work.company.catalogue.definitions) {
    const moves = Object.values(definition.steps ?? {}).some((step) => step.posts || step.feeds);
    if (moves && definition.fields.day) found.push(...(await countStates(work, definition, through, statesWhere(definition, isMeant))));
  }
  return found;
}

const statesWhere = (definition: Definition, isMeant: (state: State) => boolean): string[] =>
  Object.entries(definition.states ?? {})
    .filter(([, state]) => isMeant(state))
    .map(([name]) => name);

async function countStates(work: Work, definition: Definition, through: Day, states: string[]): Promise<ClosingRow[]> {
  if (states.length === 0) return [];
  const row = (await work
    .tx(tableOf(definition))
    .whereNull('deleted_at')
    .whereIn('state', states)
    .where('day', '<=', through)
    .first(work.tx.raw('count(*) as count'))) as { count: number };
  return row.count > 0 ? [{ type: definition.type, states, count: row.count }] : [];
}

async function negativeStock(work: Work): Promise<ClosingRow[]> {
  const rows = (await work
    .tx('balances')
    .join('items', 'items.id', 'balances.subject')
    .where({ ledger: 'stock' })
    .whereBetween('place', ['warehouse:', 'warehouse;'])
    .where('amount', '<', 0)
    .orderBy(['items.code', 'items.id'])
    .limit(1000)
    .select('items.id', 'items.code', 'items.name', 'balances.amount')) as {
    id: number;
    code: string | null;
    name: string;
    amount: number;
  }[];
  return rows.map(({ id, code, name, amount }) => ({ type: 'item', id, title: [code, name].filter(Boolean).join(' '), quantity: amount }));
}

/** Goods that came in or were sold, and whose invoices are not all there. */
async function notInvoiced(work: Work, through: Day): Promise<ClosingRow[]> {
  const found: ClosingRow[] = [];
  for (const definition of work.company.catalogue.definitions) {
    if (!definition.fields.invoiceState) continue;
    const states = statesWhere(definition, ({ look }) => look === 'active' || look === 'done');
    const row = (await work
      .tx(tableOf(definition))
      .whereNull('deleted_at')
      .whereIn('state', states)
      .where('day', '<=', through)
      .whereNot('invoice_state', 'all')
      .first(work.tx.raw('count(*) as count'))) as { count: number };
    if (row.count > 0) found.push({ type: definition.type, states, count: row.count });
  }
  return found;
}

/** Money in advance that is set against nothing, by customer and supplier. */
async function moneyInAdvance(work: Work): Promise<ClosingRow[]> {
  const found: ClosingRow[] = [];
  for (const [ledger, type, table] of [
    ['receivable', 'customer', 'customers'],
    ['payable', 'supplier', 'suppliers'],
  ] as const) {
    const rows = (await work
      .tx('balances')
      .join(table, `${table}.id`, 'balances.subject')
      .where({ ledger })
      .whereBetween('place', ['prepaid:', 'prepaid;'])
      .where('amount', '<', 0)
      .orderBy(`${table}.id`)
      .limit(1000)
      .select(`${table}.id`, `${table}.name`, 'place', 'amount')) as { id: number; name: string; place: string; amount: number }[];
    found.push(
      ...rows.map(({ id, name, place, amount }) => ({ type, id, title: name, amount: -amount, currency: Number(place.split(':')[1]) })),
    );
  }
  return found;
}

async function openAdvances(work: Work): Promise<ClosingRow[]> {
  const rows = (await work
    .tx('balances')
    .join('users', 'users.id', 'balances.subject')
    .where({ ledger: 'advance', place: 'owed' })
    .where('amount', '>', 0)
    .orderBy('users.id')
    .limit(1000)
    .select('users.id', 'users.name', 'amount')) as { id: number; name: string; amount: number }[];
  return rows.map(({ id, name, amount }) => ({ type: 'user', id, title: name, amount }));
}

/** Accounts whose days are closed one by one, but not up to the end of the month. */
async function unclosedDays(work: Work, through: Day): Promise<ClosingRow[]> {
  const rows = (await work
    .tx('ledger_locks')
    .join('accounts', 'accounts.id', 'ledger_locks.subject')
    .where({ ledger: 'cash' })
    .where('through_day', '<', through)
    .orderBy('accounts.id')
    .select('accounts.id', 'accounts.name', 'through_day')) as { id: number; name: string; through_day: Day }[];
  return rows.map(({ id, name, through_day }) => ({ type: 'account', id, title: `${name} ${through_day}` }));
}

/** Numbers of the open days that were drawn and have no document. */
async function gaps(work: Work, through: Day): Promise<ClosingRow[]> {
  const closed = await settingOf(work, closedThroughKey);
  const from = typeof closed === 'string' && closed !== '' && closed < through ? addDays(closed, 1) : startOfMonth(through);
  const found: ClosingRow[] = [];
  for (const definition of work.company.catalogue.definitions) {
    if (definition.kind !== 'document' || !definition.numbering) continue;
    const { rows } = await numberGaps(work, definition, { from, to: through });
    const missing = rows.flatMap((row) => row.missing);
    if (missing.length > 0) found.push({ type: definition.type, title: missing.slice(0, 5).join(' '), count: missing.length });
  }
  const missing = (await invoiceGaps(work, { from, to: through })).rows.flatMap((row) => row.missing);
  if (missing.length > 0) found.push({ type: 'salesInvoice', title: missing.slice(0, 5).join(' '), count: missing.length });
  return found;
}
