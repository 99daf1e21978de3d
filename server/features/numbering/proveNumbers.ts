import type { Definition } from '../../../shared/kernel/definition.ts';
import { systemActor } from '../../access/rights.ts';
import { columnOf, tableOf } from '../../database/tables.ts';
import { look } from '../../engine/transact.ts';
import type { Finding } from '../../ledger/prove.ts';
import type { Company, Work } from '../../work.ts';

/** See proveNumbers, on a snapshot of its own. */
export const proveNumbering = (company: Company): Promise<Finding[]> => look(company, systemActor(company), proveNumbers);

/**
 * Proves that every number the program has given to documents is accounted for: it stands on a document (living, void or in the recycle
 * bin), its document was removed for good on record, or it was left out on record. Names every period with a hole, with numbers beyond
 * what its series has given (they would come again), and with a document that bears a number left out; an empty list is the proof.
 */
export async function proveNumbers(work: Work): Promise<Finding[]> {
  const findings: Finding[] = [];
  // Where people type numbers themselves, holes say nothing.
  for (const definition of work.company.catalogue.definitions)
    if (definition.kind === 'document' && definition.numbering && !definition.numbering.editable)
      findings.push(...(await proveSeries(work, definition)));
  return findings;
}

async function proveSeries(work: Work, definition: Definition): Promise<Finding[]> {
  const rows = (await work.tx('number_series').where({ series: definition.type }).orderBy('period').select('period', 'last')) as {
    period: string;
    last: number;
  }[];
  const series = new Series(rows);
  const skips = (await work
    .tx('skipped_numbers')
    .where({ series: definition.type })
    .orderBy('id')
    .select('period', 'first', 'last')) as Skip[];
  for await (const number of numbersOf(work, definition)) series.see(number);
  const taken = skips
    .filter((skip) => series.skip(skip).length > 0)
    .map(({ period, first, last }) => `${period}: ${first}-${last} was left out and has a document`);
  for (const number of await purgedOf(work, definition)) series.see(number);
  return [...taken, ...series.holes()].map((detail) => ({ proof: 'numbers', detail: `${definition.type} ${detail}` }));
}

interface Skip {
  readonly period: string;
  readonly first: number;
  readonly last: number;
}

/** A period of a series: the last serial given, those that stand on documents, and the stretches left out. */
interface Period {
  readonly last: number;
  readonly seen: Set<number>;
  readonly skips: Skip[];
}

/** What is accounted for of each period of a type's series. */
class Series {
  readonly #periods = new Map<string, Period>();
  readonly #tails: readonly string[];

  constructor(rows: readonly { readonly period: string; readonly last: number }[]) {
    for (const { period, last } of rows) this.#periods.set(period, { last, seen: new Set(), skips: [] });
    this.#tails = [...new Set(rows.map(({ period }) => period.split('#')[1] ?? ''))];
  }

  /** A number counts in every period that has given it; in those that could have, where none has. */
  see(number: string): void {
    const possible = this.#possible(number);
    const given = possible.filter(({ serial, period }) => serial <= period.last);
    for (const { serial, period } of given.length > 0 ? given : possible) period.seen.add(serial);
  }

  #possible(number: string): { period: Period; serial: number }[] {
    return this.#tails
      .filter((tail) => number.endsWith(tail))
      .flatMap((tail) => {
        const end = number.length - tail.length;
        const found = [];
        for (let start = end - 1; start >= 0 && /\d/.test(number.charAt(start)); start -= 1) {
          const period = this.#periods.get(`${number.slice(0, start)}#${tail}`);
          if (period) found.push({ period, serial: Number(number.slice(start, end)) });
        }
        return found;
      });
  }

  /** Gives the serials of the stretch that stand on documents all the same. */
  skip(skip: Skip): number[] {
    const period = this.#periods.get(skip.period);
    period?.skips.push(skip);
    return [...(period?.seen ?? [])].filter((serial) => isIn(skip, serial));
  }

  holes(): string[] {
    return [...this.#periods].flatMap(([name, { last, seen, skips }]) => {
      const beyond = [...seen].filter((serial) => serial > last).length;
      const onDocuments = [...seen].filter((serial) => serial <= last && !skips.some((skip) => isIn(skip, serial))).length;
      const count = skips.reduce((sum, skip) => sum + skip.last - skip.first + 1, onDocuments);
      return [
        ...(count < last ? [`${name}: ${last - count} of ${last} are missing, the first is ${firstMissing(seen, skips)}`] : []),
        ...(beyond > 0 ? [`${name}: ${beyond} are beyond ${last}, the last one given`] : []),
      ];
    });
  }
}

const isIn = ({ first, last }: Skip, serial: number): boolean => serial >= first && serial <= last;

function firstMissing(seen: ReadonlySet<number>, skips: readonly Skip[]): number {
  for (let serial = 1; ; serial += 1) {
    const skip = skips.find((one) => isIn(one, serial));
    if (skip) serial = skip.last;
    else if (!seen.has(serial)) return serial;
  }
}

const rowsAtOnce = 5000;

async function* numbersOf(work: Work, definition: Definition): AsyncIterable<string> {
  const column = columnOf(definition.numbering?.field ?? '');
  for (let after = 0; ; ) {
    const rows = (await work
      .tx(tableOf(definition))
      .where('id', '>', after)
      .orderBy('id')
      .limit(rowsAtOnce)
      .select({ id: 'id', number: column })) as { id: number; number: string | null }[];
    for (const { number } of rows) if (number !== null) yield number;
    if (rows.length < rowsAtOnce) return;
    after = rows.at(-1)?.id ?? after;
  }
}

/** Numbers whose documents were taken out of the recycle bin for good. */
async function purgedOf(work: Work, { type }: Definition): Promise<string[]> {
  const changes = (await work
    .tx('audit')
    .where({ type, action: 'purge' })
    .whereNotNull('changes')
    .orderBy('seq')
    .pluck('changes')) as string[];
  return changes.flatMap((text) => {
    const { number } = JSON.parse(text) as { number?: unknown };
    return typeof number === 'string' ? [number] : [];
  });
}
