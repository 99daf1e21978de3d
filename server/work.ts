import type { Knex } from 'knex';
import type { Catalogue } from '../shared/kernel/catalogue.ts';
import type { Day, Instant } from '../shared/kernel/days.ts';
import type { Operation, Scope } from '../shared/kernel/definition.ts';
import type { Store } from './database/store.ts';
import type { Hold } from './database/wire.ts';

/** One company (账套): its own database, files and backups. Every server function gets it handed in. */
export interface Company {
  readonly code: string;
  readonly name: string;
  /** Where its database (SQLite), files and backups lie. */
  readonly folder: string;
  /** The server's, in which its root lies; absent for a company that is only looked at. */
  readonly dataFolder?: string | undefined;
  readonly catalogue: Catalogue;
  readonly store: Store;
  readonly timeZone: string;
  /** Set for a copy to practise in: which company it was copied from, and when. */
  readonly practice?: { readonly of: string; readonly at: Instant } | undefined;
  /** Tells everybody who may know that records have changed; called after the commit. */
  readonly announce: (changes: readonly Announcement[]) => void;
  /** Takes a fault that must not stop anything to the log. */
  readonly report: (fault: unknown) => void;
  /** The other processes that keep it; absent where there can be none. */
  readonly neighbours?: Neighbours;
}

/** The other processes that keep the same company on PostgreSQL. */
export interface Neighbours {
  /** While this is the one process that does what is done by itself: a signal that ends with it. */
  readonly lead: AbortSignal | null;
  /** Takes a thing of the company for this process alone; null while anybody has it. */
  hold(thing: string): Promise<Hold | null>;
  /** Tells the others what their sockets have to hear. */
  changed(changes: readonly Announcement[]): void;
  /** Tells the others whose sockets have to close. */
  ended(sessions: readonly number[]): void;
  /** Tells the others that their clients have to look anew. */
  missed(): void;
  /** Shows the others a long piece of work that runs here, and lets them stop it, until what it gives back is called. */
  show(name: string, state: () => unknown, stop: () => void): () => void;
  /** What another process shows under a name; null when nothing runs there. */
  shown(name: string): unknown;
  /** Asks the process that shows it to stop. */
  askToStop(name: string): void;
}

/** A company that is to be made. */
export interface NewCompany {
  readonly code: string;
  readonly name: string;
  readonly timeZone: string;
  readonly engine: { readonly kind: 'sqlite' } | { readonly kind: 'postgres'; readonly url: string };
}

/** A change and the rooms that may hear of it. */
export interface Announcement {
  readonly type: string;
  readonly id: number;
  readonly version: number;
  readonly rooms: readonly string[];
}

/** Who is asking, with everything the access rules need, worked out once per request. */
export interface Actor {
  readonly userId: number;
  readonly name: string;
  readonly departmentId: number;
  /** Own department and all below it. */
  readonly departmentTree: readonly number[];
  /** Own department first, then all above it. */
  readonly departmentPath: readonly number[];
  readonly administrator: boolean;
  /** How far each operation reaches: reach(type, operation). */
  readonly reach: (type: string, operation: Operation) => Scope;
  readonly special: ReadonlySet<string>;
  /** What the person may do with a field of a type (`name`, `lines.price`). */
  readonly fieldAccess: (type: string, path: string) => 'write' | 'readOnly' | 'hidden';
  /** Set when the caller is a program with a token of limited scopes. */
  readonly tokenId?: number;
  readonly device?: string;
  /** The device by its key, where it has shown one. */
  readonly knownDevice?: number;
  readonly address?: string;
  /** Set where somebody else looks in this person’s name: nothing may be written. */
  readonly viewedBy?: { readonly id: number; readonly name: string; readonly until: Instant };
  /** Set where the person is let in with less than their rights, by the company's address rules. */
  readonly limits?: { readonly lookOnly: boolean; readonly areas: readonly string[] | null };
}

/** One unit of work. Inside it `tx` is the only door to the database. */
export interface Work {
  readonly company: Company;
  readonly actor: Actor;
  readonly tx: Knex;
  /** The moment the work began, and that moment's day in the company's time zone. */
  readonly now: Instant;
  readonly today: Day;
  /** True when the work only reads. */
  readonly readOnly: boolean;
  /** Runs after the commit, in order; nothing runs when the work is rolled back. */
  readonly afterCommit: (announce: () => void | Promise<void>) => void;
}
