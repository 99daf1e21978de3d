import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type Pin, pinOf } from './trust.ts';

const pinsMax = 40;
const stored = z.object({
  pins: z.array(z.object({ server: z.string().max(300), root: z.string().max(10_000), spki: z.string().max(100) })).max(pinsMax),
});

/** Keeps which root is trusted for which server (an https origin). A file that cannot be read counts as empty: then everybody pairs again. */
export class PinStore {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** The root for this server, or null. */
  find(server: string): Pin | null {
    const found = this.#read().find((one) => one.server === server);
    // The hash that was kept must be that of the certificate that was kept.
    return found && pinOf(found.root)?.spki === found.spki ? { root: found.root, spki: found.spki } : null;
  }

  /** Every root that is trusted for some server. */
  all(): Pin[] {
    return this.#read().flatMap(({ server }) => this.find(server) ?? []);
  }

  keep(server: string, { root, spki }: Pin): void {
    const others = this.#read().filter((one) => one.server !== server);
    const pins = [{ server, root, spki }, ...others].slice(0, pinsMax);
    mkdirSync(dirname(this.#path), { recursive: true });
    // Renamed into place, so that a power cut leaves the old file or the new one.
    const fresh = `${this.#path}.new`;
    writeFileSync(fresh, JSON.stringify(stored.parse({ pins })), { mode: 0o600 });
    renameSync(fresh, this.#path);
  }

  #read(): z.infer<typeof stored>['pins'] {
    try {
      return stored.parse(JSON.parse(readFileSync(this.#path, 'utf8'))).pins;
    } catch {
      return [];
    }
  }
}
