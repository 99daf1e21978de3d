import type { ListAnswer } from '../../../shared/contracts/wire.ts';
import { ask } from '../workloads.ts';

/** What a window with the list of sales orders asks for when it hears of a change; gives the newest version of each order it shows. */
export async function refreshListScreen(url: string, token: string): Promise<ReadonlyMap<number, number>> {
  const list = ask<ListAnswer>(url, 'POST', '/api/records/salesOrder/list', listOfOrders, token);
  await Promise.all([list, ask(url, 'GET', '/api/notices', undefined, token), ask(url, 'GET', '/api/waiting', undefined, token)]);
  return new Map((await list).rows.map(({ id, version }) => [id, version]));
}

const listOfOrders = {
  fields: [
    'number',
    'currency',
    'customer',
    'day',
    'deliverBy',
    'total',
    'received',
    'openAmount',
    'deliveryState',
    'paymentState',
    'owner',
  ],
  limit: 200,
  totals: true,
};
