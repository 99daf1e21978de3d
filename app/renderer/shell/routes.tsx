import { createHashRouter, type RouteObject } from 'react-router';
import { ScreenFailed } from './ScreenFailed.tsx';
import { SignedIn } from './SignedIn.tsx';
import { Splash } from './Splash.tsx';

/** The pages, each fetched when it is first opened. The address stands behind `#`, so that it works from a folder as from a server. */
const pages: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import('../pages/home/HomePage.tsx')).HomePage }) },
  { path: 'list/:type', lazy: async () => ({ Component: (await import('../documents/list/ListPage.tsx')).ListPage }) },
  { path: 'record/:type/:id', lazy: async () => ({ Component: (await import('../documents/form/RecordPage.tsx')).RecordPage }) },
  { path: 'import/:type', lazy: async () => ({ Component: (await import('../importing/ImportPage.tsx')).ImportPage }) },
  { path: 'stock', lazy: async () => ({ Component: (await import('../pages/stock/StockPage.tsx')).StockPage }) },
  { path: 'receivables', lazy: async () => ({ Component: (await import('../pages/money/ReceivablesPage.tsx')).ReceivablesPage }) },
  { path: 'accounts', lazy: async () => ({ Component: (await import('../pages/money/AccountsPage.tsx')).AccountsPage }) },
  { path: 'templates', lazy: async () => ({ Component: (await import('../pages/templates/TemplatesPage.tsx')).TemplatesPage }) },
  { path: 'templates/:id', lazy: async () => ({ Component: (await import('../pages/templates/TemplatePage.tsx')).TemplatePage }) },
  { path: 'settings/*', lazy: async () => ({ Component: (await import('../pages/settings/SettingsPage.tsx')).SettingsPage }) },
  { path: '*', lazy: async () => ({ Component: (await import('../pages/gate/NotFoundPage.tsx')).NotFoundPage }) },
];

export const router = createHashRouter([
  {
    errorElement: <ScreenFailed />,
    HydrateFallback: Splash,
    children: [
      { path: '/sign-in', lazy: async () => ({ Component: (await import('../pages/gate/SignInPage.tsx')).SignInPage }) },
      { path: '/setup', lazy: async () => ({ Component: (await import('../pages/gate/SetupPage.tsx')).SetupPage }) },
      { path: '/', Component: SignedIn, children: [{ errorElement: <ScreenFailed />, children: pages }] },
    ],
  },
]);
