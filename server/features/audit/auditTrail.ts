import type { Knex } from 'knex';
import type { AuditAnswer, AuditDeed, AuditLine } from '../../../shared/contracts/audit.ts';
import type { Titles } from '../../../shared/contracts/wire.ts';
import { addDays, type Day, dayOf, type Instant } from '../../../shared/kernel/days.ts';
import { visibleIds } from '../../access/visibility.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import type { Work } from '../../work.ts';

export interface AuditQuery {
  readonly person?: number | undefined;
  readonly day?: Day | undefined;
  readonly deed?: AuditDeed | undefined;
  /** Lines before this one. */
  readonly after?: number | undefined;
}

const pageMax = 100;
// One look covers so many lines, so that a rare filter over a long trail never holds the database for long.
const spanMax = 20_000;
const spansMax = 100;

/**
 * The company's audit trail, the newest line first, 100 at a time: of one person (refused tries under their name included), of
 * one day in the company's time zone, of one kind of deed. Names of records that the reader may not see are left out.
 */
export async function listAudit(work: Work, query: AuditQuery): Promise<AuditAnswer> {
  const span = query.day === undefined ? {} : { from: query.day, to: query.day };
  const { lines, next } = await linesOf(work, { person: query.person, after: query.after, deeds: query.deed && [query.deed], ...span });
  return { rows: await shown(work, lines), next };
}

export interface LinesQuery {
  readonly person?: number | undefined;
  /** Days in the company's time zone, both included. */
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly deeds?: readonly AuditDeed[] | undefined;
  readonly after?: number | undefined;
}

/** The lines themselves as they are stored, a page at a time, the newest first. */
export async function linesOf(work: Work, query: LinesQuery): Promise<{ lines: StoredLine[]; next: number | null }> {
  const bounds = await boundsOf(work, query);
  let before = Math.min(query.after ?? bounds.before, bounds.before);
  const found: StoredLine[] = [];
  for (let spans = 0; spans < spansMax && before > bounds.from && found.length < pageMax; spans += 1) {
    const from = Math.max(bounds.from, before - spanMax);
    const rows = await linesBetween(work, query, { from, before, limit: pageMax - found.length });
    found.push(...rows);
    before = found.length < pageMax ? from : (found.at(-1)?.seq ?? from);
  }
  return { lines: found, next: before > bounds.from ? before : null };
}

export interface StoredLine {
  readonly seq: number;
  readonly at: Instant;
  readonly actor: number;
  readonly device: string | null;
  readonly address: string | null;
  readonly action: string;
  readonly type: string;
  readonly record_id: number;
  readonly version: number | null;
  readonly changes: string | null;
  readonly name: string | null;
}

/** Sequence numbers: from this one, up to but without the other. */
interface Bounds {
  readonly from: number;
  readonly before: number;
}

function linesBetween(work: Work, query: LinesQuery, within: Bounds & { limit: number }): Promise<StoredLine[]> {
  const rows = work
    .tx('audit')
    .leftJoin('users', 'users.id', 'audit.actor')
    .where('audit.seq', '>=', within.from)
    .where('audit.seq', '<', within.before)
    .orderBy('audit.seq', 'desc')
    .limit(within.limit);
  if (query.person !== undefined) ofPerson(rows, query.person);
  if (query.deeds?.includes('step')) rows.where('audit.action', 'like', 'step.%');
  else if (query.deeds !== undefined) rows.whereIn('audit.action', [...query.deeds]);
  const columns = ['seq', 'at', 'actor', 'device', 'address', 'action', 'type', 'record_id', 'version', 'changes'];
  return rows.select(...columns.map((name) => `audit.${name}`), 'users.name') as unknown as Promise<StoredLine[]>;
}

/** What they did, and who was turned away at the door under their name. */
function ofPerson(rows: Knex.QueryBuilder, person: number): void {
  rows.where((where) =>
    where
      .where('audit.actor', person)
      .orWhere({ 'audit.actor': 0, 'audit.action': 'refused', 'audit.type': 'user', 'audit.record_id': person }),
  );
}

/** Lines come in the order of their moments, so the ends of a day are found by halving. */
async function boundsOf(work: Work, { from, to }: LinesQuery): Promise<Bounds> {
  const last = (await work.tx('audit').max({ seq: 'seq' }).first()) as { seq: number | null } | undefined;
  const before = Number(last?.seq ?? 0) + 1;
  return {
    from: from === undefined ? 1 : await firstNotBefore(work, from, before),
    before: to === undefined ? before : await firstNotBefore(work, addDays(to, 1), before),
  };
}

async function firstNotBefore(work: Work, day: Day, before: number): Promise<number> {
  let low = 1;
  let high = before;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = (await work.tx('audit').where({ seq: middle }).first('at')) as { at: Instant } | undefined;
    if (row && dayOf(row.at, work.company.timeZone) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function shown(work: Work, lines: readonly StoredLine[]): Promise<AuditLine[]> {
  const titles = await titlesOfLines(work, lines);
  return lines.map((line) => lineFrom(line, titles[line.type]?.[line.record_id]));
}

/** What the records of the lines are called, where the reader may see them. */
export async function titlesOfLines(work: Work, lines: readonly StoredLine[]): Promise<Titles> {
  const wanted = new Map<string, Set<number>>();
  for (const [type, group] of Map.groupBy(lines, (line) => line.type)) {
    const definition = work.company.catalogue.find(type);
    const ids = group.map((line) => line.record_id).filter((id) => id > 0);
    if (definition) wanted.set(type, await visibleIds(work, definition, ids));
  }
  return titlesFor(work, wanted);
}

function lineFrom(line: StoredLine, title: string | undefined): AuditLine {
  const { seq, at, actor, device, address, action, type, version } = line;
  const refusal = action === 'refused' ? (JSON.parse(line.changes ?? '{}') as NonNullable<AuditLine['refusal']>) : null;
  return {
    seq,
    at,
    actor,
    actorName: line.name,
    address,
    device,
    action,
    type,
    record: line.record_id > 0 ? line.record_id : null,
    ...(title ? { title } : {}),
    version,
    ...(refusal ? { refusal } : {}),
  };
}
