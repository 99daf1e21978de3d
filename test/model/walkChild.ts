import { systemActor } from '../../server/access/rights.ts';
import { openStore } from '../../server/database/openStore.ts';
import type { StorePlace } from '../../server/database/store.ts';
import { look } from '../../server/engine/transact.ts';
import { offerFeatures } from '../../server/features/offer.ts';
import type { Company } from '../../server/work.ts';
import { catalogue } from '../../shared/catalogue.ts';
import type { AnyRecord } from '../../shared/kernel/definition.ts';
import { officeOf } from '../scenarios/office.ts';
import { everybody, rootsOf } from './market.ts';
import { allPapers } from './plainBooks.ts';
import { type Walk, type World, walk } from './walk.ts';

/** A server's work in a process of its own: it walks on where the last one was killed and tells what was confirmed, until it is killed too. */
const task = JSON.parse(process.argv[2] ?? '{}') as { place: StorePlace; folder: string; seed: number; pool: Walk['pool'] };

/** Tells of every document that is put into it. */
class Told extends Map<string, AnyRecord> {
  override set(key: string, record: AnyRecord): this {
    if (this.isTelling) process.send?.({ key, version: record.version });
    return super.set(key, record);
  }
  isTelling = false;
}

offerFeatures();
const store = await openStore(task.place);
const company: Company = {
  code: 'test',
  name: '远航商贸',
  folder: task.folder,
  catalogue,
  store,
  timeZone: 'Asia/Shanghai',
  announce: () => undefined,
  report: (fault) => {
    throw fault;
  },
};
const documents = new Told();
for (const paper of await look(company, systemActor(company), allPapers)) documents.set(`${paper.type}:${paper.id}`, paper);
documents.isTelling = true;
process.send?.('ready');
const world: World = { documents, done: new Map(), refused: new Map() };
await walk(officeOf(company), world, {
  seed: task.seed,
  tries: 100_000,
  clients: 4,
  pool: task.pool,
  roots: rootsOf(catalogue),
  people: everybody,
});
