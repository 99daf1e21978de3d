import type { HomeAnswer } from '../../../shared/contracts/trade.ts';
import type { Work } from '../../work.ts';
import { countWaiting } from '../devices/devices.ts';
import { monthFigures } from './figures.ts';
import { ordersToShip, overdueReceivables, ownQuotations, waitingForApproval } from './lists.ts';
import { lowStock } from './lowStock.ts';

/** What a person should look at first today. A list without its right is absent, not empty. */
export async function homeFor(work: Work): Promise<HomeAnswer> {
  const lists = {
    quotations: await ownQuotations(work),
    approvals: await waitingForApproval(work),
    toShip: await ordersToShip(work),
    receivables: await overdueReceivables(work),
    lowStock: await lowStock(work),
    figures: await monthFigures(work),
    devicesWaiting: work.actor.special.has('devices.manage') ? await countWaiting(work) : null,
  };
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list !== null)) as HomeAnswer;
}
