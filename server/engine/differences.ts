import type { AnyRecord, AnyRow, Value } from '../../shared/kernel/definition.ts';

/** What changed between two versions of a record: enough to go from the newer back to the older. */
export interface Differences {
  state?: [string | null, string | null];
  values?: Record<string, [Value, Value]>;
  parts?: Record<string, PartDifferences>;
}
export interface PartDifferences {
  added?: number[];
  /** Rows that are gone, whole. */
  removed?: AnyRow[];
  changed?: Record<number, Record<string, [Value, Value]>>;
  /** The order of ids before, when it is not the order after. */
  order?: number[];
}

/** Compares values, rows by id, and states. */
export function differences(before: AnyRecord, after: AnyRecord): Differences {
  const values = valueDifferences(before.values, after.values);
  const parts: Record<string, PartDifferences> = {};
  for (const name of new Set([...Object.keys(before.parts), ...Object.keys(after.parts)])) {
    const part = partDifferences(before.parts[name] ?? [], after.parts[name] ?? []);
    if (part) parts[name] = part;
  }
  return {
    ...(before.state !== after.state ? { state: [before.state ?? null, after.state ?? null] as [string | null, string | null] } : {}),
    ...(Object.keys(values).length > 0 ? { values } : {}),
    ...(Object.keys(parts).length > 0 ? { parts } : {}),
  };
}

function valueDifferences(before: Readonly<Record<string, Value>>, after: Readonly<Record<string, Value>>): Record<string, [Value, Value]> {
  const changed: Record<string, [Value, Value]> = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const pair: [Value, Value] = [before[name] ?? null, after[name] ?? null];
    if (pair[0] !== pair[1]) changed[name] = pair;
  }
  return changed;
}

function partDifferences(before: readonly AnyRow[], after: readonly AnyRow[]): PartDifferences | null {
  const was = new Map(before.map((row) => [row.id, row]));
  const is = new Map(after.map((row) => [row.id, row]));
  const added = after.filter((row) => !was.has(row.id)).map((row) => row.id);
  const removed = before.filter((row) => !is.has(row.id));
  const changed: Record<number, Record<string, [Value, Value]>> = {};
  for (const row of after) {
    const old = was.get(row.id);
    const cells = old && old !== row ? valueDifferences(old, row) : {};
    if (Object.keys(cells).length > 0) changed[row.id] = cells;
  }
  const isReordered = before.map((row) => row.id).join() !== after.map((row) => row.id).join();
  if (!isReordered && Object.keys(changed).length === 0) return null;
  return {
    ...(added.length > 0 ? { added } : {}),
    ...(removed.length > 0 ? { removed } : {}),
    ...(Object.keys(changed).length > 0 ? { changed } : {}),
    ...(isReordered ? { order: before.map((row) => row.id) } : {}),
  };
}

/** The record as it was before the differences. */
export function undo(after: AnyRecord, difference: Differences): AnyRecord {
  const values = { ...after.values };
  for (const [name, [before]] of Object.entries(difference.values ?? {})) values[name] = before;
  const parts = { ...after.parts };
  for (const [name, part] of Object.entries(difference.parts ?? {})) parts[name] = undoPart(parts[name] ?? [], part);
  const state = difference.state ? (difference.state[0] ?? undefined) : after.state;
  return { ...after, version: after.version - 1, ...(state === undefined ? {} : { state }), values, parts };
}

function undoPart(rows: readonly AnyRow[], part: PartDifferences): AnyRow[] {
  const was = new Map(
    [...rows, ...(part.removed ?? [])].map((row) => {
      const cells = Object.entries(part.changed?.[row.id] ?? {}).map(([name, [before]]) => [name, before] as const);
      return [row.id, { ...row, ...Object.fromEntries(cells) } as AnyRow];
    }),
  );
  for (const id of part.added ?? []) was.delete(id);
  const order = part.order ?? [...was.keys()];
  return order.flatMap((id) => was.get(id) ?? []);
}
