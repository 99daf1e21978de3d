import type { AnyRecord, AnyRow, Definition } from '../../shared/kernel/definition.ts';
import { isVisible } from '../access/trim.ts';
import { visibleIds } from '../access/visibility.ts';
import { loadRecords } from '../database/rows.ts';
import type { Work } from '../work.ts';

/**
 * Rows that came from another document carry its number, and where it is about money its total and what was open, so that
 * paper and lists read without a second look-up. Filled by the server alone, from documents that the actor may see: a source
 * that may not be seen tells as little as one that does not exist.
 */
export async function withSources(work: Work, definition: Definition, record: AnyRecord): Promise<AnyRecord> {
  const parts = { ...record.parts };
  for (const [name, part] of Object.entries(definition.parts)) {
    if (!('sourceNumber' in part.fields)) continue;
    parts[name] = await fillRows(work, definition, parts[name] ?? [], part.fields);
  }
  return { ...record, parts };
}

/**
 * What a new document takes over from its source although whoever makes it may not see it: the storekeeper's delivery note
 * carries the receiver's phone. The maker still does not see it.
 */
export async function withUnseen(work: Work, definition: Definition, record: AnyRecord): Promise<AnyRecord> {
  const row = Object.values(record.parts)
    .flat()
    .find(({ sourceType, source }) => sourceType && source);
  const from = row && work.company.catalogue.find(String(row.sourceType));
  const head = from?.becomes?.[definition.type]?.head;
  if (!row || !from || !head) return record;
  const unseen = Object.entries(head).filter(
    ([own]) => definition.fields[own] && record.values[own] === null && !isVisible(work.actor, definition, own),
  );
  if (unseen.length === 0 || !(await visibleIds(work, from, [Number(row.source)])).has(Number(row.source))) return record;
  const [source] = await loadRecords(work.tx, from, [Number(row.source)], { parts: false });
  const taken = unseen.map(([own, field]) => [own, source?.values[field] ?? null]);
  return { ...record, values: { ...record.values, ...Object.fromEntries(taken) } };
}

async function fillRows(work: Work, target: Definition, rows: readonly AnyRow[], fields: Definition['fields']): Promise<AnyRow[]> {
  const sources = new Map<string, AnyRecord>();
  for (const [type, group] of Map.groupBy(
    rows.filter((row) => row.sourceType && row.source),
    (row) => String(row.sourceType),
  )) {
    const definition = work.company.catalogue.find(type);
    if (!definition?.becomes?.[target.type]) continue;
    const ids = [...new Set(group.map((row) => Number(row.source)))];
    const seen = [...(await visibleIds(work, definition, ids))];
    for (const source of await loadRecords(work.tx, definition, seen, { parts: false })) sources.set(`${type}:${source.id}`, source);
  }
  return rows.map((row) => {
    const source = sources.get(`${row.sourceType}:${row.source}`);
    const becoming = source && work.company.catalogue.get(source.type).becomes?.[target.type];
    if (!source || !becoming) return row;
    const limit = Number(source.values[becoming.limit] ?? 0);
    const money = 'sourceTotal' in fields ? { sourceTotal: limit, sourceOpen: limit - Number(source.values[becoming.feeds] ?? 0) } : {};
    return { ...row, sourceNumber: source.values.number ?? null, ...money } as AnyRow;
  });
}
