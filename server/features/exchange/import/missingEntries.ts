import type { ImportPlan } from '../../../../shared/exchange/importPlan.ts';
import { type Definition, linksOf, type Value } from '../../../../shared/kernel/definition.ts';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import { chunksOf } from '../../../database/codec.ts';
import { tableOf } from '../../../database/tables.ts';
import { createRecord } from '../../../engine/createRecord.ts';
import type { Work } from '../../../work.ts';
import type { FreshRecord, Intake } from './decide.ts';
import type { KeyedEntry } from './importStore.ts';
import type { PendingLink } from './rowReading.ts';
import { noteRecords } from './storeMany.ts';

/** The entries that were missing and are there now: id by key. */
export interface MadeEntries {
  readonly ids: ReadonlyMap<string, number>;
  readonly counts: Readonly<Record<string, number>>;
}

/** Makes the list entries, categories and tax codes that the rows to be taken ask for; those of rejected rows are not made. */
export async function makeMissing(
  work: Work,
  plan: ImportPlan,
  intake: Intake,
  of: { missing: readonly KeyedEntry[]; importId: number },
): Promise<MadeEntries> {
  const wanted = new Set([
    ...intake.fresh.flatMap((fresh) =>
      [...fresh.pending, ...fresh.companions.flatMap((companion) => companion.pending)].map((link) => link.key),
    ),
    ...intake.changes.flatMap((change) => change.pending.map((link) => link.key)),
  ]);
  const ids = new Map<string, number>();
  const counts: Record<string, number> = {};
  const noted: { row: number; type: string; id: number }[] = [];
  for (const entry of of.missing) {
    if (!wanted.has(entry.key)) continue;
    const { id, isNew } = await makeEntry(work, plan, entry);
    ids.set(entry.key, id);
    if (!isNew) continue;
    counts[entry.type] = (counts[entry.type] ?? 0) + 1;
    noted.push({ row: 0, type: entry.type, id });
  }
  await noteRecords(work, of.importId, noted);
  return { ids, counts };
}

/** The entry a row was promised. */
export function resolve(made: MadeEntries, link: PendingLink): number {
  const id = made.ids.get(link.key);
  if (id === undefined) throw new Error(`Nobody made ${link.key}`);
  return id;
}

async function makeEntry(work: Work, plan: ImportPlan, entry: KeyedEntry): Promise<{ id: number; isNew: boolean }> {
  if (!plan.creates.includes(entry.type)) throw new Error(`${plan.type} may not make a ${entry.type}`);
  const definition = work.company.catalogue.get(entry.type);
  const rate = /\|#(-?\d+)$/.exec(entry.key)?.[1];
  const rateField = Object.keys(definition.fields).find((name) => definition.fields[name]?.kind === 'rate');
  const values: Record<string, Value> = {
    [definition.title]: entry.name,
    ...(entry.dictionary ? { dictionary: entry.dictionary } : {}),
    ...(rate !== undefined && rateField ? { [rateField]: Number(rate) } : {}),
  };
  try {
    const { id } = await createRecord(work, definition, { values, confirmed: ['record.nearDuplicate'] });
    return { id, isNew: true };
  } catch (refusal) {
    // Somebody else made it since the check.
    const known =
      refusal instanceof Refusal && refusal.code === 'record.duplicate'
        ? (refusal as { records?: { id?: number }[] }).records?.[0]?.id
        : undefined;
    if (known === undefined) throw refusal;
    return { id: known, isNew: false };
  }
}

/** What the rows point to may have been thrown away since the check. Refuses 'import.changedSince' {type, count}. */
export async function refuseGoneLinks(
  work: Work,
  definition: Definition,
  fresh: readonly FreshRecord[],
  breathe: () => Promise<void>,
): Promise<void> {
  for (const [name, link] of linksOf(definition.fields)) {
    const named = fresh.filter(({ pending }) => !pending.some((other) => other.part === undefined && other.field === name));
    const ids = [...new Set(named.map(({ draft }) => draft.values[name]).filter((id) => typeof id === 'number'))];
    const alive = new Set<number>();
    for (const chunk of chunksOf(ids, 1)) {
      const rows = await work
        .tx(tableOf(work.company.catalogue.get(link.to)))
        .whereNull('deleted_at')
        .whereIn('id', chunk)
        .select('id');
      for (const row of rows as { id: number }[]) alive.add(row.id);
    }
    const gone = ids.filter((id) => !alive.has(id)).length;
    if (gone > 0) throw new Refusal('import.changedSince', { type: link.to, count: gone });
    await breathe();
  }
}
