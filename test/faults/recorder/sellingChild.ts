import { actorOf } from '../../../server/access/rights.ts';
import { openSqlite } from '../../../server/database/engines/sqlite.ts';
import { createRecord } from '../../../server/engine/createRecord.ts';
import { takeStep } from '../../../server/engine/takeStep.ts';
import { transact } from '../../../server/engine/transact.ts';
import { offerFeatures } from '../../../server/features/offer.ts';
import type { Company } from '../../../server/work.ts';
import { catalogue } from '../../../shared/catalogue.ts';
import { confirm } from './record.ts';

/** A program that sells with several people at once, notes in the record what each was told, and then just ends. */
const task = JSON.parse(process.argv[2] ?? '{}') as {
  file: string;
  folder: string;
  record: string;
  synchronous: 'full' | 'normal';
  sellers: number;
  ordersEach: number;
  seller: number;
  filled: { customer: number; pen: number; warehouse: number };
};
offerFeatures();
const store = await openSqlite({ engine: 'sqlite', file: task.file }, { synchronous: task.synchronous });
const company: Company = {
  code: 'test',
  name: '远航商贸',
  folder: task.folder,
  catalogue,
  store: { ...store, migrate: async () => undefined },
  timeZone: 'Asia/Shanghai',
  announce: () => undefined,
  report: (fault) => {
    throw fault;
  },
};
const definition = catalogue.get('salesOrder');
const actor = await actorOf(company, task.seller);
const { customer, pen, warehouse } = task.filled;
await Promise.all(Array.from({ length: task.sellers }, sell));
process.exit(0);

async function sell(): Promise<void> {
  for (let count = 1; count <= task.ordersEach; count += 1) {
    const lines = Array.from({ length: 1 + (count % 3) }, () => ({
      item: pen,
      quantity: count * 1_000_000,
      grossPrice: 11_300_000,
      taxRate: 130_000,
      warehouse,
    }));
    const { id, version } = await transact(company, actor, (work) =>
      createRecord(work, definition, { values: { customer }, parts: { lines } }),
    );
    confirm(task.record, { table: 'sales_orders', id, version });
    const approved = await transact(company, actor, (work) => takeStep(work, definition, id, 'approve', { version }));
    confirm(task.record, { table: 'sales_orders', id, version: approved.version });
  }
}
