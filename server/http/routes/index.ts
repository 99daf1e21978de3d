import type { Route } from '../route.ts';
import { accessRoutes } from './access.ts';
import { bulkRoutes } from './bulk.ts';
import { exchangeRoutes } from './exchange.ts';
import { recordRoutes } from './records.ts';
import { setupRoutes } from './setup.ts';
import { tradeRoutes } from './trade.ts';

/** Every door of the API, in the order Express tries them: the ones with fixed words before those with any type. */
export const routes: readonly Route[] = [...setupRoutes, ...accessRoutes, ...tradeRoutes, ...exchangeRoutes, ...bulkRoutes, ...recordRoutes];
