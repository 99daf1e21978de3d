import { addDays } from '../../../shared/kernel/days.ts';
import type { AnyRecord, Definition, Move } from '../../../shared/kernel/definition.ts';
import { assertSafe } from '../../../shared/kernel/numbers.ts';
import { insertRecords, type StoredRecord } from '../../database/rows.ts';
import { isSearched, tableOf } from '../../database/tables.ts';
import { type Deed, digestOf, writeAudits } from '../../engine/audit.ts';
import { readSeries } from '../../engine/numbering.ts';
import { tokensOf } from '../../engine/store.ts';
import type { Work } from '../../work.ts';

/**
 * Writes a whole history in bulk: the same records, moves, balances, numbers, search index and audit chain that the engine
 * would have written one by one, so that every proof holds. Only for a company that nobody works in yet.
 */
export class Bulk {
  readonly #balances = new Map<string, { ledger: string; subject: number; place: string; amount: number }>();
  readonly #serials = new Map<string, { series: string; period: string; last: number }>();

  /** The next number of a document type on a day. */
  numberFor(definition: Definition, day: string): string {
    const series = readSeries(definition.numbering?.series ?? '{serial:6}', day, '');
    const key = `${definition.type}|${series.period}`;
    const counter = this.#serials.get(key) ?? { series: definition.type, period: series.period, last: 0 };
    counter.last += 1;
    this.#serials.set(key, counter);
    return series.write(counter.last);
  }

  /** Stores records in the state they have, with index and audit rows; gives them back with their ids. */
  async store(
    work: Work,
    definition: Definition,
    records: readonly AnyRecord[],
    by: (record: AnyRecord) => { at: string; by: number },
  ): Promise<StoredRecord[]> {
    const stored = await insertRecords(
      work.tx,
      definition,
      records.map((record) => ({
        values: record.values,
        parts: Object.fromEntries(Object.entries(record.parts).map(([part, rows]) => [part, rows.map(({ id: _mark, ...row }) => row)])),
        ...(record.state === undefined ? {} : { state: record.state }),
        stamps: by(record),
      })),
    );
    if (isSearched(definition)) {
      const rows = stored.map((record) => ({ id: record.id, tokens: tokensOf(definition, record) }));
      await work.company.store.dialect.indexManyTokens(work.tx, tableOf(definition), rows);
    }
    const deeds = stored.map(
      (record): Deed => ({
        action: 'create',
        type: definition.type,
        recordId: record.id,
        version: 1,
        changes: { digest: digestOf({ values: record.values, parts: record.parts }) },
      }),
    );
    await writeAudits(work, deeds);
    return stored;
  }

  /** Writes the moves of documents' steps; `row` of a move is the place of its row in the part, counted from 1. */
  async post(
    work: Work,
    postings: readonly { document: StoredRecord; part: string; step: string; moves: readonly Move[] }[],
  ): Promise<void> {
    const rows = postings.flatMap(({ document, part, step, moves }) =>
      moves.map((move) => ({
        ledger: move.ledger,
        subject: move.subject,
        from_place: move.from,
        to_place: move.to,
        amount: move.amount,
        document_type: document.type,
        document_id: document.id,
        row_id: move.row === undefined ? null : (document.parts[part]?.[move.row - 1]?.id ?? null),
        step,
        mirror_of: null,
        day: String(document.values.day),
        at: document.stamps.createdAt,
        actor: document.stamps.createdBy,
      })),
    );
    for (let start = 0; start < rows.length; start += 1000) await work.tx('moves').insert(rows.slice(start, start + 1000));
    for (const move of postings.flatMap((posting) => posting.moves)) {
      this.#add(move, move.from, -move.amount);
      this.#add(move, move.to, move.amount);
    }
  }

  /** Writes balances when there are many, so that they never fill the memory. */
  async spill(work: Work): Promise<void> {
    if (this.#balances.size > balancesMax) await this.#writeBalances(work);
  }

  /** Writes the last balances and the counters of numbers: the last thing. */
  async finish(work: Work): Promise<void> {
    await this.#writeBalances(work);
    const serials = [...this.#serials.values()];
    for (let start = 0; start < serials.length; start += 2000) {
      await work
        .tx('number_series')
        .insert(serials.slice(start, start + 2000))
        .onConflict(['series', 'period'])
        .merge();
    }
  }

  async #writeBalances(work: Work): Promise<void> {
    // In the order of their key, so that neighbours are written together.
    const balances = [...this.#balances.values()].sort((a, b) => compare(a.ledger, b.ledger) || a.subject - b.subject);
    this.#balances.clear();
    for (let start = 0; start < balances.length; start += 2000) {
      await work
        .tx('balances')
        .insert(balances.slice(start, start + 2000))
        .onConflict(['ledger', 'subject', 'place'])
        .merge({ amount: work.tx.raw('balances.amount + excluded.amount') });
    }
  }

  #add(move: Move, place: string, amount: number): void {
    const key = `${move.ledger}|${move.subject}|${place}`;
    const balance = this.#balances.get(key) ?? { ledger: move.ledger, subject: move.subject, place, amount: 0 };
    balance.amount = assertSafe(balance.amount + amount);
    this.#balances.set(key, balance);
  }
}

const balancesMax = 200_000;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Rows as they are before they have ids: numbered from 1, so that postings can name them. */
export const numbered = (rows: readonly Record<string, string | number | boolean | null>[]) =>
  rows.map((row, index) => ({ ...row, id: index + 1 }));

/** The day that lies at a share (0–1) of the time from `start` to `start + days`. */
export const dayAt = (start: string, days: number, share: number): string => addDays(start, Math.floor(days * share));
