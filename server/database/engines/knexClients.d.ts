// Knex's own clients, as far as the engines build on them. Knex types only their common ancestor.
declare module 'knex/lib/dialects/better-sqlite3/index.js' {
  import { Knex } from 'knex';

  interface InsertCompiler {
    readonly tableName: string;
    readonly single: { insert?: unknown; onConflict?: unknown; ignore?: boolean; merge?: { updates: unknown }; returning?: unknown };
    insert(): { sql: string; returning?: unknown; rows?: unknown[][] };
    with(): string;
    where(): string | undefined;
    _insertBody(rows: unknown): string;
    _ignore(columns: unknown): string;
    _merge(updates: unknown, columns: unknown, rows: unknown): string;
    _returning(columns: unknown): string;
  }

  class Client extends Knex.Client {
    readonly config: object;
    acquireConnection(): Promise<unknown>;
    releaseConnection(connection: unknown): Promise<unknown>;
    destroy(): Promise<void>;
    queryCompiler(builder: unknown, formatter?: unknown): InsertCompiler;
    runner(builder: unknown): unknown;
    processResponse(query: object, runner: unknown): unknown;
  }
  export = Client;
}

declare module 'knex/lib/dialects/postgres/index.js' {
  import { Knex } from 'knex';

  class Client extends Knex.Client {
    prepBindings(bindings: unknown[]): unknown[];
  }
  export = Client;
}
