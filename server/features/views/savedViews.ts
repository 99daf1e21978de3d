import type { SavedView } from '../../../shared/contracts/trade.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { writeAudit } from '../../engine/audit.ts';
import type { Work } from '../../work.ts';

export interface ViewInput {
  readonly name: string;
  readonly shared: boolean;
  /** What the screen keeps in it: search, filter, sort, columns. Only the one who opens it decides what it finds. */
  readonly content: unknown;
}

const viewsMax = 200;
const contentMaxBytes = 20_000;

/** The own views of a list and those that others share, by name. */
export async function listViews(work: Work, definition: Definition): Promise<SavedView[]> {
  const rows = (await work
    .tx('saved_views')
    .where({ type: definition.type })
    .where((where) => where.where({ user: work.actor.userId }).orWhere({ shared: 1 }))
    .orderBy(['name', 'id'])
    .limit(500)) as ViewRow[];
  const defaults = (await work.tx('view_defaults').where({ type: definition.type }).orderBy('position')) as DefaultRow[];
  const held = new Set((await work.tx('user_positions').where({ parent: work.actor.userId }).pluck('held')) as number[]);
  return rows.map((row) => {
    const positions = defaults.filter(({ view }) => view === row.id).map(({ position }) => position);
    return { ...viewFrom(work, row), positions, isDefault: positions.some((position) => held.has(position)) };
  });
}

interface DefaultRow {
  readonly position: number;
  readonly view: number;
}

/**
 * Makes a shared view the one that people of these positions begin with, instead of any other of the list; of no position where
 * none is named. Refuses 'record.notFound' and 'view.notShared'.
 */
export async function setViewDefaults(work: Work, of: { type: string; id: number }, positions: readonly number[]): Promise<void> {
  const view = (await work.tx('saved_views').where(of).first()) as ViewRow | undefined;
  if (!view) throw new Refusal('record.notFound', { type: 'savedView', id: of.id });
  if (view.shared !== 1) throw new Refusal('view.notShared');
  const known = (await work
    .tx('positions')
    .whereIn('id', [...positions])
    .whereNull('deleted_at')
    .pluck('id')) as number[];
  await work.tx('view_defaults').where({ view: of.id }).delete();
  for (const position of known) {
    const row = { position, type: of.type, view: of.id };
    await work.tx('view_defaults').insert(row).onConflict(['position', 'type']).merge();
  }
  await writeAudit(work, {
    action: 'change',
    type: 'savedView',
    recordId: of.id,
    version: view.version,
    changes: { type: of.type, name: view.name, positions: known },
  });
}

/** Keeps a view. Refuses 'view.tooLarge' and, when a person has too many for one list, 'view.tooMany'. */
export async function createView(work: Work, definition: Definition, input: ViewInput): Promise<SavedView> {
  const mine = (await work
    .tx('saved_views')
    .where({ type: definition.type, user: work.actor.userId })
    .first(work.tx.raw('count(*) as count'))) as { count: number };
  if (mine.count >= viewsMax) throw new Refusal('view.tooMany', { max: viewsMax });
  const row = {
    user: work.actor.userId,
    type: definition.type,
    version: 1,
    created_at: work.now,
    changed_at: work.now,
    ...columnsOf(input),
  };
  const [given] = (await work.tx('saved_views').insert(row).returning('id')) as { id: number }[];
  const stored = { ...row, id: given?.id ?? 0 };
  if (input.shared) await note(work, stored, 'create');
  return viewFrom(work, stored);
}

/** Changes an own view; refuses 'record.notFound', 'record.stale', 'view.tooLarge'. An administrator also keeps shared ones in order. */
export async function changeView(
  work: Work,
  of: { type: string; id: number; version: number },
  input: Partial<ViewInput>,
): Promise<SavedView> {
  const before = await ownView(work, of);
  if (before.version !== of.version) throw new Refusal('record.stale', { type: 'savedView', id: of.id, version: before.version });
  const { name, shared, content } = viewFrom(work, before);
  const row = { ...before, ...columnsOf({ name, shared, content, ...input }), version: before.version + 1, changed_at: work.now };
  await work.tx('saved_views').where({ id: of.id }).update(row);
  if (row.shared === 0) await work.tx('view_defaults').where({ view: of.id }).delete();
  if (before.shared === 1 || row.shared === 1) await note(work, row, 'change');
  return viewFrom(work, row);
}

/** Throws an own view away. Refuses 'record.notFound'. */
export async function deleteView(work: Work, of: { type: string; id: number }): Promise<void> {
  const view = await ownView(work, of);
  await work.tx('saved_views').where({ id: of.id }).delete();
  await work.tx('view_defaults').where({ view: of.id }).delete();
  if (view.shared === 1) await note(work, view, 'delete');
}

interface ViewRow {
  id: number;
  user: number;
  type: string;
  name: string;
  shared: number;
  content: string;
  version: number;
}

async function ownView(work: Work, { type, id }: { type: string; id: number }): Promise<ViewRow> {
  const query = work.tx('saved_views').where({ id, type });
  query.where((where) => {
    where.where({ user: work.actor.userId });
    if (work.actor.administrator) where.orWhere({ shared: 1 });
  });
  const row = (await work.company.store.dialect.forUpdate(query).first()) as ViewRow | undefined;
  if (!row) throw new Refusal('record.notFound', { type: 'savedView', id });
  return row;
}

function columnsOf(input: ViewInput): { name: string; shared: number; content: string } {
  const content = JSON.stringify(input.content ?? null);
  if (Buffer.byteLength(content) > contentMaxBytes) throw new Refusal('view.tooLarge', { max: contentMaxBytes });
  return { name: input.name.trim(), shared: input.shared ? 1 : 0, content };
}

const viewFrom = (work: Work, row: ViewRow): SavedView => ({
  id: row.id,
  type: row.type,
  name: row.name,
  shared: row.shared === 1,
  mine: row.user === work.actor.userId,
  version: row.version,
  positions: [],
  isDefault: false,
  content: JSON.parse(row.content),
});

/** What others see is written down; how a person looks at a list is nobody's business. */
const note = (work: Work, row: ViewRow, action: string): Promise<void> =>
  writeAudit(work, { action, type: 'savedView', recordId: row.id, version: row.version, changes: { type: row.type, name: row.name } });
