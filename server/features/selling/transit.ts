import type { LoansAnswer, QualityAnswer, QualityRow, TransitAnswer, TransitRow } from '../../../shared/contracts/selling.ts';
import { trackAt } from '../../../shared/documents/delivery/shipment.ts';
import { addDays, type Day, daysBetween } from '../../../shared/kernel/days.ts';
import { mulDiv } from '../../../shared/kernel/numbers.ts';
import { refuseUnlessMay, restrict } from '../../access/visibility.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import type { Work } from '../../work.ts';
import { cursorFrom, readCursor } from '../trade/cursor.ts';

export interface PageQuery {
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

const rowsMax = 500;
/** A carrier that says nothing else is expected to arrive within so many days. */
const usualDays = 5;

/** Deliveries that nobody has signed for, the oldest first, as far as the actor may read them. Refuses 'access.denied'. */
export async function inTransit(work: Work, query: PageQuery): Promise<TransitAnswer> {
  const definition = work.company.catalogue.get('stockOut');
  refuseUnlessMay(work, definition, 'read');
  const limit = Math.min(rowsMax, query.limit ?? 200);
  const notes = work
    .tx({ note: 'stock_outs' })
    .leftJoin({ carrier: 'dictionary_entries' }, 'carrier.id', 'note.carrier')
    .where({ 'note.state': 'posted' })
    .whereNull('note.deleted_at')
    .whereNull('note.signed_on');
  restrict(work, definition, notes, 'read', 'note');
  narrowAfter(notes, query, 'note');
  const rows = (await notes
    .orderBy(['note.day', 'note.id'])
    .limit(limit + 1)
    .select('note.id', 'note.number', 'note.day', 'note.customer', 'note.owner', { parcelNumber: 'note.parcel_number' })
    .select({ carrier: 'carrier.name', queryAddress: 'carrier.query_address', days: 'carrier.arrival_days' })) as (TransitRow & {
    queryAddress: string | null;
    days: number | null;
  })[];
  const shown = rows.slice(0, limit).map(({ queryAddress, days, ...row }) => ({
    ...row,
    trackAt: trackAt(queryAddress, row.parcelNumber),
    expectedOn: addDays(row.day, days ?? usualDays),
    ageDays: daysBetween(row.day, work.today),
  }));
  return { rows: shown, titles: await titlesOf(work, shown), next: nextOf(rows, shown, limit) };
}

/** Goods on loan that are neither back nor sold nor written off, line by line, the oldest first. Refuses 'access.denied'. */
export async function onLoan(work: Work, query: PageQuery): Promise<LoansAnswer> {
  const definition = work.company.catalogue.get('loan');
  refuseUnlessMay(work, definition, 'read');
  const limit = Math.min(rowsMax, query.limit ?? 200);
  const lines = work
    .tx({ line: 'loan_lines' })
    .join({ note: 'loans' }, 'note.id', 'line.parent')
    .where('note.state', 'posted')
    .whereNull('note.deleted_at')
    .whereRaw('coalesce(line.settled, 0) < line.quantity');
  restrict(work, definition, lines, 'read', 'note');
  narrowAfter(lines, query, 'line', 'note.day');
  const found = (await lines
    .orderBy(['note.day', 'line.id'])
    .limit(limit + 1)
    .select('line.id', 'note.number', 'note.day', 'note.customer', 'note.owner', { loan: 'note.id', dueOn: 'note.due_on' })
    .select('line.item', 'line.name', 'line.unit', 'line.quantity', 'line.settled')) as (Omit<
    LoansAnswer['rows'][number],
    'left' | 'ageDays'
  > & {
    settled: number | null;
  })[];
  const shown = found.slice(0, limit).map(({ settled, ...row }) => ({
    ...row,
    left: row.quantity - (settled ?? 0),
    ageDays: daysBetween(row.day, work.today),
  }));
  return { rows: shown, titles: await titlesOf(work, shown), next: nextOf(found, shown, limit) };
}

export interface QualityQuery {
  readonly from: Day;
  readonly to: Day;
  readonly by: 'carrier' | 'region';
}

/** How well deliveries of a period arrived: signed at all, and in time, by carrier or by the customers' region. */
export async function deliveryQuality(work: Work, query: QualityQuery): Promise<QualityAnswer> {
  const definition = work.company.catalogue.get('stockOut');
  refuseUnlessMay(work, definition, 'read');
  const notes = work
    .tx({ note: 'stock_outs' })
    .leftJoin({ carrier: 'dictionary_entries' }, 'carrier.id', 'note.carrier')
    .leftJoin({ customer: 'customers' }, 'customer.id', 'note.customer')
    .leftJoin({ region: 'dictionary_entries' }, 'region.id', 'customer.region')
    .where({ 'note.state': 'posted' })
    .whereNull('note.deleted_at')
    .whereBetween('note.day', [query.from, query.to]);
  restrict(work, definition, notes, 'read', 'note');
  // Days are reckoned here: the two databases do it in different ways, and a carrier has few of them.
  const groups = (await notes
    .groupBy(`${query.by}.id`, `${query.by}.name`, 'carrier.arrival_days', 'note.day', 'note.signed_on')
    .select({ id: `${query.by}.id`, name: `${query.by}.name`, days: 'carrier.arrival_days', day: 'note.day', signedOn: 'note.signed_on' })
    .count({ count: '*' })) as Group[];
  const rows = [...Map.groupBy(groups, ({ id }) => id)].map(([id, group]) => qualityOf(id, group));
  return { rows: rows.sort((a, b) => b.shipped - a.shipped || (a.id ?? 0) - (b.id ?? 0)) };
}

interface Group {
  readonly id: number | null;
  readonly name: string | null;
  readonly days: number | null;
  readonly day: Day;
  readonly signedOn: Day | null;
  readonly count: number;
}

function qualityOf(id: number | null, groups: readonly Group[]): QualityRow {
  const row = {
    id,
    name: groups[0]?.name ?? null,
    shipped: 0,
    signed: 0,
    onTime: 0,
    share: null as number | null,
    averageDays: null as number | null,
  };
  let daysTotal = 0;
  for (const { day, signedOn, days, count } of groups) {
    row.shipped += Number(count);
    if (signedOn === null) continue;
    row.signed += Number(count);
    const taken = daysBetween(day, signedOn);
    daysTotal += taken * Number(count);
    if (taken <= (days ?? usualDays)) row.onTime += Number(count);
  }
  if (row.shipped > 0) row.share = mulDiv([row.onTime, 1_000_000], [row.shipped]);
  if (row.signed > 0) row.averageDays = mulDiv([daysTotal, 1_000_000], [row.signed]);
  return row;
}

interface Narrowed {
  whereRaw(sql: string, bindings: readonly (string | number)[]): unknown;
}

function narrowAfter(query: Narrowed, { after }: PageQuery, rows: string, day = `${rows}.day`): void {
  if (after === undefined) return;
  const [from = '', id = 0] = readCursor(after, ['text', 'number']);
  query.whereRaw(`(${day} > ? or (${day} = ? and ${rows}.id > ?))`, [from, from, id]);
}

const nextOf = (found: readonly unknown[], shown: readonly { day: string; id: number }[], limit: number): string | null => {
  const last = shown.at(-1);
  return last && found.length > limit ? cursorFrom([last.day, last.id]) : null;
};

const titlesOf = (work: Work, rows: readonly { customer: number; owner: number | null; item?: number }[]) =>
  titlesFor(
    work,
    new Map([
      ['customer', new Set(rows.map(({ customer }) => customer))],
      ['user', new Set(rows.flatMap(({ owner }) => (owner === null ? [] : [owner])))],
      ['item', new Set(rows.flatMap(({ item }) => (item === undefined ? [] : [item])))],
    ]),
  );
