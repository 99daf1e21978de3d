import type { Instant } from '../kernel/days.ts';
import type { Facts } from '../kernel/refusal.ts';
import type { AdvanceProposal, UnknownDays } from './numbering.ts';

/** An archive that lies where the server can read it. */
export interface ArchiveFound {
  /** Its whole path on the server. */
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
}

/**
 * What becomes of the root certificate by which desktop clients know the server: it is put into this server; it is here already; this
 * server keeps the one that is in use here; or the archive carries none.
 */
export type RootFate = 'restored' | 'same' | 'kept' | 'missing';

/** What an archive says of itself. */
export interface ArchiveInside {
  readonly company: { readonly code: string; readonly name: string };
  readonly takenAt: Instant;
  /** The release that wrote it. */
  readonly version: string;
  readonly isEncrypted: boolean;
  readonly root: RootFate;
  readonly rows: number;
  readonly files: { readonly count: number; readonly bytes: number; readonly missing: number };
  /** How far its number series would be moved on, so that none of the numbers given since comes again. */
  readonly numbers: { readonly days: UnknownDays; readonly rows: readonly AdvanceProposal[] };
}

/** How far a restore is, in bytes while a file comes in and in rows while it is loaded. */
export interface RestoreState {
  readonly phase: 'none' | 'receiving' | 'loading' | 'done' | 'failed';
  readonly done: number;
  readonly all: number;
  /** Why it failed. */
  readonly refusal: { readonly code: string; readonly facts: Facts } | null;
}
