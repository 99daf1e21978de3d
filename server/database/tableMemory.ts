/**
 * What was read from some tables, remembered until one of them is written. It lives with a store that alone writes its
 * database and sees every statement; where others write too, nothing is remembered.
 */
export interface TableMemory {
  /** False where nothing is ever kept: there it does not pay to read more than is asked for now. */
  readonly remembers: boolean;
  /** What was kept, when none of its tables has been written since. It belongs to everybody: do not change it. */
  recall<T>(tables: readonly string[], key: string | number): T | undefined;
  /** Keeps what the transaction read from these tables; `tx` tells how old the reading is. */
  keep(tx: object, tables: readonly string[], key: string | number, value: unknown): void;
}

/** For stores that others may write to. */
export const noMemory: TableMemory = { remembers: false, recall: () => undefined, keep: () => undefined };

interface Kept {
  readonly asOf: number;
  readonly value: unknown;
}

// A list of everything that is chosen in forms fits; customers of a large company take turns.
const entriesMax = 5000;

/** The memory of a store whose engine reports what it writes. */
export class WatchedTables implements TableMemory {
  readonly remembers = true;
  #commits = 0;
  #allChangedAt = 0;
  readonly #changedAt = new Map<string, number>();
  readonly #open = new Set<string>();
  readonly #asOf = new WeakMap<object, number>();
  readonly #kept = new Map<string, Map<string | number, Kept>>();

  /** To be called before the first statement of a transaction. */
  begins(tx: object): void {
    this.#asOf.set(tx, this.#commits);
  }

  /** To be called with every statement that writes; null when it cannot be told which table. */
  writes(table: string | null): void {
    if (table === null) {
      this.#allChangedAt = Number.POSITIVE_INFINITY;
      return;
    }
    this.#changedAt.set(table, Number.POSITIVE_INFINITY);
    this.#open.add(table);
  }

  /** To be called when the writing transaction has ended, one way or the other. */
  ends(): void {
    const isAll = this.#allChangedAt === Number.POSITIVE_INFINITY;
    if (this.#open.size === 0 && !isAll) return;
    this.#commits += 1;
    if (isAll) this.#allChangedAt = this.#commits;
    for (const table of this.#open) this.#changedAt.set(table, this.#commits);
    this.#open.clear();
  }

  recall<T>(tables: readonly string[], key: string | number): T | undefined {
    const kept = this.#kept.get(tables[0] ?? '')?.get(key);
    return kept && this.#isUntouched(tables, kept.asOf) ? (kept.value as T) : undefined;
  }

  keep(tx: object, tables: readonly string[], key: string | number, value: unknown): void {
    const asOf = this.#asOf.get(tx);
    if (asOf === undefined || !this.#isUntouched(tables, asOf)) return;
    const first = tables[0] ?? '';
    const entries = this.#kept.get(first) ?? new Map<string | number, Kept>();
    this.#kept.set(first, entries);
    if (entries.size >= entriesMax) entries.clear();
    entries.set(key, { asOf, value });
  }

  #isUntouched(tables: readonly string[], asOf: number): boolean {
    return this.#allChangedAt <= asOf && tables.every((table) => (this.#changedAt.get(table) ?? 0) <= asOf);
  }
}
