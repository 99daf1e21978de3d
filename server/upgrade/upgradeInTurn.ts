import { setTimeout as sleep } from 'node:timers/promises';
import { openWire, standingAt } from '../database/openStore.ts';
import { upgradeCompany } from './upgradeCompany.ts';

const askEveryMs = 500;

/**
 * Upgrades a company that one of several processes has to upgrade: one does it, those who come later wait until it has ended, or is
 * gone, and look again. Gives the name of the archive, null where another has done it. Should the connection break that holds the turn,
 * two may begin; the lock of the changing transaction itself lets one through, and the other finds nothing to do. Refuses like
 * upgradeCompany; throws when `signal` ends the waiting.
 */
export async function upgradeInTurn(...[task, how]: Parameters<typeof upgradeCompany>): Promise<string | null> {
  const wire = await openWire(task.place, { hear: () => undefined, deaf: () => undefined, again: () => undefined });
  try {
    for (;;) {
      how.signal.throwIfAborted();
      if (await wire.hold('upgrade')) return (await standingAt(task.place)) === 'older' ? await upgradeCompany(task, how) : null;
      await sleep(askEveryMs, undefined, { signal: how.signal });
    }
  } finally {
    // What is held goes with the wire.
    await wire.close();
  }
}
