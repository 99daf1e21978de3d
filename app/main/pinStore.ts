import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type Pin, type PinnedRoot, pinOf } from './trust.ts';

const pinsMax = 40;
const pinnedRoot = { root: z.string().max(10_000), spki: z.string().max(100) };
const stored = z.object({
  pins: z
    .array(z.object({ server: z.string().max(300), ...pinnedRoot, next: z.object({ ...pinnedRoot, untilMs: z.number() }).optional() }))
    .max(pinsMax),
});
type Stored = z.infer<typeof stored>['pins'];

/** Keeps which root is trusted for which server (an https origin). A file that cannot be read counts as empty: then everybody pairs again. */
export class PinStore {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** The root for this server, or null. */
  find(server: string): Pin | null {
    const found = this.#read().find((one) => one.server === server);
    if (!found || !isWhole(found) || (found.next && !isWhole(found.next))) return null;
    const { root, spki, next } = found;
    return { root, spki, ...(next ? { next } : {}) };
  }

  /** Every root that is trusted for some server. */
  all(): Pin[] {
    return this.#read().flatMap(({ server }) => this.find(server) ?? []);
  }

  keep(server: string, { root, spki, next }: Pin): void {
    const others = this.#read().filter((one) => one.server !== server);
    this.#write([{ server, root, spki, ...(next ? { next } : {}) }, ...others].slice(0, pinsMax));
  }

  /** Trusts besides a root the one that follows upon it, under every address at which the same server is known. */
  keepNext(of: PinnedRoot, next: NonNullable<Pin['next']>): void {
    this.#write(this.#read().map((pin) => (pin.spki === of.spki || pin.next?.spki === of.spki ? { ...pin, ...of, next } : pin)));
  }

  /** Trusts the root that followed upon an old one alone, under every address at which the same server is known. */
  dropOld(old: PinnedRoot, { root, spki }: PinnedRoot): void {
    this.#write(this.#read().map((pin) => (pin.spki === old.spki && pin.next?.spki === spki ? { server: pin.server, root, spki } : pin)));
  }

  #write(pins: Stored): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    // Renamed into place, so that a power cut leaves the old file or the new one.
    const fresh = `${this.#path}.new`;
    writeFileSync(fresh, JSON.stringify(stored.parse({ pins })), { mode: 0o600 });
    renameSync(fresh, this.#path);
  }

  #read(): Stored {
    try {
      return stored.parse(JSON.parse(readFileSync(this.#path, 'utf8'))).pins;
    } catch {
      return [];
    }
  }
}

/** The hash that was kept must be that of the certificate that was kept. */
const isWhole = ({ root, spki }: PinnedRoot): boolean => pinOf(root)?.spki === spki;
