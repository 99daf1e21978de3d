import type { Knex } from 'knex';
import { SqliteClient } from '../../server/database/engines/sqliteClient.ts';
import type { Company } from '../../server/work.ts';

/** The company with every question counted that is put to its database through this one. */
export function countingQueries(company: Company): { readonly company: Company; readonly count: () => number } {
  let count = 0;
  const one = () => {
    count += 1;
  };
  const heard = async <T, X extends Knex>(tx: X, work: (tx: X) => Promise<T>): Promise<T> => {
    const stop = listen(tx, one);
    try {
      return await work(tx);
    } finally {
      stop();
    }
  };
  const { store } = company;
  const read: typeof store.read = (work) => store.read((tx) => heard(tx, work));
  const write: typeof store.write = (work) => store.write((tx) => heard(tx, work));
  return { company: { ...company, store: Object.create(store, { read: { value: read }, write: { value: write } }) }, count: () => count };
}

function listen(tx: Knex, one: () => void): () => void {
  const { client } = tx;
  if (!(client instanceof SqliteClient)) {
    tx.on('query', one);
    return () => tx.removeListener('query', one);
  }
  // What goes to SQLite at once is not told by Knex.
  const ways = ['runner', 'rows', 'changes'] as const;
  for (const way of ways) {
    const go = client[way].bind(client) as (...of: unknown[]) => unknown;
    const counted = (...of: unknown[]) => {
      one();
      return go(...of);
    };
    Object.assign(client, { [way]: counted });
  }
  return () => {
    for (const way of ways) Reflect.deleteProperty(client, way);
  };
}
