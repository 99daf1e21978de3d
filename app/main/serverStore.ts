import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { serverAddressOf } from './serverAddress.ts';

const address = z
  .string()
  .max(300)
  .refine((text) => serverAddressOf(text) === text);
const stored = z.object({ paired: address.nullable(), known: z.array(address).max(20) });

/** What this computer knows of servers: the paired one, and those used before with the last one first. */
export type KnownServers = z.infer<typeof stored>;

/** Keeps the known servers in a JSON file. A file that cannot be read or was tampered with counts as empty. */
export class ServerStore {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  read(): KnownServers {
    try {
      return stored.parse(JSON.parse(readFileSync(this.#path, 'utf8')));
    } catch {
      return { paired: null, known: [] };
    }
  }

  /** Pairs with a server (an origin as serverAddressOf gives it), or with none. */
  pair(server: string | null): void {
    const { known } = this.read();
    this.#write({ paired: server, known: server === null ? known : [server, ...known.filter((other) => other !== server)].slice(0, 20) });
  }

  #write(servers: KnownServers): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    // Renamed into place, so that a power cut leaves the old file or the new one.
    const fresh = `${this.#path}.new`;
    writeFileSync(fresh, JSON.stringify(stored.parse(servers)), { mode: 0o600 });
    renameSync(fresh, this.#path);
  }
}
