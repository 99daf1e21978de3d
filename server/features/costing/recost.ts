import type { Knex } from 'knex';
import { costsInOrder, type RowCost } from '../../../shared/documents/costReplay.ts';
import { valuations } from '../../../shared/documents/valuations.ts';
import type { Day } from '../../../shared/kernel/days.ts';
import { type AnyRecord, type Definition, linksOf } from '../../../shared/kernel/definition.ts';
import type { Fields } from '../../../shared/kernel/fields.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import type { Event } from '../../engine/effects.ts';
import { dayOfStep, firstOpenDay } from '../../engine/periods.ts';
import type { Finding } from '../../ledger/prove.ts';
import type { Work } from '../../work.ts';
import { parameterOf } from '../settings/companySettings.ts';
import { changeAt, isAt, ourKinds } from '../trade/moveSql.ts';
import { type Correction, writeCorrections } from './corrections.ts';
import { type StandingRow, standingFrom } from './standing.ts';

/** The warning that is read before the cost of other documents changes. */
export const backDatedCode = 'cost.backDated';

/** What posting on an earlier day would do to the cost of documents that were posted before: {day, count}, to be confirmed. */
export class BackDated extends Refusal {
  readonly corrections: readonly Correction[];

  constructor(day: Day, corrections: readonly Correction[]) {
    const documents = new Set(corrections.map(({ row }) => `${row.posting.type}:${row.posting.id}`));
    super(backDatedCode, { level: 'warn', day, count: documents.size });
    this.corrections = corrections;
  }
}

/**
 * Keeps every cost what the order of days makes it. After a document is posted on a day that others have passed already, and after
 * one is taken back or reversed, the cost of its items in the open period is reckoned again, and what differs is posted beside the
 * rows concerned. Refuses 'cost.backDated' until it is confirmed, 'cost.backDatingRefused' {day} where the company wants none.
 */
export async function recost(work: Work, definition: Definition, event: Event): Promise<boolean> {
  if (event.kind !== 'stepped' || !valuations[definition.type]) return false;
  const step = definition.steps?.[event.step];
  const items = step?.posts || step?.undoes ? itemsIn(definition, event.record) : [];
  if (!step || items.length === 0) return false;
  const day = dayOfStep(work, event.record, step);
  const why = step.undoes ? { isBackDated: false } : await whyAgain(work, event.record, { items, day });
  if (why === null) return false;
  if (why.isBackDated && (await parameterOf(work, 'parameter.backDating')) === 'refuse')
    throw new Refusal('cost.backDatingRefused', { day });
  const corrections = await correctionsOf(work, items);
  const others = corrections.filter(({ row, changes }) => changes.length > 0 && !isOf(event.record, row));
  if (why.isBackDated && others.length > 0 && !event.confirmed?.includes(backDatedCode)) throw new BackDated(day, others);
  await writeCorrections(work, corrections, event.record);
  return corrections.some(({ row }) => isOf(event.record, row));
}

const isOf = (record: AnyRecord, { posting }: StandingRow): boolean => posting.type === record.type && posting.id === record.id;

/** What the cost of items would have to be changed by, from the first open day on. */
async function correctionsOf(work: Work, items: readonly number[]): Promise<Correction[]> {
  const { start, postings } = await standingFrom(work, items, await firstOpenDay(work));
  const costs = costsInOrder(start, postings);
  return (
    postings
      .flatMap(({ rows }) =>
        rows.flatMap((row): Correction[] => {
          const cost = costs.get(row.key);
          return cost ? [{ row, cost, changes: changesOf(row, cost) }] : [];
        }),
      )
      // What moves value alone says what there was before, even where its own amount stays.
      .filter(({ row, changes }) => changes.length > 0 || row.quantity === 0)
  );
}

/** By place outside: by how much what came from there is to be raised. */
function changesOf(row: StandingRow, cost: RowCost): [string, number][] {
  const wanted = new Map([[row.against, cost.value]]);
  wanted.set('adjustment', (wanted.get('adjustment') ?? 0) + cost.adjustment);
  const places = new Set([...wanted.keys(), ...row.booked.keys()]);
  return [...places]
    .map((place): [string, number] => [place, (wanted.get(place) ?? 0) - (row.booked.get(place) ?? 0)])
    .filter(([, change]) => change !== 0);
}

/**
 * Null when what was just posted is the last of its items, there was enough of all of them, and none of them is made with goods of
 * which there is too little: then nothing waits for it, and what the ledger took is what the order of days makes it.
 */
async function whyAgain(
  work: Work,
  record: AnyRecord,
  { items, day }: { items: readonly number[]; day: Day },
): Promise<{ isBackDated: boolean } | null> {
  const { tx } = work;
  const later = tx('moves')
    .whereIn('ledger', ['stock', 'cost'])
    .whereIn('subject', [...items])
    .where('day', '>', day)
    .select(tx.raw('1'));
  const made = tx('balances').where({ ledger: 'stock', place: 'assembly' });
  const found = (await tx
    .select({
      is_later: existsAs(tx, later),
      was_short: existsAs(tx, shortOf(work, record, [...items])),
      is_made: existsAs(
        tx,
        made
          .clone()
          .whereIn('subject', [...items])
          .select(tx.raw('1')),
      ),
    })
    .first()) as { is_later: number; was_short: number; is_made: number };
  if (found.is_later === 1) return { isBackDated: true };
  if (found.was_short === 1) return { isBackDated: false };
  if (found.is_made === 0) return null;
  const short = (await shortOf(work, record, made.select('subject')).first()) as object | undefined;
  return short ? { isBackDated: false } : null;
}

const existsAs = (tx: Knex, query: Knex.QueryBuilder): Knex.Raw => tx.raw('case when exists ? then 1 else 0 end', [query]);

/** Items of which there was less than nothing before the document was posted, or nothing where a change of value may wait for goods. */
function shortOf({ tx }: Work, record: AnyRecord, items: number[] | Knex.QueryBuilder): Knex.QueryBuilder {
  const [at, change] = [isAt('place', { kinds: ourKinds }), changeAt({ kinds: ourKinds })];
  const own = tx('moves as m')
    .where({ 'm.document_type': record.type, 'm.document_id': record.id, 'm.ledger': 'stock' })
    .whereRaw('m.subject = b.subject')
    .select(tx.raw(`coalesce(sum(${change.sql}), 0)`, [...change.bindings]));
  const valued = tx('balances as v').where({ 'v.ledger': 'cost', 'v.place': 'adjustment' }).whereRaw('v.subject = b.subject');
  return tx('balances as b')
    .where({ 'b.ledger': 'stock' })
    .whereIn('b.subject', items)
    .whereRaw(at.sql, [...at.bindings])
    .groupBy('b.subject')
    .havingRaw('sum(b.amount) < ? + case when exists ? then 1 else 0 end', [own, valued.select(tx.raw('1'))])
    .select(tx.raw('1'));
}

/** Every item the document names, in its rows or its head. */
function itemsIn(definition: Definition, record: AnyRecord): number[] {
  const namesIn = (fields: Fields): string[] => linksOf(fields).flatMap(([name, { to }]) => (to === 'item' ? [name] : []));
  const inHead = namesIn(definition.fields).map((name) => record.values[name]);
  const inRows = Object.entries(definition.parts).flatMap(([part, { fields }]) =>
    (record.parts[part] ?? []).flatMap((row) => namesIn(fields).map((name) => row[name])),
  );
  return [...new Set([...inHead, ...inRows])].filter((item) => typeof item === 'number');
}

/** Reckons the cost of items again and posts what differs: for what was written into the books past the steps of documents. */
export const recostItems = async (work: Work, items: readonly number[]): Promise<void> =>
  writeCorrections(work, await correctionsOf(work, items), null);

/**
 * Proves the cost ledger: what every document has taken or brought is what the order of days makes it, in the open period. Gives the
 * rows that differ, item by item; an empty list is the proof.
 */
export async function proveCosts(work: Work): Promise<Finding[]> {
  const moved = work
    .tx('moves')
    .where({ ledger: 'cost' })
    .where('day', '>=', await firstOpenDay(work));
  const items = (await moved.distinct('subject').orderBy('subject').pluck('subject')) as number[];
  const findings: Finding[] = [];
  for (let start = 0; start < items.length; start += 200) {
    for (const { row, changes } of await correctionsOf(work, items.slice(start, start + 200))) {
      if (changes.length === 0 || !items.slice(start, start + 200).includes(row.item)) continue;
      const { type, id } = row.posting;
      findings.push({
        proof: 'cost',
        detail: `${type} ${id}, item ${row.item}: ${changes.map(([place, by]) => `${place} ${by}`).join(', ')}`,
      });
    }
  }
  return findings;
}
