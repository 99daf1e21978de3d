import { copyFileSync, mkdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { flushFolder } from '../files.ts';
import { writeFeeds } from './feed.ts';
import { installerNamed, isWhatItsNameSays } from './installers.ts';

/**
 * Puts installers of the desktop client where the server gives them out, and writes the feed; all of them or none. Refuses
 * 'client.badName', 'client.otherVersion' (clients follow their server, so a server offers its own version alone) and 'client.broken'.
 */
export async function addClients(files: readonly string[], of: { folder: string; version: string }): Promise<string[]> {
  for (const file of files) {
    const name = basename(file);
    const installer = installerNamed(name);
    if (!installer) throw new Refusal('client.badName', { name });
    if (installer.version !== of.version) throw new Refusal('client.otherVersion', { name, version: of.version });
    if (!isWhatItsNameSays(file, installer.kind)) throw new Refusal('client.broken', { name });
  }
  mkdirSync(of.folder, { recursive: true });
  for (const file of files) {
    const to = join(of.folder, basename(file));
    // Renamed into place: nobody is given half of it.
    copyFileSync(file, `${to}.new`);
    renameSync(`${to}.new`, to);
  }
  flushFolder(of.folder);
  return writeFeeds(of.folder, of.version);
}
