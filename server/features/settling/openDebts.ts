import type { Knex } from 'knex';
import type { Side } from '../../../shared/documents/money/sides.ts';
import { type Day, dueDay } from '../../../shared/kernel/days.ts';
import type { Becoming, Definition } from '../../../shared/kernel/definition.ts';
import { restrict } from '../../access/visibility.ts';
import { columnOf, partTableOf, tableOf } from '../../database/tables.ts';
import type { Work } from '../../work.ts';
import { type Invoiced, keepsInvoiced } from './invoicedOver.ts';

/**
 * What is open of a document, or of one instalment of its plan: a salesperson calls it an open order, an accountant an open item. What is
 * invoiced is said of the whole document, where it knows that by itself; withCounted adds the others.
 */
export interface OpenDebt extends Invoiced {
  readonly party: number;
  readonly owner: number | null;
  readonly type: string;
  readonly id: number;
  readonly number: string;
  readonly day: Day;
  readonly dueOn: Day;
  /** Which instalment of the plan; null for a document without a plan. */
  readonly period: number | null;
  readonly currency: number;
  /** Minor units of the currency: the whole of it, and what is open (below zero when too much was paid). */
  readonly total: number;
  readonly open: number;
}

/** Money held for somebody: paid in advance, or given back with goods. */
export interface OpenCredit {
  readonly type: string;
  readonly id: number;
  readonly number: string;
  readonly day: Day;
  readonly currency: number;
  readonly total: number;
  readonly left: number;
  /** What was written on it: a remark, a bank's reference. */
  readonly note: string;
}

export interface OpenQuestion {
  /** Everybody when left out. */
  readonly parties?: readonly number[] | undefined;
  readonly currency?: number | undefined;
  /** Only what the actor may read; whoever sees a party's balance as a whole counts everything. */
  readonly seen: boolean;
}

/** Types of document that owe on this side. */
export const debtTypes = (work: Work, side: Side): Definition[] =>
  work.company.catalogue.definitions.filter((definition) => definition.becomes?.[side.money]?.into.part === 'allocations');

/** Types of document that hold money on this side. */
const creditTypes = (work: Work, side: Side): Definition[] =>
  work.company.catalogue.definitions.filter((definition) => definition.becomes?.[side.settlement]?.into.part === 'credits');

/** Everything open, the earliest due first, in one statement. */
export async function openDebts(work: Work, side: Side, question: OpenQuestion): Promise<OpenDebt[]> {
  const queries = debtTypes(work, side)
    .filter((definition) => !question.seen || work.actor.reach(definition.type, 'read') !== 'none')
    .map((definition) => debtsOf(work, side, definition, question));
  if (queries.length === 0) return [];
  const rows = (await work.tx.unionAll(queries)) as DebtRow[];
  const debts = rows.map(({ term_days, month_end_terms, due_on, invoiced_on, ...row }): OpenDebt => {
    const dueOn = due_on ?? dueDay(row.day, { days: term_days ?? 0, monthEnd: Number(month_end_terms) === 1 });
    return { ...row, dueOn, invoicedOn: invoiced_on };
  });
  return debts.sort((a, b) => (a.dueOn === b.dueOn ? a.id - b.id || (a.period ?? 0) - (b.period ?? 0) : a.dueOn < b.dueOn ? -1 : 1));
}

/** All money held, the oldest first. */
export async function openCredits(work: Work, side: Side, question: OpenQuestion): Promise<OpenCredit[]> {
  const queries = creditTypes(work, side)
    .filter((definition) => !question.seen || work.actor.reach(definition.type, 'read') !== 'none')
    .map((definition) => creditsOf(work, side, definition, question));
  if (queries.length === 0) return [];
  const rows = (await work.tx.unionAll(queries)) as OpenCredit[];
  return rows.sort((a, b) => (a.day === b.day ? a.id - b.id : a.day < b.day ? -1 : 1));
}

type DebtRow = Omit<OpenDebt, 'dueOn' | 'invoicedOn'> & {
  term_days: number | null;
  month_end_terms: number | null;
  due_on: Day | null;
  invoiced_on: Day | null;
};

/** Documents of one type, with a row for each instalment that is open where they have a plan. */
function debtsOf(work: Work, side: Side, definition: Definition, question: OpenQuestion): Knex.QueryBuilder {
  const way = definition.becomes?.[side.money] as Becoming;
  const planned = definition.parts.instalments !== undefined;
  const query = standing(work, side, definition, way, question).whereNot('head.open_amount', 0);
  if (planned) {
    query.leftJoin({ plan: partTableOf(definition, 'instalments') }, (join) => {
      join.on('plan.parent', 'head.id').andOn('plan.open', '>', work.tx.raw('0'));
    });
  }
  const isInvoiced = keepsInvoiced(work, definition);
  const of = (field: string, kind: 'bigint' | 'text', isSaid = true) =>
    isSaid && definition.fields[field] ? work.tx.raw('??', [`head.${columnOf(field)}`]) : work.tx.raw(`cast(null as ${kind})`);
  const plan = (column: string, other: Knex.Raw) => (planned ? work.tx.raw('coalesce(??, ?)', [`plan.${column}`, other]) : other);
  return query.select({
    type: work.tx.raw('cast(? as text)', [definition.type]),
    id: 'head.id',
    number: `head.${columnOf(definition.title)}`,
    day: 'head.day',
    party: `head.${side.party}`,
    owner: 'head.owner',
    currency: 'head.currency',
    period: planned ? 'plan.period' : work.tx.raw('cast(null as bigint)'),
    total: plan('amount', of('dueTotal', 'bigint')),
    open: plan('open', of('openAmount', 'bigint')),
    term_days: of('termDays', 'bigint'),
    month_end_terms: of('monthEndTerms', 'bigint'),
    due_on: plan('due_on', of('dueOn', 'text')),
    invoiced: of('invoicedTotal', 'bigint', isInvoiced),
    invoiced_on: of('lastInvoicedOn', 'text', isInvoiced),
  });
}

function creditsOf(work: Work, side: Side, definition: Definition, question: OpenQuestion): Knex.QueryBuilder {
  const way = definition.becomes?.[side.settlement] as Becoming;
  const notes = ['reference', 'bankReference', 'remark'].filter((name) => definition.fields[name]).map((name) => `head.${columnOf(name)}`);
  const note = notes.map(() => "coalesce(??, '')").join(" || ' ' || ");
  return standing(work, side, definition, way, question)
    .where('head.credit_left', '>', 0)
    .select({
      type: work.tx.raw('cast(? as text)', [definition.type]),
      id: 'head.id',
      number: `head.${columnOf(definition.title)}`,
      day: 'head.day',
      currency: 'head.currency',
      total: `head.${columnOf(way.limit)}`,
      left: 'head.credit_left',
      note: notes.length === 0 ? work.tx.raw("cast('' as text)") : work.tx.raw(`trim(${note})`, notes),
    });
}

/** Living documents in a state, and going a way, in which they owe or hold money. */
function standing(work: Work, side: Side, definition: Definition, way: Becoming, question: OpenQuestion): Knex.QueryBuilder {
  const query = work
    .tx({ head: tableOf(definition) })
    .whereNull('head.deleted_at')
    .whereIn('head.state', [...way.from]);
  for (const [field, values] of Object.entries(way.when ?? {})) query.whereIn(`head.${columnOf(field)}`, [...values] as string[]);
  if (question.parties) query.whereIn(`head.${side.party}`, [...question.parties]);
  if (question.currency !== undefined) query.where('head.currency', question.currency);
  if (question.seen) restrict(work, definition, query, 'read', 'head');
  return query;
}
