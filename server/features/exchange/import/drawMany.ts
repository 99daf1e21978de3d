import type { Definition } from '../../../../shared/kernel/definition.ts';
import { columnOf, tableOf } from '../../../database/tables.ts';
import { drawNumber } from '../../../engine/numbering.ts';
import type { Work } from '../../../work.ts';

/**
 * Draws many numbers of a definition's series at once, in the caller's transaction, leaving out those that are typed in the
 * same file or taken by a living record.
 */
export async function drawMany(work: Work, definition: Definition, of: { count: number; except: ReadonlySet<string> }): Promise<string[]> {
  const drawn: string[] = [];
  while (drawn.length < of.count) {
    const batch = await drawRun(work, definition, of.count - drawn.length);
    const taken = await takenOf(work, definition, batch);
    drawn.push(...batch.filter((number) => !taken.has(number) && !of.except.has(number)));
  }
  return drawn;
}

/** The first number is drawn as every other; its series row, locked by that, is then moved on by the rest. */
async function drawRun(work: Work, definition: Definition, count: number): Promise<string[]> {
  const first = await drawNumber(work, definition, work.today);
  if (count === 1) return [first];
  const rows = (await work.tx('number_series').where({ series: definition.type }).select('period', 'last')) as {
    period: string;
    last: number;
  }[];
  const series = rows.map((row) => ({ ...row, digits: digitsIn(first, row) })).find((row) => row.digits !== null);
  if (!series) throw new Error(`The number ${first} belongs to no series of ${definition.type}`);
  await work
    .tx('number_series')
    .where({ series: definition.type, period: series.period })
    .update({ last: series.last + count - 1 });
  const [before = '', after = ''] = series.period.split('#');
  return Array.from({ length: count }, (_, step) => `${before}${String(series.last + step).padStart(series.digits ?? 1, '0')}${after}`);
}

/** How many digits the serial has in a number of this period; null when the number is of another one. */
function digitsIn(number: string, { period, last }: { period: string; last: number }): number | null {
  const [before = '', after = ''] = period.split('#');
  if (!number.startsWith(before) || !number.endsWith(after)) return null;
  const serial = number.slice(before.length, number.length - after.length);
  return /^\d+$/.test(serial) && Number(serial) === last ? serial.length : null;
}

async function takenOf(work: Work, definition: Definition, numbers: readonly string[]): Promise<Set<string>> {
  const column = columnOf(definition.numbering?.field ?? 'code');
  const taken = new Set<string>();
  for (let start = 0; start < numbers.length; start += 1000) {
    const query = work
      .tx(tableOf(definition))
      .whereNull('deleted_at')
      .whereIn(column, numbers.slice(start, start + 1000));
    for (const row of (await query.select({ number: column })) as { number: string }[]) taken.add(row.number);
  }
  return taken;
}
