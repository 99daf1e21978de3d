import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { startProving } from './api/device.ts';
import { startLanguage } from './api/i18n.ts';
import { queryClient } from './api/queries.ts';
import { leadToDoor } from './shell/leadToDoor.ts';
import { openRouter } from './shell/routes.tsx';
import { ThemeProvider } from './theme/ThemeProvider.tsx';

startProving();
await startLanguage();
leadToDoor();

const place = document.getElementById('root');
if (place) {
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <ThemeProvider>
          <RouterProvider router={openRouter()} />
        </ThemeProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
