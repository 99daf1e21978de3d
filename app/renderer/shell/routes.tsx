import { createHashRouter, type RouteObject } from 'react-router';
import { SignInPage } from '../pages/gate/SignInPage.tsx';
import { Splash } from '../ui/Splash.tsx';
import { fetchAhead, pieces } from './pieces.ts';
import { ScreenFailed } from './ScreenFailed.tsx';
import { SignedIn } from './SignedIn.tsx';

/** The pages, each fetched when it is first opened. The address stands behind `#`, so that it works from a folder as from a server. */
const pages: RouteObject[] = [
  { index: true, lazy: pieces.home },
  { path: 'list/:type', lazy: pieces.list },
  { path: 'record/:type/:id', lazy: pieces.record },
  {
    path: 'compare/:type/:from/:to',
    lazy: async () => ({ Component: (await import('../documents/compare/ComparePage.tsx')).ComparePage }),
  },
  { path: 'import/:type', lazy: async () => ({ Component: (await import('../importing/ImportPage.tsx')).ImportPage }) },
  { path: 'purchase-plan', lazy: async () => ({ Component: (await import('../pages/purchase/PlanPage.tsx')).PlanPage }) },
  { path: 'stock', lazy: async () => ({ Component: (await import('../pages/stock/StockPage.tsx')).StockPage }) },
  { path: 'stock-moves', lazy: async () => ({ Component: (await import('../pages/stock/MovementsPage.tsx')).MovementsPage }) },
  { path: 'stock-limits', lazy: async () => ({ Component: (await import('../pages/stock/LimitsPage.tsx')).LimitsPage }) },
  { path: 'lots', lazy: async () => ({ Component: (await import('../pages/lots/LotsPage.tsx')).LotsPage }) },
  { path: 'transit', lazy: async () => ({ Component: (await import('../pages/selling/TransitPage.tsx')).TransitPage }) },
  { path: 'release', lazy: async () => ({ Component: (await import('../pages/selling/ReleasePage.tsx')).ReleasePage }) },
  { path: 'receivables', lazy: async () => ({ Component: (await import('../pages/money/ReceivablesPage.tsx')).ReceivablesPage }) },
  { path: 'settle/:side?/:party?', lazy: async () => ({ Component: (await import('../pages/money/settle/SettlePage.tsx')).SettlePage }) },
  { path: 'payables', lazy: async () => ({ Component: (await import('../pages/money/PayablesPage.tsx')).PayablesPage }) },
  { path: 'closing', lazy: async () => ({ Component: (await import('../pages/closing/ClosingPage.tsx')).ClosingPage }) },
  { path: 'vouchers', lazy: async () => ({ Component: (await import('../pages/vouchers/VouchersPage.tsx')).VouchersPage }) },
  { path: 'accounts', lazy: async () => ({ Component: (await import('../pages/money/AccountsPage.tsx')).AccountsPage }) },
  { path: 'reports', lazy: async () => ({ Component: (await import('../pages/reports/ReportsPage.tsx')).ReportsPage }) },
  { path: 'reports/:name', lazy: async () => ({ Component: (await import('../pages/reports/ReportPage.tsx')).ReportPage }) },
  { path: 'templates', lazy: async () => ({ Component: (await import('../pages/templates/TemplatesPage.tsx')).TemplatesPage }) },
  { path: 'templates/:id', lazy: async () => ({ Component: (await import('../pages/templates/TemplatePage.tsx')).TemplatePage }) },
  { path: 'desktop', lazy: async () => ({ Component: (await import('../pages/desktop/DesktopPage.tsx')).DesktopPage }) },
  { path: 'settings/*', lazy: async () => ({ Component: (await import('../pages/settings/SettingsPage.tsx')).SettingsPage }) },
  { path: '*', lazy: async () => ({ Component: (await import('../pages/gate/NotFoundPage.tsx')).NotFoundPage }) },
];

const places: RouteObject[] = [
  {
    errorElement: <ScreenFailed />,
    HydrateFallback: Splash,
    children: [
      { path: '/sign-in', element: <SignInPage onReady={fetchAhead} /> },
      { path: '/setup', lazy: async () => ({ Component: (await import('../pages/gate/SetupPage.tsx')).SetupPage }) },
      { path: '/restore', lazy: async () => ({ Component: (await import('../pages/gate/RestorePage.tsx')).RestorePage }) },
      { path: '/', Component: SignedIn, children: [{ errorElement: <ScreenFailed />, children: pages }] },
    ],
  },
];

export const openRouter = () => createHashRouter(places);
