import { resolve } from 'node:path';
import { addClients } from '../clients/addClients.ts';
import { addedClients, clientFolders, listInstallers } from '../clients/installers.ts';
import { version } from '../version.ts';

/** The installers of the desktop client that a server with this data folder gives out, a line each. */
export function describeClients(dataFolder: string): string {
  const lines = listInstallers(clientFolders(dataFolder)).map(({ name, bytes }) => `${name}\t${(bytes / 1e6).toFixed(1)} MB`);
  return lines.length === 0 ? '没有安装包 · none' : lines.join('\n');
}

/** Adds installers of this release, and says what clients will read. Refuses like addClients. */
export async function addClientsByConsole(dataFolder: string, files: readonly string[]): Promise<string> {
  const paths = files.map((file) => resolve(file));
  const feeds = await addClients(paths, { folder: addedClients(dataFolder), version });
  return `已添加，已安装的客户端将跟随 · added; installed clients follow: ${feeds.join(', ') || '-'}\n${describeClients(dataFolder)}`;
}
