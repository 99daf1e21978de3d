import { costsInOrder, type RowCost } from '../../../shared/documents/costReplay.ts';
import { valuations } from '../../../shared/documents/valuations.ts';
import type { Day } from '../../../shared/kernel/days.ts';
import { type AnyRecord, type Definition, linksOf } from '../../../shared/kernel/definition.ts';
import type { Fields } from '../../../shared/kernel/fields.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { marksOf, rowsOf } from '../../database/rows.ts';
import type { Event } from '../../engine/effects.ts';
import { dayOfStep, firstOpenDay } from '../../engine/periods.ts';
import { type Balance, balancesOf } from '../../ledger/balances.ts';
import type { Finding } from '../../ledger/prove.ts';
import type { Work } from '../../work.ts';
import { parameterOf } from '../settings/companySettings.ts';
import { isAt, ourKinds } from '../trade/moveSql.ts';
import { isInside } from '../trade/stock.ts';
import { type Correction, writeCorrections } from './corrections.ts';
import { changeOf, type MovedGoods, type StandingRow, standingFrom } from './standing.ts';

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
  const later = `select 1 as "found" from "moves" where "ledger" in ('stock', 'cost') and "subject" in (${marksOf(items)}) and "day" > ? limit 1`;
  if ((await rowsOf(work.tx, later, [...items, day])).length > 0) return { isBackDated: true };
  const balances = await balancesOf(work, 'stock', items);
  if (await wasShort(work, balances, await movedBy(work, record))) return { isBackDated: false };
  const isMade = balances.some(({ place }) => place === 'assembly');
  return isMade && (await isAnyMadeShort(work)) ? { isBackDated: false } : null;
}

/** Whether of any item that is made, or of which others are, there is too little now, or nothing while a change of value may wait. */
async function isAnyMadeShort(work: Work): Promise<boolean> {
  const ours = isAt('place', { kinds: ourKinds });
  const text =
    `select b."subject" from "balances" b where b."ledger" = 'stock' and ${ours.sql} ` +
    `and b."subject" in (select "subject" from "balances" where "ledger" = 'stock' and "place" = 'assembly') ` +
    `group by b."subject" having sum(b."amount") < 0 or (sum(b."amount") = 0 and exists (${valueChanges} and m."subject" = b."subject")) limit 1`;
  return (await rowsOf(work.tx, text, [...ours.bindings, await firstOpenDay(work)])).length > 0;
}

/** Documents that change the value of goods and move none, from a day on. */
const valueChanges = `select 1 from "moves" m where m."ledger" = 'cost' and m."document_type" = 'costAdjustment' and m."day" >= ?`;

/** By how much the document has changed what is ours, by item. */
async function movedBy(work: Work, { type, id }: AnyRecord): Promise<Map<number, number>> {
  const text =
    `select "ledger", "subject", "from_place", "to_place", "amount" from "moves" ` +
    `where "document_type" = ? and "document_id" = ? and "ledger" = 'stock'`;
  const moved = new Map<number, number>();
  for (const move of (await rowsOf(work.tx, text, [type, id])) as unknown as MovedGoods[])
    moved.set(move.subject, (moved.get(move.subject) ?? 0) + changeOf(work, move));
  return moved;
}

/** Whether there was less than nothing of an item before, or nothing where a change of value may wait for goods. */
async function wasShort(work: Work, balances: readonly Balance[], moved: ReadonlyMap<number, number>): Promise<boolean> {
  const held = new Map<number, number>();
  for (const balance of balances)
    held.set(balance.subject, (held.get(balance.subject) ?? 0) + (isInside(work, balance) ? balance.amount : 0));
  const before = [...held].map(([item, amount]) => ({ item, amount: amount - (moved.get(item) ?? 0) }));
  if (before.some(({ amount }) => amount < 0)) return true;
  const empty = before.filter(({ amount }) => amount === 0).map(({ item }) => item);
  if (empty.length === 0) return false;
  const text = `${valueChanges} and m."subject" in (${marksOf(empty)}) limit 1`;
  return (await rowsOf(work.tx, text, [await firstOpenDay(work), ...empty])).length > 0;
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
