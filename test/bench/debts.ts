import type { ListAnswer, RecordAnswer } from '../../shared/contracts/wire.ts';
import { as, one, type Workload } from './workloads.ts';

const openMax = 5000;

/** The settlement desk of somebody who has never paid: everything open comes in one answer. */
export const debtWorkloads: readonly Workload[] = [
  {
    name: 'open the settlement desk of a customer with 5000 open orders',
    count: 30,
    prepare: async ({ product }) => {
      const call = await as(product.url, 'admin');
      const customer = await call<RecordAnswer>('POST', '/api/records/customer', { values: { name: '长期欠款有限公司' } });
      const { rows } = await call<ListAnswer>('POST', '/api/records/item/list', { fields: ['name'], limit: 1 });
      const values = { customer: customer.id };
      const lines = [{ item: rows[0]?.id ?? 1, quantity: one, grossPrice: 100 * one, warehouse: 1 }];
      for (let made = 0; made < openMax; made += 100) {
        const ids = await Promise.all(
          Array.from(
            { length: 100 },
            async () => (await call<RecordAnswer>('POST', '/api/records/salesOrder', { values, parts: { lines } })).id,
          ),
        );
        await call('POST', '/api/records/salesOrder/bulk', { operation: 'step', step: 'approve', ids });
      }
      return { product: async () => void (await call('GET', `/api/settle/customer/${customer.id}`)) };
    },
  },
];
