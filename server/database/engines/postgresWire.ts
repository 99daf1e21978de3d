import pg from 'pg';
import type { StorePlace } from '../store.ts';
import { type Ears, type Hold, type Wire, wordBytesMax } from '../wire.ts';
import { quoted } from './tableSql.ts';

type Place = Extract<StorePlace, { engine: 'postgres' }>;

/** Every word of a company goes over the channel of its schema. */
export const channelPrefix = 'tradepost:';

/**
 * Connects this process with all others that keep the same schema, over one connection of its own: LISTEN and NOTIFY for words,
 * advisory locks of the session for what only one may hold. Both need a connection that stays with one server process (no pooler
 * that hands it round between transactions).
 */
export async function openPostgresWire(place: Place, ears: Ears): Promise<Wire> {
  const wire = new PostgresWire(place, ears);
  await wire.open();
  return wire;
}

const beatMs = 1_000;
/** A connection that says nothing for so long is broken, whatever the network claims. */
const answerMaxMs = 3_000;
// Any number will do, as long as every server of ours uses the same.
const holdSeed = 7_234_502;

class PostgresWire implements Wire {
  readonly #place: Place;
  readonly #ears: Ears;
  readonly #channel: string;
  readonly #held = new Set<string>();
  #client: pg.Client | null = null;
  #lost = new AbortController();
  #hasLostWords = false;
  #isBeating = false;
  #isClosed = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(place: Place, ears: Ears) {
    this.#place = place;
    this.#ears = ears;
    this.#channel = `${channelPrefix}${place.schema}`;
  }

  async open(): Promise<void> {
    await this.#connect();
    this.#timer = setInterval(() => void this.#beat(), beatMs);
    this.#timer.unref();
  }

  say(word: string): void {
    if (Buffer.byteLength(word) > wordBytesMax) throw new Error('A word is too long for the wire');
    const client = this.#client;
    if (!client) {
      this.#hasLostWords = true;
      return;
    }
    client.query('select pg_notify($1, $2)', [this.#channel, word]).catch(() => {
      this.#hasLostWords = true;
      this.#drop(client);
    });
  }

  async hold(thing: string): Promise<Hold | null> {
    const client = this.#client;
    const lost = this.#lost.signal;
    // A session is given its own lock as often as it asks.
    if (!client || this.#held.has(thing)) return null;
    this.#held.add(thing);
    const key = [`${this.#place.schema} ${thing}`, holdSeed];
    try {
      const { rows } = await client.query('select pg_try_advisory_lock(hashtextextended($1, $2)) as taken', key);
      if (rows[0]?.taken !== true) throw new Error('taken');
    } catch {
      if (client === this.#client) this.#held.delete(thing);
      return null;
    }
    return {
      lost,
      release: async () => {
        if (lost.aborted) return;
        await client.query('select pg_advisory_unlock(hashtextextended($1, $2))', key).catch(() => this.#drop(client));
        if (!lost.aborted) this.#held.delete(thing);
      },
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer) clearInterval(this.#timer);
    const client = this.#client;
    this.#client = null;
    this.#lost.abort();
    await client?.end();
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#place.url,
      application_name: 'tradepost wire',
      keepAlive: true,
      connectionTimeoutMillis: answerMaxMs,
      query_timeout: answerMaxMs,
    });
    let own = 0;
    client.on('error', () => this.#drop(client));
    client.on('end', () => this.#drop(client));
    client.on('notification', ({ payload, processId }) => {
      if (payload !== undefined && processId !== own) this.#ears.hear(payload);
    });
    try {
      await client.connect();
      // A machine that lost its power says no goodbye: the server looks after us, so that what we held is soon free.
      await client.query('set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3');
      const { rows } = await client.query('select pg_backend_pid() as pid');
      own = Number(rows[0]?.pid);
      await client.query(`listen ${quoted(this.#channel)}`);
    } catch (fault) {
      await client.end().catch(() => undefined);
      throw fault;
    }
    if (this.#isClosed) return void (await client.end());
    this.#client = client;
  }

  /** Asks the server whether it is still there, and connects anew where it is not. */
  async #beat(): Promise<void> {
    if (this.#isBeating || this.#isClosed) return;
    this.#isBeating = true;
    const client = this.#client;
    try {
      if (client) await client.query('select 1');
      else await this.#reconnect();
    } catch {
      if (client) this.#drop(client);
      else this.#ears.deaf();
    } finally {
      this.#isBeating = false;
    }
  }

  async #reconnect(): Promise<void> {
    await this.#connect();
    if (this.#isClosed) return;
    const hadLostWords = this.#hasLostWords;
    this.#hasLostWords = false;
    this.#ears.again(hadLostWords);
  }

  #drop(client: pg.Client): void {
    if (client !== this.#client || this.#isClosed) return;
    this.#client = null;
    this.#held.clear();
    this.#lost.abort();
    this.#lost = new AbortController();
    void client.end().catch(() => undefined);
    this.#ears.deaf();
  }
}
