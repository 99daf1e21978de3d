import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { closePrinting } from '../../server/features/printing/renderPdf.ts';
import { createApp } from '../../server/http/app.ts';
import { routes } from '../../server/http/routes/index.ts';
import { Sockets } from '../../server/http/sockets.ts';
import type { Server } from '../../server/server.ts';
import { Companies } from '../../server/start/companies.ts';
import { version } from '../../server/version.ts';
import type { Catalogue } from '../../shared/kernel/catalogue.ts';
import { readyHealth } from '../support/health.ts';
import { closedDesk } from '../support/restoreDesk.ts';
import { type Api, apiAt } from '../support/server.ts';

/** The server with a catalogue that no product ships, in this process; otherwise the same pieces as in `server/main.ts`. */
export async function serveHere(path: string, catalogue: Catalogue): Promise<Api & { stop(): Promise<void> }> {
  const log = pino({ level: 'silent' });
  let sockets: Sockets | null = null;
  const companies = await Companies.open({
    dataFolder: path,
    catalogue,
    log,
    announce: (company, changes) => sockets?.announce(company, changes),
  });
  const server: Server = {
    version,
    dataFolder: path,
    catalogue,
    log,
    companies: () => companies.list(),
    company: (code) => companies.find(code),
    closed: () => companies.closed(),
    practices: companies,
    createCompany: (wanted, fill) => companies.create(wanted, fill),
    setupCode: 'ABCDEFGH23',
    health: readyHealth(),
    metrics: null,
    hostNames: ['localhost'],
    disks: { root: '/', named: [] },
    restoreDesk: closedDesk(path),
    tls: null,
  };
  const http = createServer(createApp(server, routes, fileURLToPath(new URL('../../dist/renderer', import.meta.url))));
  sockets = new Sockets(http, server);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    ...apiAt(`http://127.0.0.1:${(http.address() as AddressInfo).port}`),
    stop: async () => {
      await sockets?.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      await closePrinting();
      await companies.close();
    },
  };
}
