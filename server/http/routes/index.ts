import type { Route } from '../route.ts';
import { accessRoutes } from './access.ts';
import { assigningRoutes } from './assigning.ts';
import { auditRoutes } from './audit.ts';
import { bulkRoutes } from './bulk.ts';
import { exchangeRoutes } from './exchange.ts';
import { fileRoutes } from './files.ts';
import { formRuleRoutes } from './formRules.ts';
import { homeRoutes } from './home.ts';
import { openapiRoutes } from './openapi.ts';
import { printRoutes } from './print.ts';
import { recordRoutes } from './records.ts';
import { relationRoutes } from './relations.ts';
import { settingsRoutes } from './settings.ts';
import { setupRoutes } from './setup.ts';
import { tradeRoutes } from './trade.ts';
import { viewRoutes } from './views.ts';

/** Every door of the API, in the order Express tries them: the ones with fixed words before those with any type. */
const known: readonly Route[] = [
  ...setupRoutes,
  ...accessRoutes,
  ...assigningRoutes,
  ...auditRoutes,
  ...homeRoutes,
  ...settingsRoutes,
  ...formRuleRoutes,
  ...viewRoutes,
  ...tradeRoutes,
  ...relationRoutes,
  ...printRoutes,
  ...fileRoutes,
  ...exchangeRoutes,
  ...bulkRoutes,
  ...recordRoutes,
];

export const routes: readonly Route[] = [...openapiRoutes(known), ...known];
