import { actorOf } from '../../server/access/rights.ts';
import { openStore } from '../../server/database/openStore.ts';
import type { StorePlace } from '../../server/database/store.ts';
import { commitImport } from '../../server/features/exchange/import/commitImport.ts';
import { offerFeatures } from '../../server/features/offer.ts';
import type { Company } from '../../server/work.ts';
import { catalogue } from '../../shared/catalogue.ts';

/** A server of its own that begins a commit and says when it is in the middle of its transaction, so that somebody can kill it. */
const task = JSON.parse(process.argv[2] ?? '{}') as { place: StorePlace; folder: string; user: number; import: number; rows: number };
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
const job = await commitImport(company, await actorOf(company, task.user), task.import, { decisions: { all: 'skip' }, existing: 'skip' });
// The first half of the progress is preparation, the second the transaction.
while (job.progress.done < task.rows * 1.5) await new Promise((resolve) => setImmediate(resolve));
process.stdout.write('midway\n');
await job.finished;
process.stdout.write('finished\n');
