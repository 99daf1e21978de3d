import type { Instant } from '../kernel/days.ts';

/** Deeds that the list of the audit trail can be narrowed to; steps of documents are one kind whatever they are called. */
export const auditDeeds = [
  'create',
  'change',
  'delete',
  'restore',
  'purge',
  'step',
  'assign',
  'handOver',
  'share',
  'unshare',
  'print',
  'export',
  'import',
  'undoImport',
  'attach',
  'detach',
  'setting',
  'password',
  'revoke',
  'kick',
  'unlock',
  'approveDevice',
  'blockDevice',
  'forgetDevice',
  'viewAs',
  'viewEnd',
  'refused',
] as const;
export type AuditDeed = (typeof auditDeeds)[number];

/** One line of the company's audit trail, as its readers see it: who did what to which record, and from where. */
export interface AuditLine {
  readonly seq: number;
  readonly at: Instant;
  /** 0: the program itself, or somebody who was not let in. */
  readonly actor: number;
  readonly actorName: string | null;
  readonly address: string | null;
  readonly device: string | null;
  /** `create`, `step.approve`, `refused` … */
  readonly action: string;
  /** A record type, or `request`, `session`, `setting`, `apiToken`. */
  readonly type: string;
  readonly record: number | null;
  /** What the record is called, when the reader may see it. */
  readonly title?: string;
  readonly version: number | null;
  /** Of a refused request: the refusal, the door, the right or step that was wanted, and for how many further ones the line stands. */
  readonly refusal?: { readonly code: string; readonly route: string; readonly wanted?: string; readonly count?: number };
}

export interface AuditAnswer {
  readonly rows: readonly AuditLine[];
  readonly next: number | null;
}
