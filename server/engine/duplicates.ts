import type { AnyRecord, Definition, Value } from '../../shared/kernel/definition.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { visibleIds } from '../access/visibility.ts';
import { duplicateKeys } from '../database/codec.ts';
import { tableOf } from '../database/tables.ts';
import type { Work } from '../work.ts';

export interface Similar {
  readonly type: string;
  /** Left out when the actor may not see the record: only that it exists, and whose it is. */
  readonly id?: number;
  readonly title: string;
  readonly owner: string | null;
  readonly state: string | null;
  readonly likeness: 'exact' | 'near';
}

/**
 * Refuses 'record.duplicate' when a living record has the same folded key, and 'record.nearDuplicate' when one is the
 * same but for the company's suffix and the person has not confirmed it. Both name what was found.
 */
export async function refuseDuplicates(
  work: Work,
  definition: Definition,
  record: Pick<AnyRecord, 'values'> & { id?: number },
  confirmed: readonly string[],
): Promise<void> {
  const similar = await findSimilar(work, definition, record.values, record.id);
  const exact = similar.filter((other) => other.likeness === 'exact');
  const field = definition.duplicates?.exact[0]?.at(-1) ?? definition.title;
  const found = exact.length > 0 ? exact : similar;
  if (found.length === 0) return;
  const code = exact.length > 0 ? 'record.duplicate' : 'record.nearDuplicate';
  if (code === 'record.nearDuplicate' && confirmed.includes(code)) return;
  const refusal = new Refusal(code, { title: found[0]?.title ?? '', owner: found[0]?.owner ?? '', count: found.length }, [
    { path: field, code },
  ]);
  throw Object.assign(refusal, { records: found });
}

/** Living records like these values, exact ones first, at most ten. */
export async function findSimilar(
  work: Work,
  definition: Definition,
  values: Readonly<Record<string, Value>>,
  except?: number,
): Promise<Similar[]> {
  const keys = duplicateKeys(definition, values);
  const exact = keys.fold ? await likeRows(work, definition, { fold_key: keys.fold }, except) : [];
  const near = keys.near ? await likeRows(work, definition, { near_key: keys.near }, except) : [];
  const rows = [
    ...exact.map((row) => ({ ...row, likeness: 'exact' as const })),
    ...near.filter((row) => !exact.some((other) => other.id === row.id)).map((row) => ({ ...row, likeness: 'near' as const })),
  ];
  const seen = await visibleIds(
    work,
    definition,
    rows.map((row) => row.id),
    'read',
  );
  return rows.map((row) => ({
    type: definition.type,
    ...(seen.has(row.id) ? { id: row.id } : {}),
    title: row.title,
    owner: row.owner,
    state: null,
    likeness: row.likeness,
  }));
}

async function likeRows(work: Work, definition: Definition, where: Record<string, string>, except?: number) {
  const table = tableOf(definition);
  const query = work.tx(table).where(where).whereNull(`${table}.deleted_at`).orderBy(`${table}.id`).limit(10);
  if (except) query.whereNot(`${table}.id`, except);
  if ('owner' in definition.fields) query.leftJoin('users as holder', 'holder.id', `${table}.owner`).select({ owner: 'holder.name' });
  const rows = (await query.select(`${table}.id`, { title: `${table}.${definition.title}` })) as {
    id: number;
    title: string;
    owner?: string | null;
  }[];
  return rows.map((row) => ({ id: row.id, title: row.title, owner: row.owner ?? null }));
}
