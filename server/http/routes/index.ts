import type { Route } from '../route.ts';
import { accessRoutes } from './access.ts';
import { bulkRoutes } from './bulk.ts';
import { recordRoutes } from './records.ts';
import { setupRoutes } from './setup.ts';

/** Every door of the API, in the order Express tries them. */
export const routes: readonly Route[] = [...setupRoutes, ...accessRoutes, ...bulkRoutes, ...recordRoutes];
