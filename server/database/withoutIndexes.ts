import type { Store } from './store.ts';
import type { IndexSpec } from './tableSpec.ts';

/**
 * Takes the indexes of tables off, runs the work and puts them back: filling a table and sorting it once is several times
 * faster than keeping it sorted. Keys stay. Only for a company that nobody works in yet and that is thrown away when the
 * work fails, since then the indexes stay off; a unique index that the rows do not keep to is found at the end.
 */
export async function withoutIndexes<T>(store: Store, tables: readonly string[], run: () => Promise<T>): Promise<T> {
  const taken = await store.write(async (tx) => {
    const found = (await store.dialect.readTables(tx))
      .filter((table) => tables.includes(table.name))
      .flatMap((table) => table.indexes.map((index): { table: string; index: IndexSpec } => ({ table: table.name, index })));
    for (const { index } of found) await store.dialect.dropIndex(tx, index);
    return found;
  });
  const done = await run();
  for (const { table, index } of taken) await store.write((tx) => store.dialect.createIndex(tx, table, index));
  return done;
}
