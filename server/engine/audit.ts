import { hash } from 'node:crypto';
import { insertInto, rowsOf } from '../database/rows.ts';
import type { Finding } from '../ledger/prove.ts';
import type { Work } from '../work.ts';

export interface Deed {
  readonly action: string;
  readonly type: string;
  readonly recordId: number;
  readonly version?: number;
  /** Before and after by path, or a digest of what was made. */
  readonly changes?: unknown;
}

const genesis = '0'.repeat(64);

/**
 * Adds one row to the audit chain in the caller's transaction. Each row's hash covers its content and the hash before it
 * (SHA-256), so that a row that was edited, removed or moved shows; only an anchor kept outside shows a rebuilt chain.
 */
export async function writeAudit(work: Work, deed: Deed): Promise<void> {
  await writeAudits(work, [deed]);
}

/** Adds many rows to the audit chain, in the order given: what writeAudit does for one, in few statements. */
export async function writeAudits(work: Work, deeds: readonly Deed[]): Promise<void> {
  if (deeds.length === 0) return;
  const last = await nextSeq(work, deeds.length);
  const first = last - deeds.length + 1;
  let previous = await hashBefore(work, first);
  const rows = deeds.map((deed, index) => {
    const row = rowOf(work, deed, first + index, previous);
    previous = row.hash;
    return row;
  });
  for (let start = 0; start < rows.length; start += rowsPerStatement)
    await insertInto(work.tx, 'audit', rows.slice(start, start + rowsPerStatement));
  ends.set(work, { seq: last, hash: previous });
}

// The last row that a unit of work has written: the counter is locked since, so nobody else's can follow it.
const ends = new WeakMap<Work, { readonly seq: number; readonly hash: string }>();

async function hashBefore(work: Work, seq: number): Promise<string> {
  const own = ends.get(work);
  if (own?.seq === seq - 1) return own.hash;
  const [row] = await rowsOf(work.tx, 'select "hash" from "audit" where "seq" = ?', [seq - 1]);
  return row ? String(row.hash) : genesis;
}

// SQLite takes 32,766 parameters in a statement; an audit row has 12.
const rowsPerStatement = 1000;

function rowOf(work: Work, deed: Deed, seq: number, previous: string) {
  const row = {
    seq,
    at: work.now,
    actor: work.actor.userId,
    device: work.actor.device ?? null,
    address: work.actor.address ?? null,
    action: deed.action,
    type: deed.type,
    record_id: deed.recordId,
    version: deed.version ?? null,
    changes: deed.changes === undefined ? null : JSON.stringify(deed.changes),
    previous_hash: previous,
  };
  return { ...row, hash: hashOf(row) };
}

/** The counter's row stays locked until the transaction ends, so that links of the chain are forged one after the other. */
async function nextSeq(work: Work, count: number): Promise<number> {
  const [row] = await rowsOf(work.tx, counting, ['audit', '', count]);
  return Number(row?.last);
}

const counting =
  'insert into "number_series" ("series", "period", "last") values (?, ?, ?) ' +
  'on conflict ("series", "period") do update set "last" = "number_series"."last" + excluded."last" returning "last"';

type AuditRow = { seq: number; previous_hash: string; hash: string } & Record<string, unknown>;

function hashOf(row: Record<string, unknown>): string {
  const covered = ['seq', 'at', 'actor', 'device', 'address', 'action', 'type', 'record_id', 'version', 'changes', 'previous_hash'];
  return hash('sha256', JSON.stringify(covered.map((name) => row[name] ?? null)));
}

/** Walks the whole chain and names the first row that does not fit; an empty list is the proof. */
export async function proveAudit(work: Work): Promise<Finding[]> {
  let previous = genesis;
  let expected = 1;
  for (;;) {
    const rows = (await work.tx('audit').where('seq', '>=', expected).orderBy('seq').limit(5000)) as AuditRow[];
    for (const row of rows) {
      if (row.seq !== expected) return [{ proof: 'audit', detail: `row ${expected} is missing` }];
      if (row.previous_hash !== previous || hashOf(row) !== row.hash) return [{ proof: 'audit', detail: `row ${row.seq} was changed` }];
      previous = row.hash;
      expected += 1;
    }
    if (rows.length < 5000) return endOf(work, expected - 1);
  }
}

/** The counter knows how many rows were given out: rows that were taken from the end are missing. */
async function endOf(work: Work, found: number): Promise<Finding[]> {
  const [row] = await rowsOf(work.tx, 'select "last" from "number_series" where "series" = ? and "period" = ?', ['audit', '']);
  const given = Number(row?.last ?? 0);
  return given === found ? [] : [{ proof: 'audit', detail: `row ${given} is the last one given, row ${found} is the last one there` }];
}

/** SHA-256 of a value's canonical JSON (keys sorted), for deeds whose content stands in the record itself. */
export function digestOf(value: unknown): string {
  return hash('sha256', canonical(value));
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}
