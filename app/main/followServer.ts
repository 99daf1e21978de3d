import type { AppUpdater } from 'electron-updater';
import { z } from 'zod';
import { PinnedExecutor } from './pinnedExecutor.ts';
import { reach } from './reach.ts';
import type { Pin } from './trust.ts';
import { compareVersions } from './versions.ts';

/** Where this program stands towards the version of its server; the menu says it. */
export type Following =
  | { readonly state: 'unknown' | 'same' }
  /** The server speaks without TLS, so nothing of it can be trusted; or this kind of program is installed by administrators alone. */
  | { readonly state: 'notByItself' | 'newer' | 'fetching' | 'ready' | 'failed'; readonly version: string };

export interface Followed {
  readonly updater: AppUpdater;
  readonly server: string;
  readonly pin: Pin | null;
  readonly current: string;
  /** Whether this kind of program can replace itself without asking anybody. */
  readonly canReplaceItself: boolean;
  readonly tell: (following: Following) => void;
}

const state = z.object({ version: z.string().max(60) });
const askMs = 5000;

/**
 * Brings the program to the version of its server and no other: never to an older one, only from the paired server over the
 * connection that its pinned root proves, and only what has the SHA-512 the server names. It is installed when the program is quit.
 * Whatever goes wrong is told, and the program stays as it is.
 */
export async function followServer(of: Followed): Promise<void> {
  const { server, pin, current, tell } = of;
  try {
    const { version } = state.parse((await reach(`${server}/api/state`, { pin, signal: AbortSignal.timeout(askMs) })).body);
    const order = compareVersions(version, current);
    if (order === null) return tell({ state: 'unknown' });
    if (order === 0) return tell({ state: 'same' });
    if (order < 0) return tell({ state: 'newer', version });
    if (pin === null || !of.canReplaceItself) return tell({ state: 'notByItself', version });
    tell({ state: 'fetching', version });
    const isFetched = await fetchVersion(of, pin, version).catch(() => false);
    tell({ state: isFetched ? 'ready' : 'failed', version });
  } catch {
    // A server that does not answer now is asked again later; the screens say that it is not there.
    tell({ state: 'unknown' });
  }
}

/** Fetches what the server offers, if that is the wanted version; false when it is not. */
async function fetchVersion({ updater, server, current }: Followed, pin: Pin, wanted: string): Promise<boolean> {
  updater.logger = null;
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = true;
  updater.allowDowngrade = false;
  updater.disableWebInstaller = true;
  updater.disableDifferentialDownload = true;
  updater.isUpdateSupported = ({ version }) => version === wanted && compareVersions(version, current) === 1;
  // Its own connections go through the browser's; ours know the root.
  Reflect.set(updater, 'httpExecutor', new PinnedExecutor(server, pin));
  updater.setFeedURL({ provider: 'generic', url: `${server}/clients` });
  const found = await updater.checkForUpdates();
  if (!found?.isUpdateAvailable) return false;
  return (await updater.downloadUpdate()).length > 0;
}
