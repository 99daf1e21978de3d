import type { Catalogue } from '../../shared/kernel/catalogue.ts';
import type { Definition } from '../../shared/kernel/definition.ts';
import { loadRecords } from '../database/rows.ts';
import type { Store } from '../database/store.ts';
import { isSearched, tableOf } from '../database/tables.ts';
import { tokensOf } from '../engine/store.ts';

const recordsPerPiece = 1000;

/** Makes the search index of a database that has none yet: what is found by words follows from the records and is not archived. `told` hears which share of the types is done. */
export async function indexAnew(
  store: Store,
  catalogue: Catalogue,
  { signal, told }: { signal?: AbortSignal | undefined; told?: ((share: number) => void) | undefined } = {},
): Promise<void> {
  const searched = catalogue.definitions.filter(isSearched);
  for (const [index, definition] of searched.entries()) {
    told?.(index / searched.length);
    for (let after = 0; ; ) {
      signal?.throwIfAborted();
      const last = await indexNext(store, definition, after);
      if (last === null) break;
      after = last;
    }
  }
}

/** Indexes the next records behind an id; gives the last id, or null when there are none. */
async function indexNext(store: Store, definition: Definition, after: number): Promise<number | null> {
  const isMore = await store.read((tx) => tx(tableOf(definition)).where('id', '>', after).first('id'));
  if (!isMore) return null;
  return store.write(async (tx) => {
    const found = (await tx(tableOf(definition))
      .where('id', '>', after)
      .whereNull('deleted_at')
      .orderBy('id')
      .limit(recordsPerPiece)
      .select('id')) as { id: number }[];
    const last = found.at(-1);
    if (!last) return null;
    const records = await loadRecords(
      tx,
      definition,
      found.map(({ id }) => id),
      { parts: true },
    );
    await store.dialect.indexManyTokens(
      tx,
      tableOf(definition),
      records.map((record) => ({ id: record.id, tokens: tokensOf(definition, record) })),
    );
    return last.id;
  });
}
