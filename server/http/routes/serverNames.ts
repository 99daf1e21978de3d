import type { Server } from '../../server.ts';

/** What a device may call this server when it signs: the root it has pinned, or the host it asked, which was checked at the door. */
export const serverNames = ({ tls }: Pick<Server, 'tls'>, host: string | undefined): string[] => [
  ...(host === undefined ? [] : [`host ${host.toLowerCase()}`]),
  ...(tls?.roots() ?? []).map((root) => `root ${root}`),
];
