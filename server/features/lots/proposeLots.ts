import { baseQuantityOf } from '../../../shared/documents/commercial.ts';
import type { AnyRecord, AnyRow, Definition } from '../../../shared/kernel/definition.ts';
import { lotKey } from '../../../shared/records/lot.ts';
import { loadRecords } from '../../database/rows.ts';
import { partTableOf, tableOf } from '../../database/tables.ts';
import type { Work } from '../../work.ts';
import { trackedAmong } from './lotFacts.ts';

/**
 * The lots that a new document begins with when it comes from others: those of its sources, less what other standing documents
 * took of them, up to what its lines say. What its sources do not tell stays for a person to fill in.
 */
export async function proposeLots(work: Work, target: Definition, { parts }: AnyRecord): Promise<AnyRow[]> {
  const lines = parts.lines ?? [];
  const tracked = await trackedAmong(work, [...new Set(lines.map((line) => Number(line.item)))]);
  const sourced = lines.filter((line) => tracked[Number(line.item)] && line.sourceType && line.source);
  const rows: AnyRow[] = [];
  for (const [key, group] of Map.groupBy(sourced, (line) => `${line.sourceType}:${line.source}`)) {
    const [type = '', id = ''] = key.split(':');
    const source = work.company.catalogue.find(type);
    if (!source?.parts.lots) continue;
    const open = await openLots(work, source, Number(id));
    for (const line of group) rows.push(...taken(open, line, target));
  }
  return rows;
}

/** Takes what a line needs out of what is open. */
function taken(open: AnyRow[], line: AnyRow, target: Definition): AnyRow[] {
  let missing = baseQuantityOf(line);
  const rows: AnyRow[] = [];
  for (const lot of open.filter(({ item }) => item === line.item)) {
    const quantity = Math.min(missing, Number(lot.quantity));
    if (quantity <= 0) continue;
    lot.quantity = Number(lot.quantity) - quantity;
    missing -= quantity;
    const { item = null, number = null } = lot;
    rows.push({
      id: 0,
      item,
      number,
      quantity,
      ...('warehouse' in (target.parts.lots?.fields ?? {}) ? { warehouse: line.warehouse ?? null } : {}),
    });
  }
  return rows;
}

async function openLots(work: Work, definition: Definition, id: number): Promise<AnyRow[]> {
  const [source] = await loadRecords(work.tx, definition, [id], { parts: true });
  const open = (source?.parts.lots ?? []).map((row) => ({ ...row }));
  for (const used of await usedBy(work, definition, id)) {
    let left = Number(used.quantity);
    for (const row of open.filter((one) => lotKey(one) === lotKey(used))) {
      const quantity = Math.min(left, Number(row.quantity));
      row.quantity = Number(row.quantity) - quantity;
      left -= quantity;
    }
  }
  return open;
}

/** The lots of all standing documents that came from this one. */
async function usedBy(work: Work, definition: Definition, id: number): Promise<AnyRow[]> {
  const rows: AnyRow[] = [];
  for (const type of Object.keys(definition.becomes ?? {})) {
    const target = work.company.catalogue.get(type);
    if (!target.parts.lots) continue;
    const standing = Object.entries(target.states ?? {}).flatMap(([name, { look }]) =>
      look === 'done' || look === 'active' ? [name] : [],
    );
    const ids = (await work
      .tx({ line: partTableOf(target, 'lines') })
      .join({ head: tableOf(target) }, 'head.id', 'line.parent')
      .where({ 'line.source_type': definition.type, 'line.source': id })
      .whereIn('head.state', standing)
      .whereNull('head.deleted_at')
      .distinct('head.id')
      .pluck('head.id')) as number[];
    for (const follower of await loadRecords(work.tx, target, ids, { parts: true })) rows.push(...(follower.parts.lots ?? []));
  }
  return rows;
}
