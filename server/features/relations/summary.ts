import type { Knex } from 'knex';
import type { SummaryAnswer, SummaryFigures, SummaryRow } from '../../../shared/contracts/relations.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { refuseUnlessSeen, restrict } from '../../access/visibility.ts';
import { columnOf, tableOf } from '../../database/tables.ts';
import type { Work } from '../../work.ts';
import { positionsOfMany } from '../trade/credit.ts';
import { exchangeOf } from '../trade/currencies.ts';
import { amountFieldOf, hasOwnCurrency, type LinkedType, linkedTypes } from './linkedTypes.ts';

/**
 * How a record stands with us: how many of each type hang on it and what the documents that count come to, and what it owes;
 * the same once more for everything below it in its tree. Only of what the actor may read. Refuses 'record.notFound'.
 */
export async function summaryOf(work: Work, definition: Definition, id: number): Promise<SummaryAnswer> {
  await refuseUnlessSeen(work, definition, id);
  const own = await figuresOf(work, definition, (query, column) => void query.where(column, id), [id]);
  const below = await branchBelow(work, definition, id);
  if (below.length === 0) return { own };
  const figures = await figuresOf(work, definition, (query, column) => void query.whereIn(column, below), below);
  return { own, below: { ...figures, members: below.length } };
}

const branchMax = 1000;

/** Living records below this one that the actor may read; a circle in the data ends the walk. */
async function branchBelow(work: Work, definition: Definition, id: number): Promise<number[]> {
  if (!definition.tree) return [];
  const table = tableOf(definition);
  const parent = columnOf(definition.tree.parent);
  const seen = new Set([id]);
  let level = [id];
  while (level.length > 0 && seen.size < branchMax) {
    const query = work.tx(table).whereIn(`${table}.${parent}`, level).whereNull(`${table}.deleted_at`).limit(branchMax);
    restrict(work, definition, query, 'read');
    const rows = (await query.select(`${table}.id`)) as { id: number }[];
    level = rows.map((row) => row.id).filter((found) => !seen.has(found));
    for (const found of level) seen.add(found);
  }
  seen.delete(id);
  return [...seen];
}

type Meaning = (query: Knex.QueryBuilder, column: string) => void;

async function figuresOf(work: Work, definition: Definition, means: Meaning, ids: readonly number[]): Promise<SummaryFigures> {
  const rows: SummaryRow[] = [];
  for (const linked of linkedTypes(work, definition)) rows.push(await rowOf(work, linked, means));
  return { rows, ...(await balancesOf(work, definition, ids)) };
}

async function rowOf(work: Work, linked: LinkedType, means: Meaning): Promise<SummaryRow> {
  const { definition, field } = linked;
  const amount = amountFieldOf(work, definition);
  const groups = await groupsOf(work, linked, means, amount);
  const base = (await exchangeOf(work)).base.id;
  const days = groups.flatMap((group) => group.last_day ?? []).sort();
  const sums = groups.filter((group) => Number(group.count) > 0);
  return {
    type: definition.type,
    field,
    count: groups.reduce((sum, group) => sum + Number(group.count), 0),
    lastDay: days.at(-1) ?? null,
    sums: amount === null ? [] : sums.map((group) => ({ currency: group.currency ?? base, amount: Number(group.amount ?? 0) })),
  };
}

interface Group {
  readonly count: number;
  readonly amount?: number | null;
  readonly last_day?: string | null;
  readonly currency?: number | null;
}

/** Counted by currency, where what it comes to is in the currency of each document. */
async function groupsOf(work: Work, { definition, field }: LinkedType, means: Meaning, amount: string | null): Promise<Group[]> {
  const table = tableOf(definition);
  const query = work.tx(table).whereNull(`${table}.deleted_at`).count({ count: '*' });
  means(query, `${table}.${columnOf(field)}`);
  restrict(work, definition, query, 'read');
  const counting = countingStates(definition);
  if (counting) query.whereIn(`${table}.state`, counting);
  if (definition.fields.day?.kind === 'day') query.max({ last_day: `${table}.day` });
  if (amount === null) return (await query) as Group[];
  query.sum({ amount: `${table}.${columnOf(amount)}` });
  if (hasOwnCurrency(definition, amount)) query.groupBy(`${table}.currency`).select({ currency: `${table}.currency` });
  return (await query) as Group[];
}

/** A document counts when it has taken effect: not as a draft, not while it waits, not when it was taken back. */
function countingStates(definition: Definition): string[] | null {
  const states = Object.entries(definition.states ?? {});
  if (states.length === 0) return null;
  return states.filter(([, { look }]) => look === 'active' || look === 'done').map(([name]) => name);
}

/** Debts stand in the ledger whose subjects are records of this type. */
async function balancesOf(work: Work, definition: Definition, ids: readonly number[]): Promise<Pick<SummaryFigures, 'balances'>> {
  const isDebtor = work.company.catalogue.ledger('receivable').subject === definition.type;
  if (!isDebtor || !work.actor.special.has('see.salesPrice')) return {};
  const sums = new Map<number, { open: number; prepaid: number }>();
  for (const positions of (await positionsOfMany(work, ids)).values()) {
    for (const [currency, { open, prepaid }] of positions) {
      const known = sums.get(currency) ?? { open: 0, prepaid: 0 };
      sums.set(currency, { open: known.open + open, prepaid: known.prepaid + prepaid });
    }
  }
  return { balances: [...sums].sort(([a], [b]) => a - b).map(([currency, position]) => ({ currency, ...position })) };
}
