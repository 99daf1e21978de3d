import type { Knex } from 'knex';
import type { Becoming, Definition } from '../../shared/kernel/definition.ts';
import { columnOf, partTableOf, tableOf } from '../database/tables.ts';
import type { Work } from '../work.ts';
import { allFindings, type Finding, type Proof, type Read } from './prove.ts';
import { fedStates, standingRows } from './standing.ts';

/**
 * Proves what documents have told each other: every fed field is the sum of the rows of living documents that have taken
 * the step that feeds, none from which something was taken is above its limit (a draft may have any total, and so may what may
 * shrink), and the day that is kept is that of the last of them that stands.
 */
export const proveFlows = (work: Work): Promise<Finding[]> => allFindings(flowProofs(work));

/** The same in pieces: each field that is fed for itself. */
export function flowProofs(work: Work): Proof[] {
  const proofs: Proof[] = [];
  for (const source of work.company.catalogue.definitions) {
    const fields = new Map<string, [string, Becoming][]>();
    for (const [target, becoming] of Object.entries(source.becomes ?? {})) {
      fields.set(becoming.feeds, [...(fields.get(becoming.feeds) ?? []), [target, becoming]]);
    }
    for (const [field, ways] of fields) proofs.push((read) => proveField(work, read, { source, field, ways }));
    for (const [target, { dates }] of Object.entries(source.becomes ?? {}))
      if (dates?.of === target) proofs.push((read) => proveDays(work, read, source, dates));
  }
  return proofs;
}

interface Fed {
  readonly source: Definition;
  readonly field: string;
  readonly ways: readonly [string, Becoming][];
}

async function proveField(work: Work, read: Read, { source, field, ways }: Fed): Promise<Finding[]> {
  const first = ways[0]?.[1];
  if (!first) return [];
  const holder = first.each === 'document' ? tableOf(source) : partTableOf(source, first.each.part);
  const fed = work.tx
    .unionAll(ways.flatMap(([target, becoming]) => fedBy(work, source, work.company.catalogue.get(target), becoming)))
    .as('fed');
  const sums = work.tx.from(fed).groupBy('holder').select('holder', work.tx.raw('sum(amount) as amount')).as('sums');
  const different = work
    .tx(`${holder} as h`)
    .leftJoin(sums, 'sums.holder', 'h.id')
    .whereRaw(
      `coalesce(h.??, 0) <> coalesce(sums.amount, 0) or (${first.unlimited || first.mayShrink ? 0 : 1} = 1 and coalesce(h.??, 0) > 0 and coalesce(h.??, 0) > coalesce(h.??, 0))`,
      [columnOf(field), columnOf(field), columnOf(field), columnOf(first.limit)],
    )
    .limit(100)
    .select('h.id', { stored: `h.${columnOf(field)}` }, { taken: 'sums.amount' });
  const rows = (await read(different)) as {
    id: number;
    stored: number | null;
    taken: number | null;
  }[];
  return rows.map((row) => ({
    proof: 'flow',
    detail: `${holder} ${row.id}: ${field} is ${row.stored ?? 0}, followers took ${row.taken ?? 0}`,
  }));
}

/** Rows of target documents in a state that only the feeding step leads to: those that came from here, and those passed on to here. */
function fedBy(work: Work, source: Definition, target: Definition, becoming: Becoming): Knex.QueryBuilder[] {
  const counted = fedStates(target);
  const living = (): Knex.QueryBuilder =>
    work
      .tx(`${partTableOf(target, becoming.into.part)} as r`)
      .join(`${tableOf(target)} as d`, 'd.id', 'r.parent')
      .whereNull('d.deleted_at')
      .whereIn('d.state', counted);
  const amount = `r.${columnOf(becoming.into.field)}`;
  const holder = becoming.each === 'document' ? 'source' : 'source_row';
  const direct = living()
    .where('r.source_type', source.type)
    .select({ holder: `r.${holder}`, amount });
  const passed = passersTo(work, source, target).map(({ type, part }) =>
    living()
      .where('r.source_type', type.type)
      .join(`${partTableOf(type, part)} as p`, 'p.id', 'r.source_row')
      .where('p.source_type', source.type)
      .select({ holder: `p.${holder}`, amount }),
  );
  return [direct, ...passed];
}

/** Documents that hand on to this one what the target feeds them. */
function passersTo(work: Work, source: Definition, target: Definition): { type: Definition; part: string }[] {
  return Object.keys(source.becomes ?? {}).flatMap((name) => {
    const type = work.company.catalogue.find(name);
    const onward = type?.becomes?.[target.type];
    return type && onward?.passes && onward.each !== 'document' ? [{ type, part: onward.each.part }] : [];
  });
}

async function proveDays(work: Work, read: Read, source: Definition, dates: NonNullable<Becoming['dates']>): Promise<Finding[]> {
  const last = standingRows(work, source, dates).groupBy('r.source').select({ holder: 'r.source' }).max({ day: 'd.day' }).as('last');
  const column = `h.${columnOf(dates.field)}`;
  const different = work
    .tx({ h: tableOf(source) })
    .leftJoin(last, 'last.holder', 'h.id')
    .whereRaw("coalesce(??, '') <> coalesce(last.day, '')", [column])
    .limit(100)
    .select('h.id', { stored: column }, { found: 'last.day' });
  const rows = (await read(different)) as { id: number; stored: string | null; found: string | null }[];
  return rows.map(({ id, stored, found }) => ({
    proof: 'flow',
    detail: `${tableOf(source)} ${id}: ${dates.field} is ${stored ?? 'empty'}, the last ${dates.of} is of ${found ?? 'no day'}`,
  }));
}
