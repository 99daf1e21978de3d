import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '../../../shared/kernel/refusal.ts';

/** Lets nobody begin a write inside a write of the same store (see Store.write), and tells whether somebody stands inside one. */
export class OneDoor {
  readonly #inside = new AsyncLocalStorage<object>();
  #count = 0;

  /** How many writes are under way or wait for their turn. */
  get count(): number {
    return this.#count;
  }

  async enter<T>(work: (isInside: () => boolean) => Promise<T>): Promise<T> {
    if (this.#inside.getStore()) throw new Error('A write began inside another write: use the transaction at hand');
    const write = {};
    this.#count += 1;
    try {
      return await this.#inside.run(write, () => work(() => this.#inside.getStore() === write));
    } finally {
      this.#count -= 1;
    }
  }
}

/** Runs a write. Refuses 'database.full' when the disk has no room for it: nothing of it is kept, and reading goes on. */
export async function refusingFull<T>(write: () => Promise<T>, isFull: (fault: unknown) => boolean): Promise<T> {
  try {
    return await write();
  } catch (fault) {
    throw isFull(fault) ? new Refusal('database.full') : fault;
  }
}

const attemptsMax = 8;
const firstPauseMs = 10;

/** Tries again while the engine says that trying again may help; pauses grow and differ, so that rivals part. */
export async function retrying<T>(attempt: () => Promise<T>, isWorthRetrying: (fault: unknown) => boolean): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (fault) {
      if (count >= attemptsMax || !isWorthRetrying(fault)) throw fault;
      await sleep(firstPauseMs * 2 ** count * (0.5 + Math.random()));
    }
  }
}
