import type { Titles } from '../../../shared/contracts/wire.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { isVisible } from '../../access/trim.ts';
import { chunksOf } from '../../database/codec.ts';
import { marksOf, quoted, rowsOf } from '../../database/rows.ts';
import { columnOf, tableOf } from '../../database/tables.ts';
import type { Work } from '../../work.ts';

/** The names of records by type and id, one query per type; what is in the recycle bin keeps its name. */
export async function titlesFor(work: Work, wanted: ReadonlyMap<string, ReadonlySet<number>>): Promise<Titles> {
  const titles: Titles = {};
  for (const [type, ids] of wanted) {
    const target = work.company.catalogue.find(type);
    if (!target || ids.size === 0 || !isVisible(work.actor, target, target.title)) continue;
    titles[type] = await namesOf(work, target, ids);
  }
  return titles;
}

async function namesOf(work: Work, target: Definition, ids: ReadonlySet<number>): Promise<Record<number, string>> {
  const { memory } = work.company.store;
  const tables = [tableOf(target)];
  const names: Record<number, string> = {};
  const unknown: number[] = [];
  for (const id of ids) {
    const name = memory.recall<string>(tables, id);
    if (name === undefined) unknown.push(id);
    else names[id] = name;
  }
  for (const chunk of chunksOf(unknown, 1)) {
    const places = marksOf(chunk);
    const sql = `select "id", ${quoted(columnOf(target.title))} as "title" from ${quoted(tableOf(target))} where "id" in (${places})`;
    for (const row of await rowsOf(work.tx, sql, chunk)) {
      const id = Number(row.id);
      names[id] = String(row.title ?? '');
      memory.keep(work.tx, tables, id, names[id]);
    }
  }
  return names;
}
