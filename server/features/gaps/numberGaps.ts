import type { GapsAnswer } from '../../../shared/contracts/trade.ts';
import { addDays, daysBetween } from '../../../shared/kernel/days.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { columnOf, tableOf } from '../../database/tables.ts';
import { readSeries, seriesOf } from '../../engine/numbering.ts';
import type { Work } from '../../work.ts';
import { cursorFrom, readCursor } from '../trade/cursor.ts';
import { invoiceGaps } from './invoiceGaps.ts';

const serialsMax = 10_000;

export interface GapsQuery {
  /** Numbers that the program draws, or those typed from the papers of the tax office. */
  readonly series?: 'drawn' | 'issued' | undefined;
  readonly after?: string | undefined;
  /** Only periods that the present rule gives to days from here to there; all periods without them. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/**
 * Numbers of a type that were drawn and are missing, void, in the recycle bin or left out on record, for each period of its series, the latest period
 * first. One answer looks at so many serials and says where to go on. Refuses 'record.notFound' for a type without numbers.
 */
export async function numberGaps(work: Work, definition: Definition, query: GapsQuery): Promise<GapsAnswer> {
  if (query.series === 'issued') return invoiceGaps(work, query);
  if (!definition.numbering) throw new Refusal('record.notFound', { type: definition.type });
  const [period, serial] = query.after === undefined ? [null, 0] : readCursor(query.after, ['text', 'number']);
  const periods = await periodsFrom(work, definition, period === null ? null : String(period), query);
  const pad = readSeries(await seriesOf(work, definition), work.today, '').serialDigits;
  const rows: GapsAnswer['rows'] = [];
  let room = serialsMax;
  for (const { period: name, last } of periods) {
    const first = name === period ? Number(serial) + 1 : 1;
    const until = Math.min(last, first + room - 1);
    const found = await gapsIn(work, definition, { period: name, first, until, pad });
    if (found.missing.length + found.void.length + found.deleted.length + found.skipped.length > 0)
      rows.push({ period: name, last, ...found });
    room -= Math.max(0, until - first + 1);
    if (room <= 0) return { rows, next: cursorFrom([name, until]) };
  }
  return { rows, next: periods.length === periodsMax ? cursorFrom([periods.at(-1)?.period ?? '', periods.at(-1)?.last ?? 0]) : null };
}

const periodsMax = 400;

async function periodsFrom(
  work: Work,
  definition: Definition,
  from: string | null,
  span: GapsQuery,
): Promise<{ period: string; last: number }[]> {
  const query = work.tx('number_series').where({ series: definition.type });
  if (from !== null) query.where('period', '<=', from);
  if (span.from !== undefined && span.to !== undefined) {
    const names = periodsBetween(await seriesOf(work, definition), span.from, span.to);
    // A rule with a department in it has a period for each department.
    query.where((either) => {
      either.whereIn('period', names);
      for (const name of names.filter((one) => one.includes('%'))) either.orWhere('period', 'like', name);
    });
  }
  return query.orderBy('period', 'desc').limit(periodsMax).select('period', 'last');
}

const periodsBetween = (pattern: string, from: string, to: string): string[] => {
  const days = Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, index) => addDays(from, index));
  return [...new Set(days.map((day) => readSeries(pattern, day, '%').period))];
};

interface Stretch {
  readonly period: string;
  readonly first: number;
  readonly until: number;
  /** Digits of the serial as the rule has them now. */
  readonly pad: number;
}

interface NumberRow {
  id: number;
  number: string;
  state?: string;
  deleted_at: string | null;
}

async function gapsIn(work: Work, definition: Definition, stretch: Stretch): Promise<Omit<GapsAnswer['rows'][number], 'period' | 'last'>> {
  const [prefix = '', suffix = ''] = stretch.period.split('#');
  const pad = (await usedPad(work, definition, prefix, suffix)) ?? stretch.pad;
  const wanted = Array.from(
    { length: Math.max(0, stretch.until - stretch.first + 1) },
    (_, index) => prefix + String(stretch.first + index).padStart(pad, '0') + suffix,
  );
  const living = await recordsWith(work, definition, wanted, false);
  const voidStates = statesOfVoid(definition);
  const absent = wanted.filter((number) => !living.has(number));
  const deleted = absent.length > 0 ? await recordsWith(work, definition, absent, true) : new Map<string, NumberRow>();
  const reasons = await skippedIn(work, definition, stretch, (serial) => prefix + String(serial).padStart(pad, '0') + suffix);
  const gone = absent.filter((number) => !deleted.has(number));
  const named = (rows: Iterable<NumberRow>) =>
    [...rows].map(({ id, number }) => ({ id, number })).sort((a, b) => (a.number < b.number ? -1 : 1));
  return {
    missing: gone.filter((number) => !reasons.has(number)),
    skipped: gone.flatMap((number) => (reasons.has(number) ? [{ number, reason: reasons.get(number) ?? null }] : [])),
    void: named([...living.values()].filter((row) => row.state !== undefined && voidStates.includes(row.state))),
    deleted: named(deleted.values()),
  };
}

/** Numbers of a stretch that were left out on record, with the reason. */
async function skippedIn(
  work: Work,
  { type }: Definition,
  { period, first, until }: Stretch,
  write: (serial: number) => string,
): Promise<Map<string, string | null>> {
  const rows = (await work
    .tx('skipped_numbers')
    .where({ series: type, period })
    .where('last', '>=', first)
    .where('first', '<=', until)
    .orderBy('id')
    .select('first', 'last', 'reason')) as { first: number; last: number; reason: string | null }[];
  const skipped = new Map<string, string | null>();
  for (const row of rows)
    for (let serial = Math.max(row.first, first); serial <= Math.min(row.last, until); serial += 1) skipped.set(write(serial), row.reason);
  return skipped;
}

/** How many digits the serials of a period really have: the rule may have changed since. */
async function usedPad(work: Work, definition: Definition, prefix: string, suffix: string): Promise<number | null> {
  const column = columnOf(definition.numbering?.field ?? '');
  const row = (await work
    .tx(tableOf(definition))
    .whereNull('deleted_at')
    .where(column, '>=', prefix)
    .where(column, '<', `${prefix}\u{10FFFF}`)
    .orderBy(column)
    .first({ number: column })) as { number: string } | undefined;
  const serial = row?.number.slice(prefix.length, row.number.length - suffix.length) ?? '';
  return /^\d{1,9}$/.test(serial) ? serial.length : null;
}

async function recordsWith(
  work: Work,
  definition: Definition,
  numbers: readonly string[],
  deleted: boolean,
): Promise<Map<string, NumberRow>> {
  const column = columnOf(definition.numbering?.field ?? '');
  const found = new Map<string, NumberRow>();
  for (let start = 0; start < numbers.length; start += 1000) {
    const query = work.tx(tableOf(definition)).whereIn(column, numbers.slice(start, start + 1000));
    const rows = (await (deleted ? query.whereNotNull('deleted_at') : query.whereNull('deleted_at')).select({
      id: 'id',
      number: column,
      deleted_at: 'deleted_at',
      ...(definition.states ? { state: 'state' } : {}),
    })) as NumberRow[];
    for (const row of rows) found.set(row.number, row);
  }
  return found;
}

/** States in which a document counts for nothing and to which somebody had to put it. */
function statesOfVoid(definition: Definition): string[] {
  const reached = Object.values(definition.steps ?? {})
    .filter((step) => step.operation === 'void')
    .map((step) => step.to);
  return reached.filter((state) => definition.states?.[state]?.look === 'void');
}
