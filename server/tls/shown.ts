import type { Logger } from 'pino';
import { clock } from '../clock.ts';
import { leafOf, rootOf, spkiHashOf } from './identity.ts';
import { keepCertificates, type Shown } from './keep.ts';
import { namesToCertify } from './names.ts';
import { Pairing } from './pairing.ts';

const lookEveryMs = 60_000;

/** What a running server shows to whoever connects, kept up with days, addresses and imported certificates while it runs. */
export class ShownCertificates {
  /** How clients come to trust it. */
  readonly pairing: Pairing;
  readonly #of: { dataFolder: string; names: readonly string[]; log: Logger };
  readonly #timer: NodeJS.Timeout;
  #shown: Shown;
  #take: ((shown: Shown) => void) | null = null;

  /** `names` are those it was given besides its machine's. Refuses like keepCertificates. */
  constructor(of: { dataFolder: string; names: readonly string[]; log: Logger }) {
    this.#of = of;
    this.#shown = this.#find();
    this.pairing = new Pairing({ dataFolder: of.dataFolder, root: () => spkiHashOf(rootOf(this.#shown)), now: () => clock.now() });
    this.#timer = setInterval(() => this.look(), lookEveryMs);
    this.#timer.unref();
  }

  shown(): Shown {
    return this.#shown;
  }

  /** Calls `take` whenever there is something else to show. */
  onChange(take: (shown: Shown) => void): void {
    this.#take = take;
  }

  /** Looks whether something has changed. A fault leaves everything as it is: what is shown may be good for weeks. */
  look(): void {
    try {
      const found = this.#find();
      if (found.chain.join('') === this.#shown.chain.join('')) return;
      this.#take?.(found);
      this.#shown = found;
      this.#of.log.info({ source: found.source, until: leafOf(found).validTo }, 'certificate changed');
    } catch (fault) {
      this.#of.log.error({ err: fault }, 'certificate');
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #find(): Shown {
    return keepCertificates(this.#of.dataFolder, namesToCertify(this.#of.names), clock.now());
  }
}
