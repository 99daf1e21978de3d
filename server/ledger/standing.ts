import type { Knex } from 'knex';
import type { Becoming, Definition } from '../../shared/kernel/definition.ts';
import { columnOf, partTableOf, tableOf } from '../database/tables.ts';
import type { Work } from '../work.ts';

/** The states a document can be in with its feeding step still standing: those reached from there without undoing it. */
export function fedStates(target: Definition): string[] {
  const feeding = Object.entries(target.steps ?? {}).filter(([, step]) => step.feeds);
  const found = new Set(feeding.map(([, step]) => step.to));
  let before = -1;
  while (before !== found.size) {
    before = found.size;
    for (const step of Object.values(target.steps ?? {})) {
      const isUndoing = step.undoes?.some((name) => feeding.some(([fed]) => fed === name));
      if (!isUndoing && step.from.some((state) => found.has(state))) found.add(step.to);
    }
  }
  return [...found];
}

/**
 * Rows (`r`) of living documents (`d`) that took of documents of this type and of which something still stands, as the word `dates`
 * of the way from here says.
 */
export function standingRows(work: Work, source: Definition, { of, gone }: NonNullable<Becoming['dates']>): Knex.QueryBuilder {
  const target = work.company.catalogue.get(of);
  const into = source.becomes?.[of]?.into;
  if (!into) throw new Error(`${source.type} does not become ${of}`);
  const rows = work
    .tx({ r: partTableOf(target, into.part) })
    .join({ d: tableOf(target) }, 'd.id', 'r.parent')
    .whereNull('d.deleted_at')
    .whereIn('d.state', fedStates(target))
    .where('r.source_type', source.type);
  if (gone) rows.whereRaw('coalesce(r.??, 0) > coalesce(r.??, 0)', [columnOf(into.field), columnOf(gone)]);
  return rows;
}
