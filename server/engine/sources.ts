import type { AnyRecord, AnyRow, Becoming, Definition } from '../../shared/kernel/definition.ts';
import { isVisible } from '../access/trim.ts';
import { visibleIds } from '../access/visibility.ts';
import { loadRecords } from '../database/rows.ts';
import type { Work } from '../work.ts';

/**
 * Rows that came from another document carry its number, and where it is about money its total, what was open and its rate, so that
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
 * What a new document takes over from its sources although whoever makes it may not see it: the storekeeper's delivery note
 * carries the receiver's phone, the clerk's stock-in the price that was agreed. The maker still does not see it.
 */
export async function withUnseen(work: Work, definition: Definition, record: AnyRecord): Promise<AnyRecord> {
  let whole = record;
  for (const [part, rows] of Object.entries(record.parts)) {
    for (const [type, group] of Map.groupBy(rows.filter(isSourced), (row) => String(row.sourceType))) {
      const from = work.company.catalogue.find(type);
      const becoming = from?.becomes?.[definition.type];
      if (!from || becoming?.into.part !== part) continue;
      whole = await takeUnseen(work, definition, whole, { from, becoming, part, rows: group });
    }
  }
  return whole;
}

const isSourced = (row: AnyRow): boolean => Boolean(row.sourceType && row.source);

interface Taking {
  readonly from: Definition;
  readonly becoming: Becoming;
  readonly part: string;
  readonly rows: readonly AnyRow[];
}

async function takeUnseen(work: Work, definition: Definition, record: AnyRecord, taking: Taking): Promise<AnyRecord> {
  const { from, becoming, part } = taking;
  const heads = Object.entries(becoming.head).filter(([own]) => isUnseen(work, definition, own));
  const fields = Object.entries(becoming.row).filter(([own]) => isUnseen(work, definition, `${part}.${own}`));
  if (heads.length === 0 && fields.length === 0) return record;
  const ids = [...new Set(taking.rows.map((row) => Number(row.source)))];
  const seen = [...(await visibleIds(work, from, ids))];
  const sources = await loadRecords(work.tx, from, seen, { parts: fields.length > 0 });
  const values = { ...record.values };
  for (const [own, field] of heads) values[own] ??= sources[0]?.values[field] ?? null;
  if (becoming.each === 'document' || fields.length === 0) return { ...record, values };
  const given = becoming.each.part;
  const byRow = new Map(sources.flatMap((source) => (source.parts[given] ?? []).map((row) => [`${source.id}:${row.id}`, row])));
  const rows = (record.parts[part] ?? []).map((row) => {
    const source = row.sourceType === from.type ? byRow.get(`${row.source}:${row.sourceRow}`) : undefined;
    return source ? ({ ...row, ...Object.fromEntries(fields.map(([own, field]) => [own, source[field] ?? null])) } as AnyRow) : row;
  });
  return { ...record, values, parts: { ...record.parts, [part]: rows } };
}

const isUnseen = (work: Work, definition: Definition, path: string): boolean => !isVisible(work.actor, definition, path);

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
    const rate = 'sourceRate' in fields ? { sourceRate: source.values.exchangeRate ?? null } : {};
    return { ...row, sourceNumber: source.values.number ?? null, ...money, ...rate } as AnyRow;
  });
}
