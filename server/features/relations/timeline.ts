import type { Knex } from 'knex';
import { ownPast, type TimelineAnswer, type TimelineRow } from '../../../shared/contracts/relations.ts';
import { type Definition, linksOf, type Value } from '../../../shared/kernel/definition.ts';
import { isVisible } from '../../access/trim.ts';
import { refuseUnlessSeen, restrict } from '../../access/visibility.ts';
import { columnOf, tableOf } from '../../database/tables.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import { changesSeen } from '../../engine/versions.ts';
import type { Work } from '../../work.ts';
import { amountFieldOf, hasOwnCurrency, type LinkedType, linkedTypes } from './linkedTypes.ts';

export interface TimelineQuery {
  /** Only these kinds; all of them when left out. */
  readonly kinds?: readonly string[] | undefined;
  /** Deeds before this one. */
  readonly after?: number | undefined;
  readonly limit?: number | undefined;
}

const limitUsual = 40;

/**
 * What happened with a record and with every document and record that hangs on it, read from the audit trail: the newest deed
 * first, a page at a time. Only of what the actor may read; values of fields that are not for them are left out. Refuses
 * 'record.notFound'.
 */
export async function timelineOf(work: Work, definition: Definition, id: number, query: TimelineQuery): Promise<TimelineAnswer> {
  await refuseUnlessSeen(work, definition, id);
  const linked = linkedTypes(work, definition);
  const kinds = [...ownPast, ...linked.map((one) => one.definition.type)];
  const wanted = new Set(query.kinds ?? kinds);
  const limit = query.limit ?? limitUsual;
  const found: Deed[] = [];
  for (const source of [ownSource(work, definition, id), ...linked.map((one) => linkedSource(work, one, id))]) {
    const actions = source.kinds.filter(({ kind }) => wanted.has(kind));
    if (actions.length > 0) found.push(...(await deedsOf(work, source, actions, { ...query, limit: limit + 1 })));
  }
  found.sort((a, b) => b.seq - a.seq);
  const page = found.slice(0, limit);
  const rows = (await rowsFrom(work, page)).sort((a, b) => (a.at === b.at ? b.seq - a.seq : a.at < b.at ? 1 : -1));
  return {
    rows,
    titles: await titlesFor(work, linksIn(work, rows)),
    next: found.length > limit ? (page.at(-1)?.seq ?? null) : null,
    kinds,
  };
}

interface StoredDeed {
  readonly seq: number;
  readonly at: string;
  readonly action: string;
  readonly record_id: number;
  readonly changes: string | null;
  readonly name: string | null;
}
interface Deed extends StoredDeed {
  readonly definition: Definition;
  readonly kind: string;
}

/** Deeds of one type that belong into the list: those done to these records, and which kind each of them is. */
interface Source {
  readonly definition: Definition;
  readonly ids: Knex.QueryBuilder;
  readonly kinds: readonly { readonly kind: string; readonly is: (action: string) => boolean; readonly narrow: Narrow }[];
}
type Narrow = (query: Knex.QueryBuilder) => void;

const named = (kind: string, actions: readonly string[]) => ({
  kind,
  is: (action: string) => actions.includes(action),
  narrow: (query: Knex.QueryBuilder) => void query.orWhereIn('audit.action', [...actions]),
});
const files = named('files', ['attach', 'detach']);
const assignments = named('assignments', ['assign', 'share', 'unshare']);
const papers = named('papers', ['print', 'export']);
const unsaid = ['attach', 'detach', 'assign', 'share', 'unshare', 'print', 'export', 'fed', 'unfed', 'refused'];
const changes = {
  kind: 'changes',
  is: (action: string) => !unsaid.includes(action),
  narrow: (query: Knex.QueryBuilder) => void query.orWhereNotIn('audit.action', unsaid),
};

function ownSource(work: Work, definition: Definition, id: number): Source {
  const table = tableOf(definition);
  return { definition, ids: work.tx(table).where(`${table}.id`, id).select(`${table}.id`), kinds: [changes, assignments, files, papers] };
}

/** Of a linked record its beginning and the steps of its life are told, not every word that was changed in it. */
function linkedSource(work: Work, { definition, field }: LinkedType, id: number): Source {
  const table = tableOf(definition);
  const ids = work
    .tx(table)
    .where(`${table}.${columnOf(field)}`, id)
    .whereNull(`${table}.deleted_at`)
    .select(`${table}.id`);
  restrict(work, definition, ids, 'read');
  const life = {
    kind: definition.type,
    is: (action: string) => action === 'create' || action.startsWith('step.'),
    narrow: (query: Knex.QueryBuilder) => void query.orWhere('audit.action', 'create').orWhere('audit.action', 'like', 'step.%'),
  };
  return { definition, ids, kinds: [life, files] };
}

async function deedsOf(
  work: Work,
  { definition, ids }: Source,
  kinds: Source['kinds'],
  { after, limit }: { after?: number | undefined; limit: number },
): Promise<Deed[]> {
  const query = work.tx
    .from(ids.as('hung'))
    .join('audit', (join) => join.on('audit.record_id', 'hung.id').andOnVal('audit.type', definition.type))
    .leftJoin('users', 'users.id', 'audit.actor')
    .where((where) => {
      for (const { narrow } of kinds) narrow(where as Knex.QueryBuilder);
    })
    // Reckoned, so that no engine walks the whole trail from its end in search of the deeds of a few records.
    .orderByRaw('audit.seq + 0 desc')
    .limit(limit);
  if (after !== undefined) query.where('audit.seq', '<', after);
  const rows = (await query.select(
    'audit.seq',
    'audit.at',
    'audit.action',
    'audit.record_id',
    'audit.changes',
    'users.name',
  )) as StoredDeed[];
  return rows.map((row) => ({ ...row, definition, kind: kinds.find(({ is }) => is(row.action))?.kind ?? definition.type }));
}

async function rowsFrom(work: Work, deeds: readonly Deed[]): Promise<TimelineRow[]> {
  const heads = new Map<string, Head>();
  for (const [definition, group] of Map.groupBy(deeds, (deed) => deed.definition)) {
    const ids = [...new Set(group.map((deed) => deed.record_id))];
    for (const head of await headsOf(work, definition, ids)) heads.set(`${definition.type}:${head.id}`, head);
  }
  return deeds.map((deed) => rowFrom(work, deed, heads.get(`${deed.definition.type}:${deed.record_id}`)));
}

function rowFrom(work: Work, deed: Deed, head: Head | undefined): TimelineRow {
  const { definition, action } = deed;
  const told = JSON.parse(deed.changes ?? '{}') as { reason?: string; name?: string };
  const isOwn = deed.kind === 'changes' || deed.kind === 'assignments';
  return {
    seq: deed.seq,
    // Its beginning is dated by the record itself: what was brought along from elsewhere is older than its line in the trail.
    at: action === 'create' && head ? head.created_at : deed.at,
    kind: deed.kind,
    type: definition.type,
    id: deed.record_id,
    title: head?.title ?? '',
    ...(head?.state ? { state: head.state } : {}),
    ...(head?.day ? { day: head.day } : {}),
    action,
    byName: deed.name,
    ...(told.reason ? { reason: told.reason } : {}),
    ...(typeof head?.amount === 'number' ? { amount: head.amount } : {}),
    ...(typeof head?.currency === 'number' ? { currency: head.currency } : {}),
    changes: isOwn && action !== 'create' ? changesSeen(work, definition, deed.changes) : [],
    ...(deed.kind === 'files' && told.name ? { file: told.name } : {}),
  };
}

interface Head {
  id: number;
  title: string;
  created_at: string;
  state?: string;
  day?: string | null;
  amount?: number | null;
  currency?: number | null;
}

async function headsOf(work: Work, definition: Definition, ids: readonly number[]): Promise<Head[]> {
  const table = tableOf(definition);
  const column = (name: string): string => `${table}.${columnOf(name)}`;
  const amount = amountFieldOf(work, definition);
  return (await work
    .tx(table)
    .whereIn(`${table}.id`, [...ids])
    .select({
      id: `${table}.id`,
      created_at: `${table}.created_at`,
      ...(isVisible(work.actor, definition, definition.title) ? { title: column(definition.title) } : {}),
      ...(definition.states ? { state: `${table}.state` } : {}),
      ...(definition.fields.day?.kind === 'day' ? { day: column('day') } : {}),
      ...(amount ? { amount: column(amount) } : {}),
      ...(amount && hasOwnCurrency(definition, amount) ? { currency: column('currency') } : {}),
    })) as Head[];
}

/** What the changed links pointed to before and after. */
function linksIn(work: Work, rows: readonly TimelineRow[]): Map<string, Set<number>> {
  const wanted = new Map<string, Set<number>>();
  const add = (to: string, value: Value): void => {
    if (typeof value === 'number') wanted.set(to, (wanted.get(to) ?? new Set()).add(value));
  };
  for (const row of rows) {
    const links = new Map(linksOf(work.company.catalogue.get(row.type).fields));
    for (const { path, before, after } of row.changes) {
      const link = links.get(path);
      if (!link) continue;
      add(link.to, before);
      add(link.to, after);
    }
  }
  return wanted;
}
