import type { Route } from '../route.ts';
import { accessRoutes } from './access.ts';
import { assigningRoutes } from './assigning.ts';
import { auditRoutes } from './audit.ts';
import { backupRoutes } from './backups.ts';
import { bulkRoutes } from './bulk.ts';
import { clientRoutes } from './clients.ts';
import { closingRoutes } from './closing.ts';
import { deviceRoutes } from './devices.ts';
import { exchangeRoutes } from './exchange.ts';
import { explainingRoutes } from './explaining.ts';
import { fileRoutes } from './files.ts';
import { formRuleRoutes } from './formRules.ts';
import { goLiveRoutes } from './goLive.ts';
import { handOutRoutes } from './handOuts.ts';
import { homeRoutes } from './home.ts';
import { leavingRoutes } from './leaving.ts';
import { lotRoutes } from './lots.ts';
import { openapiRoutes } from './openapi.ts';
import { practiceRoutes } from './practice.ts';
import { printRoutes } from './print.ts';
import { purchaseRoutes } from './purchase.ts';
import { recordRoutes } from './records.ts';
import { relationRoutes } from './relations.ts';
import { reportRoutes } from './reports.ts';
import { restoringRoutes } from './restoring.ts';
import { safetyRoutes } from './safety.ts';
import { secondStepRoutes } from './secondStep.ts';
import { sellingRoutes } from './selling.ts';
import { settingsRoutes } from './settings.ts';
import { settlingRoutes } from './settling.ts';
import { setupRoutes } from './setup.ts';
import { tlsRoutes } from './tls.ts';
import { tradeRoutes } from './trade.ts';
import { viewingRoutes } from './viewing.ts';
import { viewRoutes } from './views.ts';
import { voucherRoutes } from './vouchers.ts';
import { warehousingRoutes } from './warehousing.ts';

/** Every door of the API, in the order Express tries them: the ones with fixed words before those with any type. */
const known: readonly Route[] = [
  ...setupRoutes,
  ...tlsRoutes,
  ...clientRoutes,
  ...accessRoutes,
  ...safetyRoutes,
  ...secondStepRoutes,
  ...deviceRoutes,
  ...explainingRoutes,
  ...viewingRoutes,
  ...assigningRoutes,
  ...auditRoutes,
  ...handOutRoutes,
  ...leavingRoutes,
  ...homeRoutes,
  ...backupRoutes,
  ...practiceRoutes,
  ...restoringRoutes,
  ...settingsRoutes,
  ...goLiveRoutes,
  ...formRuleRoutes,
  ...viewRoutes,
  ...sellingRoutes,
  ...tradeRoutes,
  ...closingRoutes,
  ...voucherRoutes,
  ...lotRoutes,
  ...warehousingRoutes,
  ...purchaseRoutes,
  ...settlingRoutes,
  ...relationRoutes,
  ...reportRoutes,
  ...printRoutes,
  ...fileRoutes,
  ...exchangeRoutes,
  ...bulkRoutes,
  ...recordRoutes,
];

export const routes: readonly Route[] = [...openapiRoutes(known), ...known];
