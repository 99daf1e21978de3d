import type { Logger } from 'pino';
import { msOf } from '../../shared/kernel/days.ts';
import { clock } from '../clock.ts';
import { leafOf, rootOf, spkiHashOf } from './identity.ts';
import { keepCertificates, type Shown } from './keep.ts';
import { namesToCertify } from './names.ts';
import { Pairing } from './pairing.ts';
import { findSuccession, type Succession } from './succession.ts';

const lookEveryMs = 60_000;

/** What a running server shows to whoever connects, kept up with days, addresses and imported certificates while it runs. */
export class ShownCertificates {
  /** How clients come to trust it. */
  readonly pairing: Pairing;
  readonly #of: { dataFolder: string; names: readonly string[]; log: Logger };
  readonly #timer: NodeJS.Timeout;
  #shown: Shown;
  #succession: Succession | null = null;
  #take: ((shown: Shown) => void) | null = null;

  /** `names` are those it was given besides its machine's. Refuses like keepCertificates. */
  constructor(of: { dataFolder: string; names: readonly string[]; log: Logger }) {
    this.#of = of;
    this.#shown = this.#find();
    this.#succession = this.#findSuccession(this.#shown);
    this.pairing = new Pairing({ dataFolder: of.dataFolder, root: () => spkiHashOf(rootOf(this.#shown)), now: () => clock.now() });
    this.#timer = setInterval(() => this.look(), lookEveryMs);
    this.#timer.unref();
  }

  shown(): Shown {
    return this.#shown;
  }

  /** The exchange of the root that is under way or just over; null when there is none. */
  succession(): Succession | null {
    return this.#succession;
  }

  /** SHA-256 of the public keys by which clients may know this server now, base64: its root's, and that of the root in exchange for it. */
  roots(): string[] {
    const shown = spkiHashOf(rootOf(this.#shown));
    const { told, successor } = this.#succession ?? {};
    return [...new Set([shown, ...(told && successor ? [told.from, spkiHashOf(rootOf(successor))] : [])])];
  }

  /** Calls `take` whenever there is something else to show. */
  onChange(take: (shown: Shown) => void): void {
    this.#take = take;
  }

  /** Looks whether something has changed. A fault leaves everything as it is: what is shown may be good for weeks. */
  look(): void {
    try {
      const found = this.#find();
      this.#learnSuccession(this.#findSuccession(found));
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

  #learnSuccession(found: Succession | null): void {
    if (found && found.phase !== this.#succession?.phase)
      this.#of.log.info({ phase: found.phase, until: found.told.until }, 'exchange of the root certificate');
    this.#succession = found;
  }

  /** A company's certificate hangs on no root of ours. */
  #findSuccession(shown: Shown): Succession | null {
    const found = shown.source === 'own' ? findSuccession(this.#of.dataFolder) : null;
    const leftMs = found?.phase === 'handingOut' ? msOf(found.told.until) - clock.now() : 0;
    // Processes that share a server go over to the new root together.
    if (leftMs > 0 && leftMs < lookEveryMs) setTimeout(() => this.look(), leftMs).unref();
    return found;
  }
}
