import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** The computer's own safe for secrets, as Electron's `safeStorage` offers it. */
export interface Safe {
  isEncryptionAvailable(): boolean;
  encryptString(text: string): Buffer;
  decryptString(encrypted: Buffer): string;
}

const kept = z.object({ server: z.string(), token: z.string().max(500) });

/**
 * Keeps the token of the last session encrypted in a file, bound to the server it belongs to. Where the computer has no
 * safe, it is kept in memory only and the person signs in again after a restart.
 */
export class TokenStore {
  readonly #path: string;
  readonly #safe: Safe;
  #memory: z.infer<typeof kept> | null = null;

  constructor(path: string, safe: Safe) {
    this.#path = path;
    this.#safe = safe;
  }

  /** The token for this server, or null. */
  read(server: string | null): string | null {
    const found = this.#memory ?? this.#readFile();
    return found !== null && found.server === server ? found.token : null;
  }

  keep(server: string, token: string): void {
    this.#memory = kept.parse({ server, token });
    if (!this.#safe.isEncryptionAvailable()) return;
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(this.#path, this.#safe.encryptString(JSON.stringify(this.#memory)), { mode: 0o600 });
  }

  forget(): void {
    this.#memory = null;
    rmSync(this.#path, { force: true });
  }

  #readFile(): z.infer<typeof kept> | null {
    if (!this.#safe.isEncryptionAvailable()) return null;
    try {
      return kept.parse(JSON.parse(this.#safe.decryptString(readFileSync(this.#path))));
    } catch {
      // No file, another person's file, or one that was damaged: sign in again.
      return null;
    }
  }
}
