import type { ClientsAnswer } from '../../../shared/contracts/clients.ts';
import { clientFolders, listInstallers } from '../../clients/installers.ts';
import { route } from '../route.ts';

export const clientRoutes = [
  route({
    method: 'get',
    path: '/api/clients',
    access: 'signedIn',
    summary: 'The installers of the desktop client that this server gives out at /clients/NAME',
    handle: async ({ server }) => ({
      json: { version: server.version, installers: listInstallers(clientFolders(server.dataFolder)) } satisfies ClientsAnswer,
    }),
  }),
];
